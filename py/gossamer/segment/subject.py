"""Which network knows what the subject is, and how sure it is.

Neither network can be asked for its doubts, but a network that knows its subject sees the same one in the photo's
mirror image at another size. How much the two views differ tells when to believe it, better than how decided either
looks: docs/decisions/0006-subject.md has the measurements.
"""

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from gossamer.arrays import AlphaF32, AlphaU8, alpha_to_u8
from gossamer.decode import Notice, Photo
from gossamer.errors import InferenceFailed, ModelUnavailable, OutOfMemory
from gossamer.manifest import InputRule, Kind, Model
from gossamer.options import Subject
from gossamer.progress import Glance, overlook
from gossamer.runtime.base import Runtime
from gossamer.segment.alpha import network_alpha
from gossamer.segment.network_input import network_input

__all__ = ["Finding", "find_subject"]

SURE = 0.12
"""Looks that differ by less, relative to the subject's area, show the same subject."""
AGREE = 0.3
"""And the looks of two networks, whose edges are of different kinds."""
HOPELESS = 0.4
"""A network whose looks differ by this much knows nothing."""
NO_SUBJECT = 0.005
"""A smaller share of the photo is no subject."""
DOUBTFUL = 0.5

UNSURE = Notice(
    "subject-unsure",
    "It is not clear what the subject of this photo is. Check the cut-out, or say if it is a person or an object.",
)
NOTHING = Notice("subject-missing", "No subject was found in this photo.")


@dataclass(frozen=True)
class Finding:
    """The subject, as one network sees it.

    Parameters
    ----------
    model
        The network.
    alpha : (h, w) float32
        In [0, 1], at the network's size.
    second : (h, w) float32
        The same from a second look; ``alpha`` itself where that look is not to be trusted.
    confidence
        0 to 1: how sure it is that this is the subject. It orders photos by how much a look at them is worth; it is
        no probability.
    notices
        What a person should know.
    was_short
        Whether memory did not do for the careful look, so that both are of the smaller size.
    """

    model: Model
    alpha: AlphaF32
    second: AlphaF32
    confidence: float = 1.0
    notices: tuple[Notice, ...] = ()
    was_short: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) at which the network saw the photo."""
        return self.alpha.shape[0], self.alpha.shape[1]

    @property
    def is_empty(self) -> bool:
        """Whether there is no subject in it."""
        return float(self.alpha.mean()) < NO_SUBJECT

    @property
    def unrest(self) -> float:
        """How much the two looks differ, relative to the subject's area; 0 to 2."""
        return _difference(self.alpha, self.second)

    @property
    def sureness(self) -> AlphaU8:
        """(h, w): 255 where both looks show the same, 0 where they contradict each other."""
        return alpha_to_u8(1 - np.abs(self.alpha - self.second))


async def find_subject(
    photo: Photo, runtime: Runtime, subject: Subject = "auto", glance: Glance = overlook
) -> Finding:
    """Find the subject of a photo.

    Parameters
    ----------
    photo
        Not changed.
    runtime
        What runs the networks.
    subject
        ``person`` or ``object`` asks one network; ``auto`` asks the one for people, and the one for objects where
        that is unsure or sees nobody.
    glance
        Called with the first look, which is the smaller one.

    Raises
    ------
    ModelUnavailable, InferenceFailed, OutOfMemory, Cancelled
    """
    if subject != "auto":
        return _alone(await _look_twice(photo, runtime, subject, glance))
    person = await _look_twice(photo, runtime, "person", glance)
    if not person.is_empty and person.unrest < SURE:
        return _judged(person, person.unrest)
    try:
        return await _with_help(photo, runtime, person)
    except (ModelUnavailable, InferenceFailed, OutOfMemory, MemoryError):
        # As when offline, and it was never needed before.
        return _alone(person)


async def _with_help(photo: Photo, runtime: Runtime, person: Finding) -> Finding:
    """Ask the network for objects, too. Where it sees the same, the network for people has the better edges."""
    model = runtime.manifest.for_subject("object")
    alpha = await _view(photo, runtime, model, model.input)
    witness = _resized(alpha, person.size)
    apart = _difference(person.alpha, witness)
    if not person.is_empty and apart < AGREE:
        # It confirms the subject, no more: where its own, poorer edges differ, nothing need be doubted.
        return _judged(replace(person, second=person.alpha), apart)
    second = _resized(await _second_look(photo, runtime, model), alpha.shape)
    thing = Finding(model, alpha, second, was_short=person.was_short)
    if thing.is_empty and not person.is_empty:
        return _alone(person)
    return _judged(thing, thing.unrest, contradicted=not person.is_empty)


async def _look_twice(photo: Photo, runtime: Runtime, kind: Kind, glance: Glance) -> Finding:
    model = runtime.manifest.for_subject(kind)
    second = await _second_look(photo, runtime, model)
    glance(second)
    try:
        alpha = await _view(photo, runtime, model, model.input)
    except (OutOfMemory, MemoryError):
        alpha = await _view(photo, runtime, model, model.second_look)  # a size that there was memory for
        return Finding(model, alpha, second, was_short=True)
    return Finding(model, alpha, _resized(second, alpha.shape))


async def _second_look(photo: Photo, runtime: Runtime, model: Model) -> AlphaF32:
    """At the mirrored photo, smaller: second in weight, and first in time. (h, w) float32, not mirrored."""
    mirrored = await _view(photo, runtime, model, model.second_look, mirrored=True)
    return np.ascontiguousarray(mirrored[:, ::-1])


async def _view(
    photo: Photo, runtime: Runtime, model: Model, rule: InputRule, *, mirrored: bool = False
) -> AlphaF32:
    seen = network_input(photo, rule, model.normalisation, mirrored=mirrored)
    return network_alpha(await runtime.infer(model.name, seen.tensor), seen, model)


def _alone(finding: Finding) -> Finding:
    """A network whose looks contradict each other, and nobody else to ask: its closer look counts, and no doubt that
    the other one casts on single pixels."""
    if finding.unrest < SURE:
        return _judged(finding, finding.unrest)
    return _judged(replace(finding, second=finding.alpha), finding.unrest)


def _judged(finding: Finding, apart: float, *, contradicted: bool = False) -> Finding:
    """A finding with its confidence, by how far ``apart`` two looks are, and with what there is to say."""
    confidence = max(0.0, 1 - apart / HOPELESS)
    if contradicted:
        confidence /= 2
    if finding.is_empty:
        return replace(finding, confidence=0.0, notices=(NOTHING,))
    return replace(finding, confidence=confidence, notices=(UNSURE,) if confidence < DOUBTFUL else ())


def _resized(alpha: AlphaF32, shape: tuple[int, ...]) -> AlphaF32:
    resized = Image.fromarray(np.ascontiguousarray(alpha)).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    clipped: AlphaF32 = np.clip(np.asarray(resized), 0, 1)
    return clipped


def _difference(one: AlphaF32, other: AlphaF32) -> float:
    area = max((float(one.sum()) + float(other.sum())) / 2, NO_SUBJECT / 5 * one.size)
    return float(np.abs(one - other).sum()) / area
