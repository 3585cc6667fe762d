"""The whole path of one photo, top to bottom: decode → segment → trimap → matting → foreground → compose → encode.

The same code runs in the browser and on the command line; what differs between them is behind `Runtime`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from gossamer import compose, encode, foreground, matting, segment, trimap
from gossamer.arrays import BACKGROUND, AlphaU8, TrimapU8
from gossamer.decode import Notice, Photo, decode
from gossamer.draft import LOW_MEMORY, Draft
from gossamer.errors import OutOfMemory
from gossamer.finish import cast_shadow, frame_of, framed, framed_alpha, framed_picture, framed_trimap
from gossamer.memory import within_memory
from gossamer.options import Options
from gossamer.progress import Checkpoint, Glance, StageClock, ignore, overlook
from gossamer.runtime import Runtime
from gossamer.trimap import Stroke

__all__ = ["Result", "finish", "open_draft", "remove_background"]


@dataclass(frozen=True)
class Result:
    """A finished cut-out.

    Parameters
    ----------
    data
        The file, ``mime_type`` says of which kind.
    alpha : (height, width) uint8
        The matte in the frame and size of the file, which carries it exactly, unless it has a background or a shadow:
        they are no part of it.
    trimap : (height, width) uint8
        What was certain background (0) or foreground (255) before colours were looked at, and what was unknown (128).
    band_width
        Mean width of the unknown band, in the photo's pixels.
    model
        Name of the network that found the subject; None if a trimap was given instead.
    network_size
        (height, width) in pixels at which the network saw the photo.
    confidence
        0 to 1: how sure the network is of its subject. It orders photos by how much a look at them is worth.
    timings
        Milliseconds by stage.
    notices
        What a person should know about an unusual photo, an unsure result, or one with less memory than it takes.
    """

    data: bytes
    mime_type: str
    alpha: AlphaU8
    trimap: TrimapU8
    band_width: float
    model: str | None
    network_size: tuple[int, int] | None
    confidence: float | None
    timings: dict[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the file in pixels."""
        return self.alpha.shape[0], self.alpha.shape[1]


async def remove_background(
    source: bytes | Photo,
    runtime: Runtime,
    options: Options = Options(),  # noqa: B008 - frozen
    checkpoint: Checkpoint = ignore,
    *,
    trimap: NDArray[np.uint8] | None = None,
    strokes: Sequence[Stroke] = (),
) -> Result:
    """Cut the subject out of a photo.

    Parameters
    ----------
    source
        A picture file's bytes, or a `Photo`, whose memory is then used for the result.
    runtime
        What runs the networks.
    options
        What to make of it.
    checkpoint
        Awaited before every stage, with its name; may raise `Cancelled`.
    trimap : (h, w) uint8
        Black background, white foreground, all else unknown; of the photo's size or aspect. No network runs then.
    strokes
        Drawn into the trimap, whoever made it.

    Raises
    ------
    InputError, InvalidOption, ModelUnavailable, InferenceFailed, OutOfMemory, Cancelled
    """
    clock = StageClock(checkpoint)
    try:
        draft = await _open(source, runtime, options, clock, trimap, strokes)
        return await _finish(draft, options, clock)
    except MemoryError as error:
        raise _out_of_memory(clock) from error


async def open_draft(
    source: bytes | Photo,
    runtime: Runtime,
    options: Options = Options(),  # noqa: B008 - frozen
    checkpoint: Checkpoint = ignore,
    *,
    trimap: NDArray[np.uint8] | None = None,
    strokes: Sequence[Stroke] = (),
    glance: Glance = overlook,
) -> Draft:
    """The first half of `remove_background`: a matte that strokes can still change, and `finish` makes files of.

    ``glance`` is called with a first, coarse matte as soon as a network has one.
    """
    clock = StageClock(checkpoint)
    try:
        draft = await _open(source, runtime, options, clock, trimap, strokes, glance)
    except MemoryError as error:
        raise _out_of_memory(clock) from error
    clock.finish()
    return replace(draft, timings=clock.timings)


