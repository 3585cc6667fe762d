"""The batch itself: what is to be done, what is done already, and what was done."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from gossamer.batch.crew import Crew
from gossamer.batch.failure import Failure, failure_of
from gossamer.batch.files import remove_leftovers, sha256
from gossamer.batch.journal import JOURNAL, Entry, Journal
from gossamer.batch.names import targets_in
from gossamer.batch.photos import Folder, folders
from gossamer.batch.recipe import Recipe
from gossamer.batch.work import Outcome, Task
from gossamer.errors import InvalidOption

__all__ = ["Batch", "Kept", "Tell"]

ROOM_BYTES = 256 << 20
"""That the disk must have before a photo is begun: several may be on their way, each tens of megabytes."""


@dataclass(frozen=True)
class Kept:
    """A photo whose result is there already."""

    entry: Entry


Tell: TypeAlias = Callable[[Outcome | Kept], None]


class Batch:
    """All photos of a folder and those in it, their results in another that mirrors it.

    What the journal there says is done stays as it is, as long as photo, recipe and maker are the same and the files
    exist.

    Parameters
    ----------
    source, target
        The two folders. Neither may be the other, nor may the photos be among the results.
    recipe
        What to make.
    maker
        By what; see `gossamer.batch.work.made_by`.
    again
        Whether what is done is done again.

    Attributes
    ----------
    stopped
        Why the batch ended before its end, or None.
    others
        How many files were no photos.
    """

    def __init__(self, source: Path, target: Path, recipe: Recipe, maker: str, *, again: bool = False) -> None:
        self.source, self.target = source.resolve(), target.resolve()
        if self.source.is_relative_to(self.target):
            raise InvalidOption(f"The results can't go to {target}: the photos are in there. Name another folder.")
        if not self.source.is_dir():
            raise InvalidOption(f"There is no folder {source}.")
        self.stopped: Failure | None = None
        self.others = 0
        self.fingerprint = recipe.fingerprint(maker)
        self._recipe = recipe
        self._again = again

    def count(self) -> int:
        """How many photos there are. Looks at names alone."""
        return sum(len(folder.photos) for folder in folders(self.source, without=self.target, unread=_overlook))

    def run(self, crew: Crew, tell: Tell) -> None:
        """Have the photos worked on. Raises OSError if nothing can be written."""
        self.target.mkdir(parents=True, exist_ok=True)
        with Journal(self.target / JOURNAL) as journal:
            for outcome in crew.run(self._tasks(journal, tell)):
                if outcome.failure is None:
                    journal.add(self._entry(outcome))
                elif outcome.failure.for_all:
                    self.stop(outcome.failure)
                tell(outcome)

    def stop(self, why: Failure) -> None:
        """Begin no photo more; those that are being worked on are finished."""
        self.stopped = self.stopped or why

    def _tasks(self, journal: Journal, tell: Tell) -> Iterator[Task]:
        def unread(place: str, error: OSError) -> None:
            tell(Outcome(place, failure=failure_of(error)))

        for folder in folders(self.source, without=self.target, unread=unread):
            self.others += folder.others
            if not folder.photos:
                continue
            try:
                target = self._folder_for(folder)
            except OSError as error:
                unread(folder.place, error)
                continue
            for task in self._tasks_in(folder, target, journal, tell):
                if not self.stopped:
                    self._look_for_room()
                if self.stopped:
                    return
                yield task

    def _folder_for(self, folder: Folder) -> Path:
        target = self.target / folder.place
        target.mkdir(parents=True, exist_ok=True)
        if target.resolve() != target:  # a link: it might lead to the photos
            raise NotADirectoryError(f"{target} leads elsewhere; results are not written through links")
        remove_leftovers(target)
        return target

    def _tasks_in(self, folder: Folder, target: Path, journal: Journal, tell: Tell) -> Iterator[Task]:
        for name, targets in zip(folder.photos, targets_in(target, folder.photos, self._recipe), strict=True):
            photo = f"{folder.place}/{name}".removeprefix("/")
            source = folder.path / name
            try:
                status = source.stat()
                task = Task(photo, source, targets, status.st_size, status.st_mtime_ns)
                entry = journal.earlier(photo)
                done = entry is not None and not self._again and self._is_done(entry, task)
            except OSError as error:
                tell(Outcome(photo, failure=failure_of(error)))
                continue
            if entry is None:
                yield task
            elif not done:
                yield replace(task, ours=entry.files)
            else:
                if entry.mtime_ns != task.mtime_ns:
                    journal.add(replace(entry, mtime_ns=task.mtime_ns))  # so that it is not read again the next time
                tell(Kept(entry))

    def _is_done(self, entry: Entry, task: Task) -> bool:
        if entry.recipe != self.fingerprint or set(entry.files) != {target.name for target in task.targets}:
            return False
        if entry.size != task.size or not all(target.exists() for target in task.targets):
            return False
        return entry.mtime_ns == task.mtime_ns or entry.sha256 == sha256(task.source.read_bytes())

    def _entry(self, outcome: Outcome) -> Entry:
        task = outcome.task
        assert task is not None  # noqa: S101 - an outcome without a failure is that of a task
        return Entry(
            task.photo, task.size, task.mtime_ns, outcome.sha256, self.fingerprint,
            outcome.files, outcome.confidence, outcome.notices,
        )

    def _look_for_room(self) -> None:
        free = shutil.disk_usage(self.target).free
        if free < ROOM_BYTES:
            message = f"The disk of {self.target} has {free >> 20} MB left."
            self.stop(Failure("ENOSPC", message, "Make room, and start again.", for_all=True))


def _overlook(place: str, error: OSError) -> None:
    """When counting; working comes by there again, and tells."""
