"""One call for scripts, on a real portrait with the real networks."""

from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from PIL import Image

import gossamer
from gossamer.errors import InvalidOption
from gossamer.runtime.native import NativeRuntime
from tests.unit.fakes import FakeRuntime
from tests.unit.pictures import noise, opened, saved, soft

# Mean of the astronaut's alpha, measured with ONNX Runtime 1.32 on one thread of an x86-64 processor.
ASTRONAUT_MEAN = 0.5311
# Other processors sum floats in another order: that moves what is soft by fractions of a level, and where two looks
# differ by just so much that nothing is certain, by a few pixels.
MEAN_TOLERANCE = 0.005


def test_a_portrait(astronaut: Path, runtime: NativeRuntime) -> None:
    result = gossamer.cut_out(astronaut, runtime=runtime)
    assert result.size == (512, 512)
    assert result.model in runtime.manifest.models
    assert result.confidence is not None
    assert 0 <= result.confidence <= 1
    face, corner = result.alpha[80:150, 190:250], result.alpha[:20, :20]
    assert face.min() == 255
    assert corner.max() <= 2
    assert result.alpha.mean() / 255 == pytest.approx(ASTRONAUT_MEAN, abs=MEAN_TOLERANCE)

    rgba, photo = np.asarray(opened(result.data)), np.asarray(Image.open(astronaut).convert("RGB"))
    np.testing.assert_array_equal(rgba[..., 3], result.alpha)
    opaque, gone = result.alpha == 255, result.alpha == 0
    np.testing.assert_array_equal(rgba[opaque, :3], photo[opaque])
    np.testing.assert_array_equal(rgba[gone], 0)


@pytest.mark.parametrize(("subject", "name"), [("person", "modnet"), ("object", "u2netp")])
def test_a_portrait_by_the_network_that_is_asked_for(
    astronaut: Path, runtime: NativeRuntime, subject: Literal["person", "object"], name: str
) -> None:
    result = gossamer.cut_out(astronaut, subject=subject, type="alpha", runtime=runtime)
    assert result.model == name
    assert result.alpha[80:150, 190:250].min() == 255
    assert result.alpha[:20, :20].max() <= 2
    assert 0.4 < result.alpha.mean() / 255 < 0.6


def test_path_bytes_and_picture_are_the_same_photo(astronaut: Path, runtime: NativeRuntime) -> None:
    sources: list[Any] = [astronaut, str(astronaut), astronaut.read_bytes(), Image.open(astronaut)]
    first, *others = [gossamer.cut_out(source, subject="object", runtime=runtime).alpha for source in sources]
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


def test_every_option_reaches_the_pipeline() -> None:
    data = saved(soft(20, 30), "PNG")
    runtime = FakeRuntime()
    assert gossamer.cut_out(data, subject="object", runtime=runtime).model == "other"
    soft_alpha = np.full((20, 30), 128, dtype=np.uint8)
    soft_alpha[:, :10], soft_alpha[:, 20:] = 255, 0
    options: dict[str, Any] = {"trimap": soft_alpha, "runtime": runtime}
    plain = gossamer.cut_out(data, decontaminate=False, **options)
    shown = plain.alpha > 0
    np.testing.assert_array_equal(np.asarray(opened(plain.data))[shown, :3], soft(20, 30)[shown])
    assert gossamer.cut_out(data, **options).data != plain.data
    stroke = gossamer.Stroke("keep", [(15, 10)], 3)
    assert (gossamer.cut_out(data, strokes=[stroke], **options).alpha[9:11, 14:16] == 255).all()
    assert runtime.calls == ["other", "other"]
    with pytest.raises(InvalidOption):
        gossamer.cut_out(data, depth=16, type="webp", **options)


def test_a_trimap_may_be_an_array_a_path_bytes_or_a_picture(tmp_path: Path) -> None:
    trimap = np.full((20, 30), 128, dtype=np.uint8)
    trimap[:, :10], trimap[:, 20:] = 255, 0
    data = saved(trimap, "PNG")
    path = tmp_path / "trimap.png"
    path.write_bytes(data)
    sources: list[Any] = [trimap, path, str(path), data, Image.fromarray(trimap)]
    for source in sources:
        result = gossamer.cut_out(saved(soft(20, 30), "PNG"), trimap=source, runtime=FakeRuntime())
        np.testing.assert_array_equal(result.trimap, trimap)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        gossamer.cut_out(tmp_path / "none.jpg", runtime=FakeRuntime())
