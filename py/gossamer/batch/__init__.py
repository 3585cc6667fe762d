"""A folder of photos, as many as there are, on one machine or on many: ``gossamer batch``.

Top to bottom: `photos` walks the folder, `names` says what each result is called, `run` leaves out what the `journal`
has already and hands the rest to a crew (`pool`, `on_dask`), whose every member does `work`.
"""

from gossamer.batch.crew import Crew
from gossamer.batch.failure import Failure, failure_of
from gossamer.batch.recipe import Recipe
from gossamer.batch.run import Batch
from gossamer.batch.work import CutOut, Outcome, Task

__all__ = ["Batch", "Crew", "CutOut", "Failure", "Outcome", "Recipe", "Task", "failure_of"]
