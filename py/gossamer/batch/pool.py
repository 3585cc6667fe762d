"""A crew of processes on this machine."""

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from gossamer.batch.failure import failure_of
from gossamer.batch.work import Outcome, Task, Work
from gossamer.errors import GossamerError, OutOfMemory

__all__ = ["TRIES", "Pool", "deaf_to_keyboard", "died_at"]

TRIES = 2
KILLED = 9
"""The signal by which a system that runs out of memory ends processes; Windows has no name for it."""
STILLBORN_MAX = 3
GOODBYE_S = 10


class Pool:
    """Processes of this machine, with one photo each at a time. See `Crew`.

    The standard library's pools break as a whole when the system ends one of their processes, and can't tell at which
    photo that was; so each process has a pipe of its own here. They are started afresh, not forked: on every system
    alike, and without the threads and locks of ours.
    """

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Crew.run`."""
        waiting = _Waiting(tasks)
        crew: dict[Connection, _Worker] = {}
        stillborn = 0
        try:
            while True:
                while len(crew) < self._jobs and (trial := waiting.next()) is not None:
                    worker = _Worker(self._work, *trial)
                    crew[worker.connection] = worker
                if not crew:
                    return
                for connection in wait(list(crew)):
                    worker = crew[connection]  # type: ignore[index]
                    outcome = worker.receive()
                    if worker.dead:
                        del crew[worker.connection]
                        stillborn = 0 if worker.started else stillborn + 1
                        outcome = self._mourn(worker, waiting, stillborn)
                    elif outcome is not None and not worker.give(waiting.next()):
                        del crew[worker.connection]
                    if outcome is not None:
                        stillborn = 0
                        yield outcome
        finally:
            for worker in crew.values():
                worker.end()

    def _mourn(self, worker: "_Worker", waiting: "_Waiting", stillborn: int) -> Outcome | None:
        """Put the task of a dead process back, or give it up."""
        code = worker.end()
        if stillborn > STILLBORN_MAX:
            raise GossamerError(f"The processes end before they have begun ({_ending(code)}).")
        tries = worker.tries + 1 if worker.started else worker.tries
        if tries < TRIES:
            waiting.put_back(worker.task, tries)
            return None
        return died_at(worker.task, _ending(code), likely_memory=code == -KILLED)


def died_at(task: Task, how: str, *, likely_memory: bool) -> Outcome:
    """What to say of a photo at which processes died."""
    message = f"The process that worked on it was ended each time ({how})"
    if likely_memory:
        return Outcome(task.photo, task, failure_of(OutOfMemory(f"{message}, as systems do that run out of memory.")))
    return Outcome(task.photo, task, failure_of(GossamerError(f"{message}.")))


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit status {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


class _Waiting:
    """Tasks to come, and before them those to be tried again, each with how often it was tried."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._fresh = iter(tasks)
        self._again: deque[tuple[Task, int]] = deque()

    def next(self) -> tuple[Task, int] | None:
        if self._again:
            return self._again.popleft()
        task = next(self._fresh, None)
        return None if task is None else (task, 0)

    def put_back(self, task: Task, tries: int) -> None:
        self._again.append((task, tries))


class _Worker:
    """A process and the task it has."""

    def __init__(self, work: Work, task: Task, tries: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.started = False
        self.dead = False
        self._process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        with deaf_to_keyboard():
            self._process.start()
        theirs.close()
        self.give((task, tries))

    def give(self, trial: tuple[Task, int] | None) -> bool:
        """Hand over a task; without one, say goodbye and return False."""
        if trial is None:
            self.connection.close()
            self._process.join(GOODBYE_S)
            self.end()
            return False
        self.task, self.tries = trial
        with suppress(OSError):  # it has died: that is what comes next from it
            self.connection.send(self.task)
        return True

    def receive(self) -> Outcome | None:
        """What it says: an outcome, or that it has started, or nothing as it is `dead`."""
        try:
            said: Outcome | None = self.connection.recv()
        except (EOFError, OSError):
            self.dead = True
            return None
        self.started = True
        return said

    def end(self) -> int | None:
        """See to it that it is gone; returns its exit status."""
        if not self.dead:
            self._process.kill()
        self._process.join()
        self.connection.close()
        return self._process.exitcode


def _serve(connection: Any, work: Work) -> None:
    """All that a process does. The keyboard stops the batch, which lets it finish."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):  # the batch has no more tasks, or has died
        connection.send(None)
        while True:
            connection.send(work(connection.recv()))


@contextmanager
def deaf_to_keyboard() -> Iterator[None]:
    """Processes that are started meanwhile never hear Ctrl+C, not even as they come up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
