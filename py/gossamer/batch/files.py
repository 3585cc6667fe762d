"""Files that are there whole or not at all."""

import errno
import hashlib
import os
import time
import uuid
from pathlib import Path

__all__ = ["remove_leftovers", "require_ours", "sha256", "write_whole"]

PART = ".gossamer-{}.part"
LEFT_OVER_S = 3600
"""Nothing takes that long to write: whoever began it has died."""


def sha256(data: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there: whoever looks sees the old one or the new one, never half."""
    part = path.with_name(PART.format(uuid.uuid4().hex))
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def remove_leftovers(folder: Path) -> None:
    """Remove what a `write_whole` left behind that was killed."""
    for part in folder.glob(PART.format("*")):
        try:
            if time.time() - part.stat().st_mtime > LEFT_OVER_S:
                part.unlink()
        except FileNotFoundError:
            continue  # another run was faster


def require_ours(path: Path, data: bytes, ours: str | None) -> None:
    """Raise FileExistsError if a file is there that neither has the SHA-256 of ours nor is what is to be written."""
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        return
    if there != data and sha256(there) != ours:
        advice = "There is a file that is not from here, or was changed since: move it away, or use --force"
        raise FileExistsError(errno.EEXIST, advice, str(path))
