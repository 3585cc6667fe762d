"""A crew of Dask's workers, on this machine or on many."""

from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed

from gossamer.batch.failure import failure_of
from gossamer.batch.pool import TRIES, deaf_to_keyboard, died_at
from gossamer.batch.work import Outcome, Task, Work
from gossamer.errors import GossamerError, InvalidOption

__all__ = ["DaskCrew"]


class DaskCrew:
    """Dask's workers. See `Crew`.

    They see the photos and the results by the same paths as this machine.

    Parameters
    ----------
    address
        Of a Dask scheduler; without one, ``jobs`` workers are started on this machine.
    visible
        Folders that every worker must see.
    """

    def __init__(self, work: Work, jobs: int, *, address: str | None, visible: tuple[Path, ...]) -> None:
        self._work = work
        self._jobs = jobs
        self._address = address
        self._visible = visible

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `Crew.run`. How often a task is tried again, another's scheduler decides: ``allowed-failures``."""
        with ExitStack() as stack:
            client = stack.enter_context(self._client(stack))
            self._look(client)
            yield from self._work_on(iter(tasks), client)

    def _client(self, stack: ExitStack) -> Client:
        if self._address is None:
            with deaf_to_keyboard(), dask.config.set({"distributed.scheduler.allowed-failures": TRIES - 1}):
                workers = LocalCluster(self._jobs, threads_per_worker=1, dashboard_address=None)
            return Client(stack.enter_context(workers))
        try:
            return Client(self._address)
        except (OSError, ValueError) as error:
            raise InvalidOption(f"There is no Dask scheduler at {self._address}: {error}.") from error

    def _look(self, client: Client) -> None:
        seen = client.run(_unseen, self._visible)
        if not seen:
            raise GossamerError("The Dask scheduler has no workers.")
        for worker, missing in seen.items():
            if missing:
                raise InvalidOption(f"The worker {worker} does not see {missing[0]}: all machines must.")

    def _work_on(self, waiting: Iterator[Task], client: Client) -> Iterator[Outcome]:
        running: dict[str, Task] = {}
        finished = as_completed()

        def top_up() -> None:
            # No more than are worked on: where a worker dies, Dask blames all tasks it has. Workers come and go.
            while len(running) < max(1, sum(client.nthreads().values())):
                task = next(waiting, None)
                if task is None:
                    return
                future = client.submit(self._work, task, pure=False)
                running[future.key] = task
                finished.add(future)

        top_up()
        for future in finished:
            outcome = _outcome(future, running.pop(future.key))
            top_up()
            yield outcome


def _unseen(folders: tuple[Path, ...]) -> list[str]:
    return [str(folder) for folder in folders if not folder.is_dir()]


def _outcome(future: Future, task: Task) -> Outcome:
    try:
        error = future.exception()
    except CancelledError as cancelled:
        raise GossamerError("The Dask scheduler went away.") from cancelled
    if isinstance(error, KilledWorker):
        return died_at(task, "by its machine", likely_memory=True)
    if error is not None:
        return Outcome(task.photo, task, failure_of(error))
    outcome: Outcome = future.result()
    return outcome
