"""Every way the pipeline can fail, as a class with a stable code.

The tree::

    GossamerError
    ├── InputError                 the photo itself, stage "decode"
    │   ├── EmptyInput             input-empty
    │   ├── UnknownFormat          input-format
    │   ├── DamagedInput           input-damaged
    │   ├── InputTooLarge          input-too-large
    │   └── DecoderUnavailable     decoder-unavailable
    ├── InvalidOption              option-invalid, stage "options"
    ├── ModelUnavailable           model-unavailable, stage "load"
    ├── InferenceFailed            inference-failed, stage "segment"
    ├── OutputTooLarge             output-too-large, stage "encode"
    ├── OutOfMemory                out-of-memory, the stage that ran out
    └── Cancelled                  cancelled, the stage that was interrupted

``code`` never changes once released; ``message`` says what happened and ``advice`` what to do about it, in words
for the person at the screen. ``retryable`` says whether the same call can succeed if it is made again unchanged.
"""

from typing import ClassVar

__all__ = [
    "Cancelled",
    "DamagedInput",
    "DecoderUnavailable",
    "EmptyInput",
    "GossamerError",
    "InferenceFailed",
    "InputError",
    "InputTooLarge",
    "InvalidOption",
    "ModelUnavailable",
    "OutOfMemory",
    "OutputTooLarge",
    "UnknownFormat",
]


class GossamerError(Exception):
    """Base of all errors that Gossamer raises on purpose."""

    code: ClassVar[str] = "internal"
    advice: ClassVar[str] = "This is a defect in Gossamer. Please report it, with the photo if you can share it."
    retryable: ClassVar[bool] = False
    stage: str = "internal"

    def __init__(self, message: str, *, stage: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if stage is not None:
            self.stage = stage


class InputError(GossamerError):
    """The photo can't be used."""

    stage = "decode"


class EmptyInput(InputError):
    """There are no bytes to decode."""

    code = "input-empty"
    advice = "Choose the file again; if it was just saved, wait until the copy has finished."


class UnknownFormat(InputError):
    """The bytes are not a picture in a format we read."""

    code = "input-format"
    advice = "Use a JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF picture."


class DamagedInput(InputError):
    """The bytes begin like a picture but can't be decoded to the end."""

    code = "input-damaged"
    advice = "The file is cut off or damaged: download or export it again."


class InputTooLarge(InputError):
    """The declared size is beyond what fits in memory; nothing was decoded."""

    code = "input-too-large"
    advice = "Make the picture smaller and try again."


class DecoderUnavailable(InputError):
    """The format is known, but nothing here can decode it: it depends on the browser, or on a package."""

    code = "decoder-unavailable"
    advice = "Save it as JPEG or PNG, and use that."


class InvalidOption(GossamerError):
    """An option has a value it can't have."""

    code = "option-invalid"
    advice = "Change the option and try again."
    stage = "options"


class ModelUnavailable(GossamerError):
    """The network's weights or its description can't be found or are not the ones that were pinned."""

    code = "model-unavailable"
    stage = "load"
    advice = "Install the gossamer-models package, or name the folder that holds manifest.json."


class InferenceFailed(GossamerError):
    """The runtime could not run the network."""

    code = "inference-failed"
    stage = "segment"
    retryable = True
    advice = "Try again; if it fails again, reload the page."


class OutputTooLarge(GossamerError):
    """The result has more pixels than are allowed, or more in a row or column than the file type can hold."""

    code = "output-too-large"
    stage = "encode"
    advice = "Choose PNG, which takes longer sides, or a smaller size."


class OutOfMemory(GossamerError):
    """An allocation failed."""

    code = "out-of-memory"
    retryable = True
    advice = "Close other tabs or programs, or use a smaller picture."


class Cancelled(GossamerError):
    """The caller asked to stop. Nothing is left behind."""

    code = "cancelled"
    advice = ""
    retryable = True
