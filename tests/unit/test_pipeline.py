"""The whole path, with a network that is a Python function."""

from typing import Any

import numpy as np
import pytest

from gossamer.decode import photo_from_pixels
from gossamer.errors import Cancelled, InputError, ModelUnavailable, OutOfMemory
from gossamer.options import Options, OutputType
from gossamer.pipeline import Result, remove_background
from gossamer.progress import STAGES
from tests.unit.fakes import FakeRuntime, everything, run
from tests.unit.pictures import exif, halves, icc_profile, noise, opened, saved, soft

HEIGHT, WIDTH = 48, 64
# The subject of `halves` is the left one. What lies between is unknown, and solved.
LEFT, RIGHT = np.s_[:, : WIDTH // 2 - 2], np.s_[:, WIDTH // 2 + 2 :]


class Listener:
    """A checkpoint that keeps what it hears, and stops or runs out of memory at one stage."""

    def __init__(self, at: str = "", error: Exception | None = None) -> None:
        self.heard: list[str] = []
        self._at, self._error = at, error

    async def __call__(self, stage: str) -> None:
        self.heard.append(stage)
        if stage == self._at and self._error is not None:
            raise self._error


def photo_file(**parameters: Any) -> bytes:
    return saved(halves(HEIGHT, WIDTH), "PNG", **parameters)


def process(data: bytes, runtime: FakeRuntime | None = None, **options: Any) -> Result:
    return run(remove_background(data, runtime or FakeRuntime(), Options(**options)))


def test_the_stages_come_in_order_and_each_is_timed() -> None:
    listener, runtime = Listener(), FakeRuntime()
    result = run(remove_background(photo_file(), runtime, checkpoint=listener))
    assert tuple(listener.heard) == STAGES
    assert tuple(result.timings) == STAGES
    assert all(milliseconds >= 0 for milliseconds in result.timings.values())
    assert runtime.calls == ["tiny", "tiny"]  # two looks


def test_the_result_tells_what_was_done() -> None:
    result = process(photo_file())
    assert result.size == (HEIGHT, WIDTH)
    assert result.alpha.shape == (HEIGHT, WIDTH)
    assert result.model == "tiny"
    assert result.network_size == (24, 32)
    assert result.confidence == pytest.approx(1, abs=0.1)  # the edge is a little elsewhere at the other size
    assert result.notices == ()
    assert result.trimap.shape == (HEIGHT, WIDTH)
    assert set(np.unique(result.trimap)) == {0, 128, 255}
    assert 1 <= result.band_width <= 4


def test_the_subject_stays_and_the_rest_goes() -> None:
    result = process(photo_file())
    rgba = np.asarray(opened(result.data))
    np.testing.assert_array_equal(rgba[..., 3], result.alpha)
    assert (result.alpha[LEFT] == 255).all()
    assert (rgba[RIGHT] == 0).all()
    opaque = result.alpha == 255
    np.testing.assert_array_equal(rgba[opaque, :3], halves(HEIGHT, WIDTH)[opaque])


@pytest.mark.parametrize("stage", STAGES)
def test_a_cancelled_job_stops_there_and_runs_nothing_more(stage: str) -> None:
    listener, runtime = Listener(stage, Cancelled("Cancelled.", stage=stage)), FakeRuntime()
    with pytest.raises(Cancelled) as caught:
        run(remove_background(photo_file(), runtime, checkpoint=listener))
    assert caught.value.stage == stage
    assert tuple(listener.heard) == STAGES[: STAGES.index(stage) + 1]
    assert bool(runtime.calls) == (STAGES.index(stage) > STAGES.index("segment"))


@pytest.mark.parametrize("stage", STAGES)
def test_memory_that_ran_out_is_told_with_its_stage(stage: str) -> None:
    listener = Listener(stage, MemoryError())
    with pytest.raises(OutOfMemory) as caught:
        run(remove_background(photo_file(), FakeRuntime(), checkpoint=listener))
    assert caught.value.stage == stage
    assert caught.value.retryable


def test_memory_that_ran_out_in_the_network() -> None:
    def exhausted(_: object) -> Any:
        raise MemoryError

    with pytest.raises(OutOfMemory) as caught:
        process(photo_file(), FakeRuntime(exhausted))
    assert caught.value.stage == "segment"


def test_a_bad_photo_is_heard_of_before_the_network_runs() -> None:
    runtime = FakeRuntime()
    with pytest.raises(InputError):
        process(b"no picture", runtime)
    assert runtime.calls == []


def test_a_network_that_is_not_there() -> None:
    runtime = FakeRuntime()
    runtime.manifest.models.clear()
    with pytest.raises(ModelUnavailable):
        process(photo_file(), runtime)


@pytest.mark.parametrize("threshold", [None, 0.5])
def test_the_photos_own_alpha_is_never_exceeded(threshold: float | None) -> None:
    rgba = noise((HEIGHT, WIDTH, 4))
    result = process(saved(rgba, "PNG"), FakeRuntime(everything), threshold=threshold)
    np.testing.assert_array_equal(result.alpha, rgba[..., 3])
    half = process(saved(rgba, "PNG"), threshold=threshold)
    assert (half.alpha <= rgba[..., 3]).all()


def test_a_threshold_makes_alpha_binary() -> None:
    data = saved(soft(HEIGHT, WIDTH), "PNG")  # the edges in it are soft
    soft_alpha = process(data).alpha
    hard = process(data, threshold=0.25).alpha
    assert ((soft_alpha > 0) & (soft_alpha < 255)).any()
    np.testing.assert_array_equal(hard, np.where(soft_alpha >= 0.25 * 255, 255, 0))
    assert set(np.unique(hard)) == {0, 255}


@pytest.mark.parametrize(
    ("type", "format", "mode", "mime"),
    [
        ("png", "PNG", "RGBA", "image/png"),
        ("webp", "WEBP", "RGBA", "image/webp"),
        ("jpeg", "JPEG", "RGB", "image/jpeg"),
        ("alpha", "PNG", "L", "image/png"),
        ("trimap", "PNG", "L", "image/png"),
    ],
)
def test_every_type_of_output(type: OutputType, format: str, mode: str, mime: str) -> None:
    result = process(photo_file(), type=type)
    image = opened(result.data)
    assert (image.format, image.mode, result.mime_type) == (format, mode, mime)
    assert image.size == (WIDTH, HEIGHT)
    if type in ("alpha", "trimap"):
        np.testing.assert_array_equal(np.asarray(image), result.alpha if type == "alpha" else result.trimap)


def test_a_background_takes_the_place_of_what_was_removed() -> None:
    result = process(photo_file(), background=(10, 200, 30))
    rgba = np.asarray(opened(result.data))
    assert (rgba[..., 3] == 255).all()
    assert (rgba[RIGHT][..., :3] == (10, 200, 30)).all()
    np.testing.assert_array_equal(rgba[LEFT][..., :3], halves(HEIGHT, WIDTH)[LEFT])


def test_jpeg_without_a_background_is_white_there() -> None:
    image = np.asarray(opened(process(photo_file(), type="jpeg").data))
    assert image[:, WIDTH // 2 + 4 :].min() >= 250  # JPEG rings a little


def test_a_photo_on_its_side_is_cut_out_upright() -> None:
    result = process(photo_file(exif=exif(6)))
    assert result.size == (WIDTH, HEIGHT)
    assert opened(result.data).getexif() == {}


def test_profile_and_density_reach_the_file() -> None:
    profile = icc_profile(b"RGB ")
    image = opened(process(photo_file(icc_profile=profile, dpi=(300, 300))).data)
    assert image.info["icc_profile"] == profile
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.0127)  # whole pixels a metre


def test_notices_are_passed_on() -> None:
    frames = [halves(HEIGHT, WIDTH, seed) for seed in (1, 2)]
    data = saved(frames[0], "GIF", save_all=True, append_images=[opened(saved(frames[1], "PNG"))])
    assert [notice.code for notice in process(data).notices] == ["first-frame"]


def test_decoded_pixels_need_no_decoding_and_lend_their_memory() -> None:
    pixels = bytearray(np.dstack([halves(HEIGHT, WIDTH), np.full((HEIGHT, WIDTH), 255, np.uint8)]).tobytes())
    listener = Listener()
    result = run(remove_background(photo_from_pixels(pixels, WIDTH, HEIGHT), FakeRuntime(), checkpoint=listener))
    assert tuple(listener.heard) == STAGES
    np.testing.assert_array_equal(np.asarray(opened(result.data)).ravel(), np.frombuffer(pixels, np.uint8))


def test_the_decoder_of_the_runtime_is_used() -> None:
    pixels = np.dstack([soft(HEIGHT, WIDTH, seed=9), np.full((HEIGHT, WIDTH), 255, np.uint8)])
    runtime = FakeRuntime(everything, pixels=pixels.copy())
    result = process(saved(soft(HEIGHT, WIDTH), "JPEG"), runtime)
    assert runtime.calls == ["decode_jpeg", "tiny", "tiny"]
    np.testing.assert_array_equal(np.asarray(opened(result.data)), pixels)


@pytest.mark.parametrize("size", [(1, 1), (6000, 500), (1, 300)])
def test_extreme_shapes(size: tuple[int, int]) -> None:
    assert process(saved(soft(*size), "PNG")).size == size