async def finish(
    draft: Draft,
    options: Options = Options(),  # noqa: B008 - frozen
    checkpoint: Checkpoint = ignore,
) -> Result:
    """The second half of `remove_background`. The draft stays as it was, for more strokes or another kind of file."""
    clock = StageClock(checkpoint)
    try:
        kept = replace(draft, photo=replace(draft.photo, rgba=draft.photo.rgba.copy()))
        return await _finish(kept, options, clock)
    except MemoryError as error:
        raise _out_of_memory(clock) from error


async def _open(
    source: bytes | Photo,
    runtime: Runtime,
    options: Options,
    clock: StageClock,
    given: NDArray[np.uint8] | None,
    strokes: Sequence[Stroke],
    glance: Glance = overlook,
) -> Draft:
    await clock.enter("decode")
    if isinstance(source, Photo):
        photo = source
    else:
        photo = await decode(source, runtime.decode_jpeg, runtime.decode_heif, deep=options.depth == 16)
    if options.crop != "subject":  # sooner rather than after all the work
        encode.require_room(options.type, *frame_of(options, photo.rgba[..., 3]).size)

    await clock.enter("segment")
    finding = None if given is not None else await segment.find_subject(photo, runtime, options.subject, glance)

    await clock.enter("trimap")
    prior = None
    if finding is not None:
        model = finding.model
        guess = trimap.estimate_trimap(
            finding.alpha, finding.second, edge_error=model.edge_error, weight=model.weight
        )
        regions = trimap.enlarged(guess.trimap, *photo.size)
        prior = matting.Prior(finding.alpha, guess.weight)
    elif given is not None:
        regions = trimap.given_trimap(given, *photo.size)
    if photo.alpha_u8 is not None:
        regions[photo.alpha_u8 == 0] = BACKGROUND  # what is not there has no colour to tell by

    await clock.enter("matting")
    alpha, was_short = within_memory(
        lambda most: matting.refined_alpha_u8(photo.rgba, regions, prior, most_unknown=most), matting.MOST_UNKNOWN
    )
    draft = Draft(photo, regions, alpha, prior, finding, was_short=was_short)
    return draft.repaired(strokes) if strokes else draft


async def _finish(draft: Draft, options: Options, clock: StageClock) -> Result:
    """Compose and encode, in the memory of the draft's photo."""
    photo, alpha, finding = draft.photo, draft.alpha, draft.finding

    await clock.enter("foreground")
    if options.threshold is not None:
        alpha = compose.binary(alpha, options.threshold)
    colored = options.type not in ("alpha", "trimap")
    notices = draft.notices
    if options.decontaminate and colored and foreground.replace_soft_colors(photo.rgba, alpha):
        notices = tuple(dict.fromkeys((*notices, LOW_MEMORY)))  # once

    await clock.enter("compose")
    if photo.alpha_u8 is not None:
        alpha = compose.limit_to(alpha, photo.alpha_u8)
    frame = frame_of(options, alpha)
    encode.require_room(options.type, *frame.size)
    if colored:
        rgba = framed_picture(compose.cut_out(photo.rgba, alpha), frame)
        if options.shadow is not None:
            cast_shadow(rgba, alpha, options.shadow, frame)
        if options.background is not None:
            rgba = compose.over_color(rgba, options.background)
    alpha, regions = framed_alpha(alpha, frame), framed_trimap(draft.trimap, frame)

    await clock.enter("encode")
    if options.dpi is not None:
        photo = replace(photo, dpi=(options.dpi, options.dpi))
    if not colored:
        data = encode.encode_alpha(alpha if options.type == "alpha" else regions, photo.dpi)
    elif options.depth == 16 and photo.rgb_u16 is not None:
        data = encode.encode_picture_u16(encode.join_u16(framed(photo.rgb_u16, frame), rgba), photo)
    else:
        data = encode.encode_picture(rgba, photo, options.type)
    clock.finish()

    return Result(
        data=data,
        mime_type=encode.MIME_TYPES[options.type],
        alpha=alpha,
        trimap=regions,
        band_width=draft.band_width,
        model=finding.model.name if finding else None,
        network_size=finding.size if finding else None,
        confidence=finding.confidence if finding else None,
        timings=clock.timings,
        notices=notices,
    )


def _out_of_memory(clock: StageClock) -> OutOfMemory:
    return OutOfMemory("There is not enough memory for this picture.", stage=clock.stage)
