"""What a caller hears while the pipeline works, and how it asks to stop."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import TypeAlias

from gossamer.arrays import AlphaF32

__all__ = ["STAGES", "Checkpoint", "Glance", "StageClock", "ignore", "overlook"]

STAGES = ("decode", "segment", "trimap", "matting", "foreground", "compose", "encode")
"""The stages of one photo, in the order they run."""

Checkpoint: TypeAlias = Callable[[str], Awaitable[None]]
"""Awaited with a stage's name before that stage starts. It may report the stage to a person, lets other work run,
and raises `gossamer.errors.Cancelled` to stop the pipeline there."""


Glance: TypeAlias = Callable[[AlphaF32], None]
"""Called with a first, coarse matte of the whole photo, (h, w) in [0, 1] at a network's size, as soon as one exists:
something to look at while the careful one is made."""


async def ignore(_stage: str) -> None:
    """A checkpoint nobody listens to."""


def overlook(_alpha: AlphaF32) -> None:
    """A glance nobody waits for."""


class StageClock:
    """Passes each stage on to a checkpoint and keeps how long it took.

    ``timings`` holds milliseconds by stage, for the stages that have ended.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.timings: dict[str, float] = {}
        self.stage = STAGES[0]
        self._checkpoint = checkpoint
        self._started: float | None = None

    async def enter(self, stage: str) -> None:
        """End the running stage, if any, and start ``stage``, one of `STAGES`."""
        self.finish()
        self.stage = stage
        await self._checkpoint(stage)
        self._started = perf_counter()

    def finish(self) -> None:
        """End the running stage."""
        if self._started is not None:
            self.timings[self.stage] = (perf_counter() - self._started) * 1000
            self._started = None
