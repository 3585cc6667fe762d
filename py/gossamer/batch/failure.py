"""What went wrong with a photo, in words, whatever raised it; small enough to cross between machines."""

import errno
from dataclasses import dataclass

from gossamer.errors import GossamerError, ModelUnavailable, OutOfMemory

__all__ = ["Failure", "failure_of"]

ADVICE = {
    errno.EACCES: "Give yourself the right to it, or leave it out.",
    errno.EPERM: "Give yourself the right to it, or leave it out.",
    errno.ENOENT: "It went away meanwhile; if it should be there, put it back and start again.",
    errno.ENAMETOOLONG: "Shorten its name, or those of the folders it is in.",
    errno.ENOSPC: "Make room on the disk, and start again.",
    errno.EDQUOT: "Make room within your share of the disk, and start again.",
    errno.EROFS: "Choose a folder that can be written to.",
}
FOR_ALL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS))
"""What the next photo would meet as well."""


@dataclass(frozen=True)
class Failure:
    """Why there is no result.

    Parameters
    ----------
    code
        Of `gossamer.errors`, or the operating system's name for it, such as ``EACCES``.
    message, advice
        What happened, and what to do about it.
    for_all
        Whether every other photo would meet the same.
    """

    code: str
    message: str
    advice: str = ""
    for_all: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.message, self.advice, f"[{self.code}]" if self.code else "")))


def failure_of(error: Exception) -> Failure:
    """What to tell of an error; of one that nobody foresaw, that it is a defect."""
    if isinstance(error, MemoryError):
        error = OutOfMemory("There is not enough memory for this picture.")
    if isinstance(error, OSError):
        return _of_system(error)
    if not isinstance(error, GossamerError):
        error = GossamerError(f"{type(error).__name__}: {error}.")  # a defect
    return Failure(error.code, error.message, error.advice, isinstance(error, ModelUnavailable))


def _of_system(error: OSError) -> Failure:
    message = (error.strerror or str(error)).removesuffix(".") + "."
    if error.filename is not None:
        message = f"{error.filename}: {message}"
    if error.errno is None:
        return Failure("", message)
    return Failure(errno.errorcode.get(error.errno, ""), message, ADVICE.get(error.errno, ""), error.errno in FOR_ALL)
