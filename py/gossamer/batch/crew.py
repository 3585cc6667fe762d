"""The seam between a batch and those who do its work."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from gossamer.batch.work import Outcome, Task

__all__ = ["Crew"]


class Crew(Protocol):
    """Does tasks, several at a time."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Take tasks as there are hands for them, never many more, and give their outcomes in the order they come.

        Tasks and outcomes cross, never pictures: who does the work reads the photo and writes the result by itself.
        Ends once the tasks have ended and each has its outcome. Whoever dies at a task is replaced, and the task is
        tried once more at least; then its outcome is a failure.

        Raises
        ------
        GossamerError
            If there is nobody who could do anything.
        """
