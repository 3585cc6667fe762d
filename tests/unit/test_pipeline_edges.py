"""Options and arguments that change what becomes of the edge: a given trimap, clean colours, 16 bits, the subject."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, TrimapU8
from gossamer.decode import Photo, decode, photo_from_pixels
from gossamer.errors import GossamerError, InferenceFailed, InvalidOption, ModelUnavailable
from gossamer.matting import refined_alpha_u8
from gossamer.options import Options
from gossamer.pipeline import Result, remove_background
from gossamer.progress import STAGES
from gossamer.trimap import Stroke
from tests.unit.fakes import FakeRuntime, everything, run
from tests.unit.pictures import halves, noise, opened, png, saved
from tests.unit.scenes import ALL
from tests.unit.scenes.score import SEED

SCENE = ALL["ramp"](SEED)
HEIGHT, WIDTH = SCENE.alpha.shape


def scene_photo() -> bytes:
    return saved(SCENE.image, "PNG")


def process(
    source: bytes | Photo, trimap: TrimapU8 | None = None, runtime: FakeRuntime | None = None, **options: Any
) -> Result:
    return run(remove_background(source, runtime or FakeRuntime(), Options(**options), trimap=trimap))


def pixels(result: Result) -> NDArray[np.uint8]:
    return np.asarray(opened(result.data))


class TestTrimap:
    def test_with_one_no_network_runs(self) -> None:
        runtime = FakeRuntime()
        result = process(scene_photo(), SCENE.trimap, runtime)
        assert runtime.calls == []
        assert (result.model, result.network_size, result.confidence) == (None, None, None)
        assert tuple(result.timings) == STAGES
        np.testing.assert_array_equal(result.trimap, SCENE.trimap)
        np.testing.assert_array_equal(result.alpha, refined_alpha_u8(SCENE.image, SCENE.trimap))

    def test_it_works_where_there_are_no_networks(self) -> None:
        runtime = FakeRuntime()
        runtime.manifest.models.clear()
        assert process(scene_photo(), SCENE.trimap, runtime).model is None

    def test_grey_is_unknown_whatever_grey(self) -> None:
        dark = np.where(SCENE.trimap == UNKNOWN, np.uint8(60), SCENE.trimap)
        np.testing.assert_array_equal(process(scene_photo(), dark).trimap, SCENE.trimap)

    def test_one_of_another_size_is_brought_to_the_photos(self) -> None:
        half = SCENE.trimap[::2, ::2]
        wanted = np.repeat(np.repeat(half, 2, axis=0), 2, axis=1)
        np.testing.assert_array_equal(process(scene_photo(), half).trimap, wanted)

    @pytest.mark.parametrize("trimap", [SCENE.trimap[:, :-20], SCENE.trimap / 255], ids=["shape", "type"])
    def test_a_wrong_one_is_refused(self, trimap: Any) -> None:
        with pytest.raises(InvalidOption):
            process(scene_photo(), trimap)

    @pytest.mark.parametrize("step", [1, 2])
    def test_where_the_photo_is_transparent_there_is_background(self, step: int) -> None:
        own = np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)
        own[:40] = 0
        result = process(saved(np.dstack([SCENE.image, own]), "PNG"), np.full_like(own, UNKNOWN)[::step, ::step])
        assert (result.trimap[:40] == BACKGROUND).all()
        assert (result.trimap[40:] == UNKNOWN).all()
        assert not pixels(result)[:40].any()

    def test_strokes_are_drawn_into_it(self) -> None:
        stroke = Stroke("keep", [(100, 80)], 10)
        trimap = np.full_like(SCENE.trimap, UNKNOWN)
        result = run(remove_background(scene_photo(), FakeRuntime(), trimap=trimap, strokes=[stroke]))
        assert (result.trimap[75:85, 95:105] == FOREGROUND).all()
        assert (result.alpha[75:85, 95:105] == 255).all()

    def test_the_file_of_one_has_three_greys(self) -> None:
        result = process(scene_photo(), SCENE.trimap, type="trimap")
        np.testing.assert_array_equal(pixels(result), SCENE.trimap)
        assert opened(result.data).mode == "L"

    def test_what_comes_out_can_go_in_again(self) -> None:
        data = saved(halves(48, 64), "PNG")
        first = process(data, type="trimap")
        again = process(data, pixels(first), type="trimap")
        assert again.data == first.data


class TestColors:
    def test_without_cleaning_they_are_the_photos(self) -> None:
        result = process(scene_photo(), SCENE.trimap, decontaminate=False)
        shown = result.alpha > 0
        np.testing.assert_array_equal(pixels(result)[shown, :3], SCENE.image[shown])
        assert not pixels(result)[~shown].any()

    def test_cleaned_they_are_nearer_to_the_subjects_and_opaque_ones_stay(self) -> None:
        result = process(scene_photo(), SCENE.trimap)
        plain = process(scene_photo(), SCENE.trimap, decontaminate=False)
        np.testing.assert_array_equal(result.alpha, plain.alpha)
        opaque, soft = result.alpha == 255, (result.alpha > 25) & (result.alpha < 230)
        np.testing.assert_array_equal(pixels(result)[opaque, :3], SCENE.image[opaque])
        before, after = (
            np.abs(pixels(each)[soft, :3] - SCENE.foreground[soft]).mean() for each in (plain, result)
        )
        assert after < 0.4 * before

    @pytest.mark.parametrize("type", ["webp", "jpeg"])
    def test_every_coloured_type_is_cleaned(self, type: str) -> None:
        options: dict[str, Any] = {"type": type}
        assert process(scene_photo(), SCENE.trimap, **options).data != process(
            scene_photo(), SCENE.trimap, decontaminate=False, **options
        ).data

    def test_a_hard_edge_needs_no_cleaning(self) -> None:
        result = process(scene_photo(), SCENE.trimap, threshold=0.5)
        assert set(np.unique(result.alpha)) == {0, 255}
        shown = result.alpha > 0
        np.testing.assert_array_equal(pixels(result)[shown, :3], SCENE.image[shown])

    def test_on_a_background_the_old_one_is_gone(self) -> None:
        color = (0, 255, 0)
        result = process(scene_photo(), SCENE.trimap, background=color)
        error = np.abs(pixels(result)[..., :3] - SCENE.over(color))[SCENE.unknown].mean()
        assert error < 4


class TestDepth:
    DEEP = (SCENE.image.astype(np.uint16) << 8 | noise((HEIGHT, WIDTH, 3), 4)).astype(np.uint16)
    FILE = png(WIDTH, HEIGHT, 16, 2, [row.astype(">u2").tobytes() for row in DEEP])

    def test_opaque_pixels_have_the_photos_sixteen_bits(self) -> None:
        result = process(self.FILE, SCENE.trimap, depth=16)
        assert result.data[24] == 16  # bits, as the header has them
        written = run(decode(result.data, deep=True))
        assert written.rgb_u16 is not None
        opaque = result.alpha == 255
        assert opaque.mean() > 0.2
        np.testing.assert_array_equal(written.rgb_u16[opaque], self.DEEP[opaque])
        np.testing.assert_array_equal(written.rgba[..., 3], result.alpha)
        assert not written.rgb_u16[result.alpha == 0].any()

    def test_soft_pixels_have_the_clean_colour_of_eight_bits(self) -> None:
        deep, shallow = process(self.FILE, SCENE.trimap, depth=16), process(self.FILE, SCENE.trimap)
        np.testing.assert_array_equal(deep.alpha, shallow.alpha)
        np.testing.assert_array_equal(pixels(deep), pixels(shallow))

    def test_without_cleaning_all_that_shows_has_sixteen_bits(self) -> None:
        result = process(self.FILE, SCENE.trimap, depth=16, decontaminate=False)
        written = run(decode(result.data, deep=True))
        assert written.rgb_u16 is not None
        shown = result.alpha > 0
        np.testing.assert_array_equal(written.rgb_u16[shown], self.DEEP[shown])

    @pytest.mark.parametrize(("data", "depth"), [(scene_photo(), 16), (FILE, 8)], ids=["shallow photo", "not asked"])
    def test_otherwise_there_are_eight(self, data: bytes, depth: int) -> None:
        assert process(data, SCENE.trimap, depth=depth).data[24] == 8


class TestSubject:
    DATA = saved(halves(48, 64), "PNG")

    @pytest.mark.parametrize(("subject", "name"), [("person", "tiny"), ("object", "other")])
    def test_who_is_named_is_asked(self, subject: str, name: str) -> None:
        runtime = FakeRuntime()
        assert process(self.DATA, runtime=runtime, subject=subject).model == name
        assert runtime.calls == [name, name]

    def test_an_object_is_found_where_there_is_no_person(self) -> None:
        runtime = FakeRuntime(lambda tensor: np.zeros_like(tensor[:, :1]))
        result = process(self.DATA, runtime=runtime)
        assert result.model == "other"
        assert (result.alpha[:, :30] == 255).all()
        assert result.notices == ()

    def test_an_empty_photo_is_told_and_comes_out_empty(self) -> None:
        empty = FakeRuntime(*[lambda tensor: np.zeros_like(tensor[:, :1])] * 2)
        result = process(self.DATA, runtime=empty)
        assert [notice.code for notice in result.notices] == ["subject-missing"]
        assert result.confidence == 0
        assert result.band_width == 0
        assert not result.alpha.any()
        assert not pixels(result).any()

    def test_a_photo_that_is_all_subject_stays_whole(self) -> None:
        rgba = np.dstack([halves(48, 64), np.full((48, 64), 255, np.uint8)])
        result = process(photo_from_pixels(rgba.tobytes(), 64, 48), runtime=FakeRuntime(everything))
        np.testing.assert_array_equal(pixels(result), rgba)

    @pytest.mark.parametrize(
        ("error", "stage"), [(InferenceFailed("No."), "segment"), (ModelUnavailable("Gone."), "load")]
    )
    def test_a_network_that_fails_says_in_which_stage(self, error: GossamerError, stage: str) -> None:
        def broken(_: object) -> Any:
            raise error

        with pytest.raises(type(error)) as caught:
            process(self.DATA, runtime=FakeRuntime(broken))
        assert caught.value.stage == stage
