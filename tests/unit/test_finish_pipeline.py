"""The whole path with a frame, a size, a density and a shadow."""

from typing import Any

import numpy as np
import pytest

from gossamer.errors import GossamerError, InvalidOption, OutputTooLarge
from gossamer.finish import subject_box
from gossamer.options import Options, OutputType, Shadow
from gossamer.pipeline import Result, finish, open_draft, remove_background
from tests.unit.fakes import FakeRuntime, everything, run
from tests.unit.pictures import noise, opened, png, saved

HEIGHT, WIDTH = 96, 128
TYPES: list[OutputType] = ["png", "webp", "jpeg", "alpha", "trimap"]
FRAMED: dict[str, Any] = {"crop": "subject", "margin": 0.1, "width": 70, "height": 90}


def standing() -> bytes:
    """A light box on dark ground, with room below it."""
    rgb = noise((HEIGHT, WIDTH, 3)) // 8
    rgb[20:70, 40:80] += 200
    return saved(rgb, "PNG", dpi=(72, 72))


def process(data: bytes, runtime: FakeRuntime | None = None, **options: Any) -> Result:
    return run(remove_background(data, runtime or FakeRuntime(), Options(**options)))


@pytest.mark.parametrize("type", TYPES)
def test_every_type_has_the_size_asked_for_to_the_pixel(type: OutputType) -> None:
    result = process(standing(), type=type, **FRAMED)
    image = opened(result.data)
    assert image.size == (70, 90)
    assert result.size == (90, 70)
    assert result.trimap.shape == (90, 70)
    if type in ("png", "webp"):
        np.testing.assert_array_equal(np.asarray(image)[..., 3], result.alpha)
    elif type in ("alpha", "trimap"):
        np.testing.assert_array_equal(np.asarray(image), result.alpha if type == "alpha" else result.trimap)
    assert set(np.unique(result.trimap)) <= {0, 128, 255}


def test_every_type_has_the_same_matte() -> None:
    first, *others = (process(standing(), type=kind, **FRAMED).alpha for kind in TYPES)
    for other in others:
        np.testing.assert_array_equal(other, first)


def test_a_crop_is_a_part_of_the_whole_to_the_byte() -> None:
    whole, part = process(standing()), process(standing(), crop="subject")
    box = subject_box(whole.alpha)
    assert box is not None
    x, y, w, h = box
    assert (w, h) != (WIDTH, HEIGHT)
    expected = np.asarray(opened(whole.data))[y : y + h, x : x + w]
    np.testing.assert_array_equal(np.asarray(opened(part.data)), expected)


def test_a_photos_own_transparency_is_no_subject() -> None:
    rgba = np.zeros((HEIGHT, WIDTH, 4), dtype=np.uint8)
    rgba[10:30, 50:90] = 200
    result = process(saved(rgba, "PNG"), FakeRuntime(everything), crop="subject")
    assert result.size == (20, 40)


def test_beyond_the_photo_there_is_the_background() -> None:
    result = process(standing(), crop=(-20, -10, 200, 150), background=(1, 2, 3))
    rgba = np.asarray(opened(result.data))
    assert rgba.shape == (150, 200, 4)
    assert (rgba[:10] == (1, 2, 3, 255)).all()
    assert (result.alpha[:10] == 0).all()


@pytest.mark.parametrize("type", TYPES)
def test_the_density_asked_for_takes_the_place_of_the_photos(type: OutputType) -> None:
    image = opened(process(standing(), type=type, dpi=300).data)
    if type == "webp":
        tags = image.getexif()
        assert (tags[0x011A], tags[0x011B], tags[0x0128]) == (300, 300, 2)
    else:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.0127)


def test_16_bits_are_cropped_too() -> None:
    rgb = noise((40, 50, 3), seed=2).astype(np.uint16) * 256 + noise((40, 50, 3), seed=3)
    data = png(50, 40, 16, 2, [row.astype(">u2").tobytes() for row in rgb])
    options = {"depth": 16, "decontaminate": False}
    whole = process(data, FakeRuntime(everything), **options)
    part = process(data, FakeRuntime(everything), crop=(-3, 5, 30, 20), **options)
    assert part.size == (20, 30)
    assert part.data[24:26] == whole.data[24:26] == b"\x10\x06"
    assert part.data != whole.data


@pytest.mark.parametrize("type", ["png", "webp"])
def test_a_shadow_is_in_the_file_and_not_in_the_matte(type: OutputType) -> None:
    plain, shaded = process(standing(), type=type), process(standing(), type=type, shadow=Shadow())
    np.testing.assert_array_equal(plain.alpha, shaded.alpha)
    before, after = (np.asarray(opened(result.data)).astype(int) for result in (plain, shaded))
    assert (after[..., 3] >= before[..., 3]).all()
    assert after[70:72, 60, 3].min() > 40
    above, opaque = np.arange(len(before)) < 40, before[..., 3] == 255
    exact = 0 if type == "png" else 8  # how WebP's lossy coding shares its bits out depends on all of the picture
    np.testing.assert_allclose(after[above], before[above], rtol=0, atol=exact)
    if type == "png":
        np.testing.assert_array_equal(after[opaque], before[opaque])


def test_a_shadow_darkens_the_background() -> None:
    shaded = np.asarray(opened(process(standing(), type="jpeg", shadow=Shadow(strength=1)).data)).astype(int)
    assert shaded[70:72, 60].max() < 150
    assert shaded[5, 5].min() > 250


def test_what_can_not_be_held_is_refused_before_the_network_runs() -> None:
    runtime = FakeRuntime()
    with pytest.raises(OutputTooLarge):
        process(standing(), runtime, type="webp", crop=(0, 0, 20_000, 5))
    assert runtime.calls == []
    wide = saved(noise((4, 20_000, 3)), "PNG")
    assert process(wide, runtime, type="webp", width=1000).size == (1, 1000), "made small, it fits"


def test_files_that_can_not_hold_so_many_pixels_are_refused() -> None:
    with pytest.raises(OutputTooLarge, match="WEBP holds up to 16383"):
        process(standing(), type="webp", crop=(0, 0, 20_000, 5))
    with pytest.raises(OutputTooLarge, match="limit is 100"):
        process(standing(), width=65_535)
    with pytest.raises(InvalidOption, match="beside"):
        process(standing(), crop=(500, 0, 5, 5))


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_asked_for_the_size_is_right_or_it_is_refused(seed: int) -> None:
    random = np.random.default_rng(seed)
    draft = run(open_draft(standing(), FakeRuntime()))
    for _ in range(4):
        options: dict[str, Any] = {"type": TYPES[random.integers(5)]}
        if random.random() < 0.5:
            options["shadow"] = Shadow(1, 1)
        if random.random() < 0.5:
            options["crop"] = tuple(random.uniform((-150, -150, 1, 1), (150, 150, 300, 300)))
        for side in ("width", "height"):
            if random.random() < 0.5:
                options[side] = int(random.integers(1, 300))
        try:
            result = run(finish(draft, Options(**options)))
        except GossamerError as error:
            assert isinstance(error, InvalidOption)  # noqa: PT017 - most are none
            continue
        width, height = opened(result.data).size
        assert (height, width) == result.size == result.trimap.shape
        assert options.get("width", width) == width
        assert options.get("height", height) == height
