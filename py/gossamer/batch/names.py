"""Names for the results of a folder: the photos' own, and never two the same."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePath

from gossamer.batch.recipe import SUFFIXES, Recipe

__all__ = ["targets_in"]


def targets_in(folder: Path, photos: Sequence[str], recipe: Recipe) -> list[tuple[Path, ...]]:
    """The files to write for the photos of one folder, in their order.

    ``a.jpg`` becomes ``a.png``. Beside ``a.heic`` they become ``a.jpg.png`` and ``a.heic.png``; what still meets
    another name gets a number. Only the folder's names decide, so it is the same each time. Names count as the same
    if some file system takes them for the same: by case, or by how an accent is written.
    """
    suffix = SUFFIXES[recipe.options.type]
    stems = Counter(_folded(PurePath(photo).stem) for photo in photos)
    taken: set[str] = set()
    found = []
    for photo in photos:
        stem = PurePath(photo).stem
        base = stem if stems[_folded(stem)] == 1 else photo
        number, targets = 1, recipe.targets(folder / f"{base}{suffix}")
        while any(_folded(target.name) in taken for target in targets):
            number += 1
            targets = recipe.targets(folder / f"{base}-{number}{suffix}")
        taken.update(_folded(target.name) for target in targets)
        found.append(targets)
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())
