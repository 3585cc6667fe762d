"""What to make of every photo of a batch."""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gossamer.api import cut_out, open_draft
from gossamer.decode import Notice
from gossamer.encode import encode_alpha
from gossamer.finish import Preset, head_box
from gossamer.options import Options, OutputType
from gossamer.pipeline import Result

__all__ = ["SUFFIXES", "Recipe", "matte_beside"]

SUFFIXES: dict[OutputType, str] = {"png": ".png", "webp": ".webp", "jpeg": ".jpg", "alpha": ".png", "trimap": ".png"}


@dataclass(frozen=True)
class Recipe:
    """What to make of a photo.

    Parameters
    ----------
    options
        Of the pipeline.
    preset
        Where it is a document's, the head is put into its place.
    matte
        Whether the matte gets a file of its own, too.
    """

    options: Options
    preset: Preset | None = None
    matte: bool = False

    def cut_out(self, photo: Path | bytes, **how: Any) -> Result:
        """As `gossamer.cut_out`, with the head in its place where the preset is a document's."""
        preset, options = self.preset, self.options
        if preset is None or preset.kind != "document" or options.crop != "subject":
            return cut_out(photo, **vars(options), **how)
        draft = open_draft(photo, subject=options.subject, depth=options.depth, **how)
        head = head_box(draft.alpha)
        if head is not None:
            options = dataclasses.replace(options, crop=preset.placed(head, draft.photo.size[0]), margin=0)
        result = cut_out(draft, **vars(options))
        return dataclasses.replace(result, notices=(*result.notices, _head_notice(preset)))

    def targets(self, result: Path) -> tuple[Path, ...]:
        """The files that are written for a photo: its result, and its matte if that is wanted."""
        return (result, matte_beside(result)) if self.matte else (result,)

    def contents(self, result: Result) -> tuple[bytes, ...]:
        """What is in `targets`."""
        return (result.data, encode_alpha(result.alpha)) if self.matte else (result.data,)

    def fingerprint(self, *others: str) -> str:
        """The same for the same recipe, and whatever else decides what becomes of a photo."""
        text = json.dumps([dataclasses.asdict(self), *others], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def matte_beside(result: Path) -> Path:
    """The file for the matte of a result."""
    return result.with_name(f"{result.stem}-alpha.png")


def _head_notice(preset: Preset) -> Notice:
    least, most = preset.head
    message = f"Measure the head: {least:g} to {most:g} mm from chin to crown. Its place is a guess; --crop moves it."
    return Notice("head-guessed", message)
