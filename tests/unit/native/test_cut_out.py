"""One call for scripts, on a real portrait with the real network."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import gossamer
from gossamer.errors import InvalidOption
from gossamer.runtime.native import NativeRuntime
from tests.unit.fakes import FakeRuntime
from tests.unit.pictures import noise, opened, saved

# Mean of the astronaut's alpha, measured with ONNX Runtime 1.32 on one thread of an x86-64 processor.
ASTRONAUT_MEAN = 0.5314
# Other processors sum floats in another order, which moves soft edges by fractions of a level.
MEAN_TOLERANCE = 0.002


def test_a_portrait(astronaut: Path, runtime: NativeRuntime) -> None:
    result = gossamer.cut_out(astronaut, runtime=runtime)
    assert result.size == (512, 512)
    assert result.model == "modnet"
    face, corner = result.alpha[80:150, 190:250], result.alpha[:20, :20]
    assert face.min() == 255
    assert corner.max() <= 2
    assert result.alpha.mean() / 255 == pytest.approx(ASTRONAUT_MEAN, abs=MEAN_TOLERANCE)

    rgba, photo = np.asarray(opened(result.data)), np.asarray(Image.open(astronaut).convert("RGB"))
    np.testing.assert_array_equal(rgba[..., 3], result.alpha)
    shown = result.alpha > 0
    np.testing.assert_array_equal(rgba[shown, :3], photo[shown])
    np.testing.assert_array_equal(rgba[~shown], 0)


def test_path_bytes_and_picture_are_the_same_photo(astronaut: Path, runtime: NativeRuntime) -> None:
    sources: list[Any] = [astronaut, str(astronaut), astronaut.read_bytes(), Image.open(astronaut)]
    first, *others = [gossamer.cut_out(source, runtime=runtime).alpha for source in sources]
    for other in others:
        np.testing.assert_array_equal(other, first)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_pictures_of_every_mode(mode: str) -> None:
    image = Image.fromarray(noise((20, 30, 4))).convert(mode)
    result = gossamer.cut_out(image, runtime=FakeRuntime())
    assert result.size == (20, 30)
    own = np.asarray(image.convert("RGBA"))[..., 3]
    assert (result.alpha <= own).all()


def test_options_are_those_of_the_pipeline() -> None:
    data = saved(noise((20, 30, 3)), "PNG")
    result = gossamer.cut_out(data, type="jpeg", background="#123456", runtime=FakeRuntime())
    assert opened(result.data).format == "JPEG"
    same = gossamer.cut_out(data, type="jpeg", background=(0x12, 0x34, 0x56), runtime=FakeRuntime())
    assert same.data == result.data
    with pytest.raises(InvalidOption):
        gossamer.cut_out(data, background="whit", runtime=FakeRuntime())


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        gossamer.cut_out(tmp_path / "none.jpg", runtime=FakeRuntime())
