"""What is done with one photo, in whatever process, on whatever machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from gossamer.batch.failure import Failure, failure_of
from gossamer.batch.files import require_ours, sha256, write_whole
from gossamer.batch.recipe import Recipe
from gossamer.errors import ModelUnavailable
from gossamer.pipeline import Result
from gossamer.runtime.native import NativeRuntime, find_models

__all__ = ["CutOut", "Outcome", "Task", "Work", "made_by"]


@dataclass(frozen=True)
class Task:
    """A photo to be worked on: names alone, so that thousands may wait.

    Parameters
    ----------
    photo
        Its place in the folder of photos, parts joined by ``/``.
    source
        Where it is.
    targets
        Where its result goes, and its matte if that is wanted.
    size, mtime_ns
        Of the photo's file, as it was found: bytes, and nanoseconds.
    ours
        SHA-256 by name of what an earlier run wrote there, which may be replaced.
    """

    photo: str
    source: Path
    targets: tuple[Path, ...]
    size: int
    mtime_ns: int
    ours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What became of a photo: the result itself is in its file.

    Parameters
    ----------
    task
        What was to be done; None where it did not come to that.
    sha256
        Of the photo.
    files
        SHA-256 of what was written, by name.
    confidence
        Of the network; see `gossamer.Result`.
    notices
        Messages by code.
    """

    photo: str
    task: Task | None = None
    failure: Failure | None = None
    sha256: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    confidence: float | None = None
    notices: Mapping[str, str] = field(default_factory=dict)


Work: TypeAlias = Callable[[Task], Outcome]
"""What a crew does with each task. It can be pickled, and raises nothing."""


@dataclass(frozen=True)
class CutOut:
    """Cut the subject out of a photo, and write the files.

    Parameters
    ----------
    recipe
        What to make.
    maker
        What must have made it, as `made_by` says: all machines must be of the same version, with the same networks.
    models
        The folder with the networks; None is where they are installed.
    threads
        Threads within a network's operator.
    force
        Whether files may be replaced that are not ours.
    """

    recipe: Recipe
    maker: str
    models: Path | None = None
    threads: int = 1
    force: bool = False

    def __call__(self, task: Task) -> Outcome:
        try:
            data = task.source.read_bytes()
            result = self.recipe.cut_out(data, runtime=_runtime(self.models, self.threads, self.maker))
            files = self._write(task, result)
        except Exception as error:  # noqa: BLE001 - a defect that one photo brings to light must not stop the others
            return Outcome(task.photo, task, failure_of(error))
        notices = {notice.code: notice.message for notice in result.notices}
        return Outcome(task.photo, task, None, sha256(data), files, result.confidence, notices)

    def _write(self, task: Task, result: Result) -> dict[str, str]:
        contents = dict(zip(task.targets, self.recipe.contents(result), strict=True))
        if not self.force:
            for path, data in contents.items():
                require_ours(path, data, task.ours.get(path.name))
        for path, data in contents.items():
            write_whole(path, data)
        return {path.name: sha256(data) for path, data in contents.items()}


def made_by(models: Path | None) -> str:
    """What decides about results beside a recipe: the version, and the networks. Raises `ModelUnavailable`."""
    folder = find_models() if models is None else models
    try:
        manifest = (folder / "manifest.json").read_bytes()
    except OSError as error:
        raise ModelUnavailable(f"There is no readable manifest.json in {folder}.") from error
    return f"gossamer {version('gossamer')}, networks {sha256(manifest)[:16]}"


_loading = Lock()


def _runtime(models: Path | None, threads: int, maker: str) -> NativeRuntime:
    with _loading:  # where a process works on several photos, they share the networks
        return _checked_runtime(models, threads, maker)


@lru_cache(maxsize=1)
def _checked_runtime(models: Path | None, threads: int, maker: str) -> NativeRuntime:
    own = made_by(models)
    if own != maker:
        raise ModelUnavailable(f"This machine has {own}, where {maker} was asked for.")
    return NativeRuntime(models, threads=threads)
