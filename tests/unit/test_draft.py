"""Drafts: strokes change what they touch and what is near, undo is to go back, and files are made as before."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from gossamer.arrays import BACKGROUND, FOREGROUND, UNKNOWN, AlphaU8, Mask, TrimapU8, alpha_to_u8
from gossamer.decode import Photo
from gossamer.draft import RESOLVED_PX, Draft
from gossamer.errors import Cancelled, OutOfMemory
from gossamer.options import Options
from gossamer.pipeline import Result, finish, open_draft, remove_background
from gossamer.trimap import Stroke, band_width, draw_strokes, grown
from gossamer.trimap.strokes import StrokeKind
from tests.unit.fakes import FakeRuntime, run
from tests.unit.pictures import halves, saved
from tests.unit.scenes import ALL, Scene
from tests.unit.scenes.score import SEED

SCENE: Scene = ALL["defocus"](SEED)  # a flower around row 80 and column 100
HEIGHT, WIDTH = SCENE.alpha.shape
KEEP = Stroke("keep", [(100, 22), (110, 26)], 5)  # background
ERASE = Stroke("erase", [(95, 85), (100, 95)], 6)  # foreground
UNSURE = Stroke("unsure", [(20, 80), (60, 80)], 7)  # from the background across an edge
STROKES = [KEEP, ERASE, UNSURE]


def photo() -> Photo:
    return Photo(np.dstack([SCENE.image, np.full((HEIGHT, WIDTH), 255, np.uint8)]))


def draft_with(trimap: TrimapU8) -> Draft:
    return run(open_draft(photo(), FakeRuntime(), trimap=trimap))


@cache
def given_draft() -> Draft:
    return draft_with(SCENE.trimap)


@cache
def seen_draft() -> Draft:
    """By a network, so that there is a prior."""
    return run(open_draft(photo(), FakeRuntime(), Options(subject="person")))


every_draft = pytest.mark.parametrize("make", [given_draft, seen_draft], ids=["given", "seen"])


def under(stroke: Stroke) -> Mask:
    return draw_strokes(np.full((HEIGHT, WIDTH), UNKNOWN, np.uint8), [stroke])


def same(one: Result, other: Result) -> None:
    assert replace(one, timings={}, alpha=other.alpha, trimap=other.trimap) == replace(other, timings={})
    np.testing.assert_array_equal(one.alpha, other.alpha)
    np.testing.assert_array_equal(one.trimap, other.trimap)


@every_draft
@pytest.mark.parametrize("stroke", STROKES, ids=lambda stroke: str(stroke.kind))
def test_far_from_a_stroke_nothing_changes_by_a_byte(make: Callable[[], Draft], stroke: Stroke) -> None:
    draft = make()
    trimap = draft.trimap.copy()
    touched = draw_strokes(trimap, [stroke])
    repaired = draft.repaired([stroke])
    far = ~grown(touched, RESOLVED_PX)
    assert far.any()
    np.testing.assert_array_equal(repaired.alpha[far], draft.alpha[far])
    np.testing.assert_array_equal(repaired.trimap, trimap)
    certain = ~touched & (trimap != UNKNOWN)
    np.testing.assert_array_equal(repaired.alpha[certain], draft.alpha[certain])
    assert (repaired.alpha != draft.alpha).any()
    assert repaired.band_width == band_width(trimap)


@every_draft
@pytest.mark.parametrize(("kind", "level"), [("keep", 255), ("erase", 0)])
@pytest.mark.parametrize("place", [(100, 22), (97, 88), (60, 80), (0, 0), (199, 159), (-3, 70)])
def test_what_is_kept_is_opaque_and_what_is_erased_is_gone(
    make: Callable[[], Draft], kind: StrokeKind, level: int, place: tuple[float, float]
) -> None:
    stroke = Stroke(kind, [place], 6)
    repaired = make().repaired([stroke])
    assert under(stroke).any()
    assert (repaired.alpha[under(stroke)] == level).all()
    assert (repaired.trimap[under(stroke)] == level).all()


def error(alpha: AlphaU8, where: Mask) -> float:
    """In levels."""
    return float(np.abs(alpha.astype(int) - alpha_to_u8(SCENE.alpha))[where].mean())


def test_what_is_unsure_is_solved_again() -> None:
    trimap = SCENE.trimap.copy()
    wrong = np.zeros_like(trimap, dtype=bool)
    wrong[70:90, 30:50] = True
    wrong &= SCENE.alpha < 1  # the background, and a piece of the soft edge
    trimap[wrong] = FOREGROUND
    draft = draft_with(trimap)
    assert error(draft.alpha, wrong) > 100
    repaired = draft.repaired([Stroke("unsure", [(35, 75), (45, 85), (35, 85), (45, 75)], 12)])
    assert error(repaired.alpha, wrong) < 10


def test_a_part_that_was_missed_comes_back_with_its_edge() -> None:
    """One stroke inside a petal; the colours say where it ends."""
    trimap = SCENE.trimap.copy()
    missed = np.zeros_like(trimap, dtype=bool)
    missed[:60, 60:140] = True
    trimap[missed] = BACKGROUND
    rows, columns = np.nonzero(missed & (SCENE.trimap == FOREGROUND))
    middle = (float(columns.mean()), float(rows.mean()))
    draft = draft_with(trimap)
    repaired = draft.repaired([Stroke("keep", [middle], 12)])
    near = missed & under(Stroke("keep", [middle], 22))
    assert error(repaired.alpha, near) < 0.4 * error(draft.alpha, near)


def test_the_draft_before_is_as_it_was() -> None:
    draft = seen_draft()
    assert draft.prior is not None
    parts = (draft.photo.rgba, draft.trimap, draft.alpha, draft.prior.alpha, draft.prior.weight)
    before = [part.copy() for part in parts]
    first = draft.repaired(STROKES)
    for part, old in zip(parts, before, strict=True):
        np.testing.assert_array_equal(part, old)
    kept = first.trimap.copy(), first.alpha.copy()
    first.repaired([ERASE])
    np.testing.assert_array_equal(first.trimap, kept[0])
    np.testing.assert_array_equal(first.alpha, kept[1])
    np.testing.assert_array_equal(draft.repaired(STROKES).alpha, first.alpha)  # and the same again


@pytest.mark.parametrize("strokes", [[], [Stroke("keep", [(-90, -90)], 5)]], ids=["none", "outside"])
def test_strokes_that_touch_nothing_change_nothing(strokes: list[Stroke]) -> None:
    draft = given_draft()
    repaired = draft.repaired(strokes)
    np.testing.assert_array_equal(repaired.alpha, draft.alpha)
    np.testing.assert_array_equal(repaired.trimap, draft.trimap)


def test_where_a_person_spoke_the_prior_is_not_heard() -> None:
    """A network that has both sides the wrong way round, and is heeded wherever nothing is certain."""
    rgba = np.dstack([halves(60, 80), np.full((60, 80), 255, np.uint8)])
    draft = run(open_draft(Photo(rgba), FakeRuntime(), Options(subject="person")))
    assert draft.prior is not None
    wrong = replace(draft.prior, alpha=1 - draft.prior.alpha, weight=np.full_like(draft.prior.weight, 1e4))
    repaired = replace(draft, prior=wrong).repaired([Stroke("unsure", [(40, 30)], 8)])
    assert repaired.alpha[30, 35:40].min() > 200
    assert repaired.alpha[30, 40:45].max() < 50


@pytest.mark.parametrize("options", [Options(), Options(type="jpeg"), Options(type="trimap"), Options(threshold=0.5)])
def test_finished_a_draft_is_what_comes_out_in_one_go(options: Options) -> None:
    data = saved(halves(48, 64), "PNG")
    draft = run(open_draft(data, FakeRuntime(), options))
    same(run(finish(draft, options)), run(remove_background(data, FakeRuntime(), options)))


def test_strokes_given_at_once_are_the_draft_repaired() -> None:
    result = run(remove_background(photo(), FakeRuntime(), trimap=SCENE.trimap, strokes=STROKES))
    same(run(finish(given_draft().repaired(STROKES))), result)
    opened = run(open_draft(photo(), FakeRuntime(), trimap=SCENE.trimap, strokes=STROKES))
    np.testing.assert_array_equal(opened.alpha, given_draft().repaired(STROKES).alpha)


def test_finishing_leaves_the_draft_as_it_was() -> None:
    draft = seen_draft()
    before = draft.photo.rgba.copy(), draft.alpha.copy(), draft.trimap.copy()
    first = run(finish(draft))
    for part, old in zip((draft.photo.rgba, draft.alpha, draft.trimap), before, strict=True):
        np.testing.assert_array_equal(part, old)
    run(finish(draft, Options(type="jpeg", threshold=0.5)))
    same(run(finish(draft)), first)


class Listener:
    """A checkpoint that keeps what it hears, and raises at one stage."""

    def __init__(self, at: str = "", error: Exception | None = None) -> None:
        self.heard: list[str] = []
        self._at, self._error = at, error

    async def __call__(self, stage: str) -> None:
        self.heard.append(stage)
        if stage == self._at and self._error is not None:
            raise self._error


def test_each_half_has_its_own_stages() -> None:
    first, second = Listener(), Listener()
    draft = run(open_draft(photo(), FakeRuntime(), checkpoint=first))
    result = run(finish(draft, checkpoint=second))
    assert first.heard == ["decode", "segment", "trimap", "matting"]
    assert second.heard == list(result.timings) == ["foreground", "compose", "encode"]


@pytest.mark.parametrize("stage", ["segment", "matting", "foreground", "encode"])
def test_each_half_can_be_stopped_and_may_run_out_of_memory(stage: str) -> None:
    async def both(listener: Listener) -> None:
        await finish(await open_draft(photo(), FakeRuntime(), checkpoint=listener), checkpoint=listener)

    for raised, wanted in ((Cancelled("Stop.", stage=stage), Cancelled), (MemoryError(), OutOfMemory)):
        listener = Listener(stage, raised)
        with pytest.raises(wanted) as caught:
            run(both(listener))
        assert caught.value.stage == listener.heard[-1] == stage
