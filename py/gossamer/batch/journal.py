"""What has been done, one line of JSON each, appended as it is done: what a run that was killed goes on by."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

__all__ = ["JOURNAL", "Entry", "Journal"]

JOURNAL = ".gossamer-batch.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A photo that is done.

    Parameters
    ----------
    photo
        Its place in the folder of photos, parts joined by ``/``.
    size, mtime_ns, sha256
        Of its file.
    recipe
        Fingerprint of what was to be made, and by what.
    files
        SHA-256 of the results, by name.
    confidence, notices
        Of the result, for the report.
    """

    photo: str
    size: int
    mtime_ns: int
    sha256: str
    recipe: str
    files: Mapping[str, str]
    confidence: float | None = None
    notices: Mapping[str, str] = field(default_factory=dict)


class Journal:
    """Entries by photo, of earlier runs; new ones go to the file alone.

    A line that was cut off as its run was killed counts for nothing, and so does any other that is no entry. Of two
    about one photo the later counts.
    """

    def __init__(self, path: Path) -> None:
        self._earlier = {entry.photo: entry for entry in _read(path)}
        self._file = path.open("ab")
        if not _ends_its_line(path):
            self._file.write(b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def earlier(self, photo: str) -> Entry | None:
        """What an earlier run has said of a photo."""
        return self._earlier.get(photo)

    def add(self, entry: Entry) -> None:
        """Write an entry, at once."""
        self._file.write(json.dumps(asdict(entry)).encode() + b"\n")
        self._file.flush()


def _read(path: Path) -> Iterator[Entry]:
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            entry = _entry(line)
            if entry is not None:
                yield entry


def _entry(line: bytes) -> Entry | None:
    try:
        document: Any = json.loads(line)
        entry = Entry(**document)
    except (TypeError, ValueError):
        return None
    return entry if isinstance(entry.files, dict) and isinstance(entry.notices, dict) else None


def _ends_its_line(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 1))
        return file.read() in (b"", b"\n")
