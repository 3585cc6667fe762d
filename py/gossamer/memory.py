"""What to do where memory is short: the same on a smaller picture."""

from collections.abc import Callable
from typing import TypeVar

__all__ = ["within_memory"]

T = TypeVar("T")

FEWER = 4
"""A picture of half the size has a quarter of the pixels."""
TRIES = 3


def within_memory(work: Callable[[int], T], most: int) -> tuple[T, bool]:
    """Do ``work`` with ``most`` pixels at once, and with fewer where an allocation fails.

    Returns
    -------
    tuple
        What ``work`` gave, and whether it had to be done with fewer.

    Raises
    ------
    MemoryError
        If there is not even enough memory for the fewest.
    """
    for attempt in range(TRIES):
        try:
            return work(most // FEWER**attempt), attempt > 0
        except MemoryError:
            if attempt == TRIES - 1:
                raise
        # Not in the handler: there the error would still hold what the attempt has allocated.
    raise AssertionError("never: the last attempt returns or raises")
