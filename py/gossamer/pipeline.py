"""The whole path of one photo, top to bottom: decode → prepare → infer → refine → compose → encode.

The same code runs in the browser and on the command line; what differs between them is behind `Runtime`.
"""

from dataclasses import dataclass, field

from gossamer import compose, encode, segment
from gossamer.arrays import AlphaU8
from gossamer.decode import Notice, Photo, decode
from gossamer.errors import OutOfMemory
from gossamer.options import Options
from gossamer.progress import Checkpoint, StageClock, ignore
from gossamer.runtime import Runtime

__all__ = ["Result", "remove_background"]


@dataclass(frozen=True)
class Result:
    """A finished cut-out.

    Parameters
    ----------
    data
        The file, ``mime_type`` says of which kind.
    alpha : (height, width) uint8
        The matte at the photo's own resolution, exactly as the file carries it (but for JPEG, which carries none).
    model
        Name of the network that found the subject.
    network_size
        (height, width) in pixels at which the network saw the photo.
    timings
        Milliseconds by stage.
    notices
        What a person should know about an unusual photo.
    """

    data: bytes
    mime_type: str
    alpha: AlphaU8
    model: str
    network_size: tuple[int, int]
    timings: dict[str, float] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the photo in pixels."""
        return self.alpha.shape[0], self.alpha.shape[1]


async def remove_background(
    source: bytes | Photo,
    runtime: Runtime,
    options: Options = Options(),  # noqa: B008 - frozen
    checkpoint: Checkpoint = ignore,
) -> Result:
    """Cut the subject out of a photo.

    Parameters
    ----------
    source
        A picture file's bytes, or a `Photo`, whose memory is then used for the result.
    runtime
        What runs the network.
    options
        What to make of it.
    checkpoint
        Awaited before every stage, with its name; may raise `Cancelled`.

    Raises
    ------
    InputError, InvalidOption, ModelUnavailable, InferenceFailed, OutOfMemory, Cancelled
    """
    clock = StageClock(checkpoint)
    try:
        return await _remove_background(source, runtime, options, clock)
    except MemoryError as error:
        raise OutOfMemory("There is not enough memory for this picture.", stage=clock.stage) from error


async def _remove_background(source: bytes | Photo, runtime: Runtime, options: Options, clock: StageClock) -> Result:
    await clock.enter("decode")
    photo = source if isinstance(source, Photo) else await decode(source, runtime.decode_jpeg)
    encode.require_room(options.type, *photo.size)  # sooner rather than after all the work
    model = runtime.manifest[runtime.manifest.default]

    await clock.enter("prepare")
    seen = segment.network_input(photo, model)

    await clock.enter("infer")
    output = await runtime.infer(model.name, seen.tensor)

    await clock.enter("refine")
    alpha = segment.native_alpha_u8(segment.network_alpha(output, seen, model), *photo.size, model)
    if options.threshold is not None:
        alpha = compose.binary(alpha, options.threshold)
    if photo.alpha_u8 is not None:
        alpha = compose.limit_to(alpha, photo.alpha_u8)

    await clock.enter("compose")
    if options.type != "alpha":
        rgba = compose.cut_out(photo.rgba, alpha)
        if options.background is not None:
            rgba = compose.over_color(rgba, options.background)

    await clock.enter("encode")
    if options.type == "alpha":
        data = encode.encode_alpha(alpha)
    else:
        data = encode.encode_picture(rgba, photo, options.type)
    clock.finish()

    return Result(
        data=data,
        mime_type=encode.MIME_TYPES[options.type],
        alpha=alpha,
        model=model.name,
        network_size=seen.picture,
        timings=clock.timings,
        notices=photo.notices,
    )
