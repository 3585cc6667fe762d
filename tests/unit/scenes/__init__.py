"""Pictures made from seeds, their alpha and colours known exactly: what is hard for matting, one thing each."""

from collections.abc import Callable

from tests.unit.scenes.blur import defocus, motion_blur
from tests.unit.scenes.clear import glass, smoke
from tests.unit.scenes.edges import low_contrast, ramp
from tests.unit.scenes.hair import fur, hair_bright_sky, hair_busy
from tests.unit.scenes.scene import Scene
from tests.unit.scenes.thin import lace, one_row, spokes

__all__ = ["ALL", "Scene"]

_MAKERS = (
    hair_bright_sky, hair_busy, fur, lace, spokes, glass, motion_blur, defocus, smoke, low_contrast, one_row, ramp,
)  # fmt: skip
ALL: dict[str, Callable[[int], Scene]] = {make.__name__: make for make in _MAKERS}
