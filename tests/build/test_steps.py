"""The step cache: what makes a step run again, and what does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from web.build.steps import BuildError, StepCache


class Copy:
    """A step that copies `source` to `result`, and counts how often it does."""

    def __init__(self, root: Path) -> None:
        self.source = root / "source.txt"
        self.result = root / "out" / "result.txt"
        self.source.write_text("first")
        self.runs = 0
        self.reports: list[tuple[str, str]] = []
        self.cache = StepCache(root, root / "stamps", lambda name, text: self.reports.append((name, text)))

    def action(self) -> None:
        self.runs += 1
        self.result.parent.mkdir(exist_ok=True)
        self.result.write_text(self.source.read_text())

    def run(self, **values: object) -> dict[str, str]:
        return self.cache.run(
            "copy",
            files=[self.source],
            values=values,
            outputs=lambda: [self.result.parent],
            action=self.action,
        )


@pytest.fixture
def step(tmp_path: Path) -> Copy:
    copy = Copy(tmp_path)
    copy.run()
    return copy


def test_runs_once_while_nothing_changes(step: Copy) -> None:
    first = step.run()
    assert step.runs == 1
    assert step.reports[-1] == ("copy", "cached")
    assert list(first) == ["out/result.txt"]


def test_runs_again_when_a_source_changes_within_one_clock_tick(step: Copy) -> None:
    times = step.source.stat()
    step.source.write_text("secnd")  # as long as before
    os.utime(step.source, ns=(times.st_atime_ns, times.st_mtime_ns))
    step.run()
    assert step.runs == 2
    assert step.result.read_text() == "secnd"


def test_runs_again_when_a_value_changes(step: Copy) -> None:
    step.run(version=2)
    step.run(version=2)
    assert step.runs == 2


def test_rebuilds_a_deleted_output(step: Copy) -> None:
    step.result.unlink()
    step.run()
    assert step.result.read_text() == "first"


def test_rebuilds_an_edited_output(step: Copy) -> None:
    step.result.write_text("spoil")
    step.run()
    assert step.result.read_text() == "first"


def test_rebuilds_when_a_file_was_added_to_an_output_folder(step: Copy) -> None:
    (step.result.parent / "stray.txt").write_text("stray")
    step.run()
    assert step.runs == 2


def test_a_touched_output_with_the_same_bytes_stays(step: Copy) -> None:
    os.utime(step.result, (1, 1))
    step.run()
    assert step.runs == 1


def test_a_failed_run_leaves_no_stamp(step: Copy) -> None:
    step.source.write_text("second")
    step.action = lambda: (_ for _ in ()).throw(BuildError("no"))  # type: ignore[method-assign]
    with pytest.raises(BuildError):
        step.run()
    del step.action
    step.source.write_text("first")
    step.run()
    assert step.runs == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"key": "x"}', '{"key": "x", "outputs": []}'])
def test_a_damaged_stamp_means_building_again(step: Copy, text: str) -> None:
    (step.cache.folder / "copy.json").write_text(text)
    step.run()
    assert step.runs == 2


def test_an_action_that_leaves_an_output_out_is_an_error(tmp_path: Path) -> None:
    cache = StepCache(tmp_path, tmp_path / "stamps", lambda *_: None)
    with pytest.raises(BuildError, match=r"absent\.txt is missing"):
        cache.run("lazy", outputs=lambda: [tmp_path / "absent.txt"], action=lambda: None)
