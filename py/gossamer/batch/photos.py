"""Walks a folder for photos, one folder in memory at a time."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

__all__ = ["PHOTO_NAMES", "Folder", "folders"]

PHOTO_NAMES = re.compile(r"\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|hei[cf]|hif|avif)$", re.IGNORECASE)
"""The page goes by the same names. What a file holds, decoding it tells."""

Identity: TypeAlias = tuple[int, int]
"""Device and file number: a folder is the same by whatever path one comes to it."""


@dataclass(frozen=True)
class Folder:
    """A folder and the photos right in it.

    Parameters
    ----------
    path
        Where it is.
    place
        The same from where the walk began, its parts joined by ``/``: empty for the first folder.
    photos
        Names, sorted.
    others
        How many files have no photo's name; hidden ones don't count.
    """

    path: Path
    place: str
    photos: tuple[str, ...]
    others: int


def folders(root: Path, *, without: Path, unread: Callable[[str, OSError], None]) -> Iterator[Folder]:
    """Walk a folder and those in it, in the order of their names.

    Links are followed, but never back into a folder that leads there. Hidden files and folders are left out.

    Parameters
    ----------
    without
        A folder that is left out, and need not exist.
    unread
        Told the place of what can't be looked at, and why.
    """
    left_out = _identity(without) if without.exists() else None
    return _below(root, "", frozenset() if left_out is None else frozenset([left_out]), unread)


def _below(
    path: Path, place: str, closed: frozenset[Identity], unread: Callable[[str, OSError], None]
) -> Iterator[Folder]:
    try:
        identity = _identity(path)
        if identity in closed:
            return
        with os.scandir(path) as entries:
            shown = (entry for entry in entries if not entry.name.startswith("."))
            found = sorted(shown, key=lambda entry: entry.name)
    except OSError as error:
        unread(place, error)
        return
    photos: list[str] = []
    below: list[str] = []
    others = 0
    for entry in found:
        if _is_folder(entry):
            below.append(entry.name)
        elif PHOTO_NAMES.search(entry.name):
            photos.append(entry.name)
        else:
            others += 1
    yield Folder(path, place, tuple(photos), others)
    for name in below:
        yield from _below(path / name, f"{place}/{name}".removeprefix("/"), closed | {identity}, unread)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads nowhere
        return False


def _identity(path: Path) -> Identity:
    status = path.stat()
    return status.st_dev, status.st_ino
