"""Where an allocation fails: the same on a smaller picture, and a word about it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gossamer.arrays import TensorF32
from gossamer.errors import InferenceFailed, OutOfMemory
from gossamer.foreground import estimate as colors
from gossamer.matting import estimate as mattes
from gossamer.memory import within_memory
from gossamer.options import Options
from gossamer.pipeline import Result, finish, open_draft, remove_background
from gossamer.segment import find_subject
from gossamer.trimap import Stroke
from tests.unit.fakes import FakeRuntime, Network, bright, run
from tests.unit.pictures import halves, saved
from tests.unit.scenes import ALL
from tests.unit.scenes.score import SEED, alpha_error

SCENE = ALL["ramp"](SEED)
PHOTO = saved(SCENE.image, "PNG")
HALVES = saved(halves(48, 64), "PNG")
CAREFUL_WIDTH = 32  # the other look is smaller


def room_for(most: int) -> Callable[[int], int]:
    def work(pixels: int) -> int:
        if pixels > most:
            raise MemoryError
        return pixels

    return work


def small_only(error: Exception, network: Network = bright) -> Network:
    """A network that fails at the careful look."""

    def limited(tensor: TensorF32) -> TensorF32:
        if tensor.shape[3] == CAREFUL_WIDTH:
            raise error
        return network(tensor)

    return limited


def limit(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, most: int, pixels: Callable[..., int]) -> None:
    """Let a function run out of memory for more than so many pixels."""
    whole = getattr(module, name)

    def limited(*args: Any) -> Any:
        if pixels(*args) > most:
            raise MemoryError
        return whole(*args)

    monkeypatch.setattr(module, name, limited)


def limit_matting(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    unknown = count(SCENE.trimap == 128)
    monkeypatch.setattr("gossamer.matting.MOST_UNKNOWN", unknown)
    limit(monkeypatch, mattes, "_alpha", int(share * unknown), lambda problem, *_: count(problem.unknown))


def cut(trimap: Any = SCENE.trimap, runtime: FakeRuntime | None = None, **options: Any) -> Result:
    return run(remove_background(PHOTO, runtime or FakeRuntime(), Options(**options), trimap=trimap))


def count(mask: Any) -> int:
    return int(np.count_nonzero(mask))


def error_of(result: Result) -> float:
    return alpha_error(SCENE, result.alpha.astype(np.float32) / np.float32(255))


def codes(result: Result) -> list[str]:
    return [notice.code for notice in result.notices]


@pytest.mark.parametrize(("most", "done"), [(1000, (1000, False)), (999, (250, True)), (249, (62, True))])
def test_fewer_pixels_until_they_fit(most: int, done: tuple[int, bool]) -> None:
    assert within_memory(room_for(most), 1000) == done


def test_not_even_the_fewest() -> None:
    with pytest.raises(MemoryError):
        within_memory(room_for(61), 1000)


def test_other_errors_are_not_for_memory() -> None:
    with pytest.raises(ZeroDivisionError):
        within_memory(lambda most: most // 0, 1000)


@pytest.mark.parametrize("error", [OutOfMemory("No room."), MemoryError()])
@pytest.mark.parametrize("subject", ["auto", "person"])
def test_without_the_careful_look_both_are_of_the_smaller_size(error: Exception, subject: Any) -> None:
    alone = FakeRuntime(small_only(error), small_only(error))
    draft = run(open_draft(HALVES, alone, Options(subject=subject)))
    finding = draft.finding
    assert finding is not None
    assert alone.calls == ["tiny"] * 3
    assert finding.size == finding.second.shape
    assert max(finding.size) < CAREFUL_WIDTH
    assert finding.unrest < 0.2
    assert finding.confidence == 1 - finding.unrest / 0.4, "mirror images tell as ever"
    assert [notice.code for notice in draft.notices] == ["low-memory"]
    result = run(finish(draft))
    assert codes(result) == ["low-memory"]


def test_looks_of_the_smaller_size_that_differ_are_doubted_as_ever() -> None:
    def fickle(tensor: TensorF32) -> TensorF32:
        return bright(tensor) if len(runtime.calls) == 1 else 1 - bright(tensor)

    runtime = FakeRuntime(small_only(OutOfMemory("No room."), fickle))
    draft = run(open_draft(HALVES, runtime))
    assert runtime.calls[:4] == ["tiny", "tiny", "tiny", "other"]
    assert [notice.code for notice in draft.notices][-1] == "low-memory"


@pytest.mark.parametrize("error", [OutOfMemory("No room.", stage="segment"), MemoryError()])
def test_not_even_the_smaller_look(error: Exception) -> None:
    def none(_: TensorF32) -> TensorF32:
        raise error

    with pytest.raises(OutOfMemory) as caught:
        cut(None, FakeRuntime(none))
    assert caught.value.stage == "segment"


def test_a_network_that_fails_for_another_reason_is_no_matter_of_memory() -> None:
    draft = run(open_draft(PHOTO, FakeRuntime()))
    with pytest.raises(InferenceFailed):
        run(find_subject(draft.photo, FakeRuntime(small_only(InferenceFailed("No."))), "person"))


@pytest.mark.parametrize("share", [0.9, 0.2])
def test_a_matte_for_which_memory_is_short_is_coarser_and_says_so(
    monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    whole = cut()
    limit_matting(monkeypatch, share)
    result = cut()
    assert codes(whole) == []
    assert codes(result) == ["low-memory"]
    assert (result.alpha != whole.alpha).any()
    np.testing.assert_array_equal(result.alpha[SCENE.trimap != 128], SCENE.trimap[SCENE.trimap != 128])
    assert error_of(result) < 4 * error_of(whole)


def test_no_matte_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_matting(monkeypatch, 0)
    with pytest.raises(OutOfMemory) as caught:
        cut()
    assert caught.value.stage == "matting"


def test_a_stroke_for_which_memory_is_short_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = run(open_draft(PHOTO, FakeRuntime(), trimap=SCENE.trimap))
    limit_matting(monkeypatch, 0.1)
    patch = draft.patch([Stroke("unsure", [(100, 80)], 20)])
    assert patch is not None


def test_colours_for_which_memory_is_short_are_coarser_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    soft = count((cut().alpha % 255) != 0)
    monkeypatch.setattr(colors, "MOST_SOFT", soft)
    limit(monkeypatch, colors, "coarse_to_fine", soft // 2, lambda level: count(level.soft))
    assert codes(cut()) == ["low-memory"]
    assert codes(cut(type="alpha")) == [], "which has no colours"


def test_it_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_matting(monkeypatch, 0.9)
    monkeypatch.setattr(colors, "MOST_SOFT", 4000)
    limit(monkeypatch, colors, "coarse_to_fine", 1000, lambda level: count(level.soft))
    runtime = FakeRuntime(small_only(OutOfMemory("No room.")))
    assert codes(cut(None, runtime)).count("low-memory") == 1
