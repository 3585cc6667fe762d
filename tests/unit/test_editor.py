"""The editor: strokes in place, undo and redo to the byte, and views that are windows of the finished picture."""

import numpy as np
import pytest

from gossamer import editor as module
from gossamer.decode import Photo
from gossamer.draft import Draft
from gossamer.editor import Editor, View
from gossamer.errors import InvalidOption
from gossamer.pipeline import open_draft
from gossamer.trimap import Stroke
from tests.unit.fakes import FakeRuntime, run
from tests.unit.scenes import ALL, Scene
from tests.unit.scenes.score import SEED

SCENE: Scene = ALL["defocus"](SEED)  # a flower around row 80 and column 100
HEIGHT, WIDTH = SCENE.alpha.shape
OPAQUE = np.full((HEIGHT, WIDTH), 255, np.uint8)
STROKES = [
    Stroke("keep", [(100, 22), (110, 26)], 5),
    Stroke("erase", [(95, 85), (100, 95)], 6),
    Stroke("unsure", [(20, 80), (60, 80)], 7),
]
BESIDE = Stroke("keep", [(-50, -50)], 3)


def photo() -> Photo:
    return Photo(np.dstack([SCENE.image, OPAQUE]))


def opened(source: Photo | None = None) -> Draft:
    return run(open_draft(source or photo(), FakeRuntime(), trimap=SCENE.trimap))


def patched(whole: View, part: View) -> None:
    """Do what a screen does."""
    height, width = part.trimap.shape
    window = slice(part.y, part.y + height), slice(part.x, part.x + width)
    whole.pixels[window] = part.pixels
    whole.trimap[window] = part.trimap


def same(one: View, other: View) -> None:
    assert (one.x, one.y) == (other.x, other.y)
    np.testing.assert_array_equal(one.pixels, other.pixels)
    np.testing.assert_array_equal(one.trimap, other.trimap)


def test_each_stroke_gives_what_a_draft_gives() -> None:
    editor, draft = Editor(opened()), opened()
    for stroke in STROKES:
        assert editor.repair([stroke]) is not None
        draft = draft.repaired([stroke])
        np.testing.assert_array_equal(editor.draft.alpha, draft.alpha)
        np.testing.assert_array_equal(editor.draft.trimap, draft.trimap)


def test_patches_on_top_of_the_first_view_keep_a_screen_up_to_date() -> None:
    editor = Editor(opened())
    screen = editor.view()
    for stroke in STROKES:
        patch = editor.repair([stroke])
        assert patch is not None
        patched(screen, patch)
        np.testing.assert_array_equal(screen.pixels[..., 3], editor.draft.alpha)
        np.testing.assert_array_equal(screen.trimap, editor.draft.trimap)
        opaque = editor.draft.alpha == 255
        np.testing.assert_array_equal(screen.pixels[opaque][:, :3], SCENE.image[opaque])
    soft = (editor.draft.alpha > 0) & (editor.draft.alpha < 255)
    apart = np.abs(screen.pixels[soft].astype(int) - editor.view().pixels[soft])
    assert apart.mean() < 3  # colours solved in a window, and in the whole


def test_undo_and_redo_go_through_the_same_bytes() -> None:
    editor = Editor(opened())
    moments = [editor.view()]
    for stroke in STROKES:
        editor.repair([stroke])
        moments.append(editor.view())
    for before in reversed(moments[:-1]):
        assert editor.undo() is not None
        same(editor.view(), before)
    assert editor.undo() is None
    for after in moments[1:]:
        assert editor.redo() is not None
        same(editor.view(), after)
    assert editor.redo() is None


def test_a_new_stroke_forgets_what_was_undone() -> None:
    editor = Editor(opened())
    editor.repair(STROKES[:1])
    editor.repair(STROKES[1:2])
    editor.undo()
    assert (editor.undoable, editor.redoable) == (1, 1)
    editor.repair(STROKES[2:])
    assert (editor.undoable, editor.redoable) == (2, 0)


def test_a_stroke_beside_the_photo_is_no_change() -> None:
    editor = Editor(opened())
    editor.repair(STROKES[:1])
    editor.undo()
    assert editor.repair([BESIDE]) is None
    assert (editor.undoable, editor.redoable) == (0, 1)


def test_a_bad_stroke_changes_nothing() -> None:
    editor = Editor(opened())
    before = editor.view()
    with pytest.raises(InvalidOption):
        editor.repair([STROKES[0], Stroke("keep", [], 3)])
    same(editor.view(), before)
    assert editor.undoable == 0


def test_what_is_remembered_is_bounded_but_never_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED_BYTES", 60_000)
    editor = Editor(opened())
    for x in range(10, 150, 10):
        editor.repair([Stroke("keep", [(x, 20)], 3)])
    assert 1 <= editor.undoable < 5
    monkeypatch.setattr(module, "MOST_REMEMBERED_BYTES", 1)
    editor.repair(STROKES[:1])
    assert editor.undoable == 1


def test_views_have_the_photo_s_own_colours_where_they_are_not_to_be_cleaned() -> None:
    editor = Editor(opened(), decontaminate=False)
    view = editor.view()
    visible = editor.draft.alpha > 0
    np.testing.assert_array_equal(view.pixels[visible][:, :3], SCENE.image[visible])
    assert (view.pixels[~visible] == 0).all()


def test_what_was_transparent_before_stays_so() -> None:
    own = OPAQUE.copy()
    own[:, : WIDTH // 2] = 128
    editor = Editor(opened(Photo(np.dstack([SCENE.image, own]), has_alpha=True)))
    view = editor.view(slice(60, 100), slice(80, 120))
    assert (view.x, view.y) == (80, 60)
    np.testing.assert_array_equal(view.pixels[..., 3] <= own[60:100, 80:120], True)
    kept = editor.repair([Stroke("keep", [(WIDTH // 2 - 20, 80)], 4)])
    assert kept is not None
    assert kept.pixels[80 - kept.y, WIDTH // 2 - 20 - kept.x, 3] == 128
