"""Bytes to `Photo`: identify, check the size, decode, turn upright, keep alpha."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import (
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from gossamer.arrays import RgbaU8, RgbU16
from gossamer.decode.deep import SIXTEEN_BIT_GREY, deep_rgb, is_deep
from gossamer.decode.foreign import foreign, refuse_raw_tiff
from gossamer.decode.heif import BareHeif, HeifDecoder, bare_heif
from gossamer.decode.jpeg import JpegDecoder, bare_jpeg
from gossamer.decode.limits import MAX_FILE_BYTES, check_size
from gossamer.decode.photo import Notice, Photo
from gossamer.decode.raw_modes import mend_planes
from gossamer.errors import DamagedInput, DecoderUnavailable, EmptyInput, GossamerError, InputTooLarge

__all__ = ["decode"]

# Everything else Pillow can open stays closed: fewer decoders, fewer surprises. A format is known to Pillow only once
# its plugin is imported, and that is cheaper than importing them all.
FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
        GifImagePlugin.GifImageFile,
        BmpImagePlugin.BmpImageFile,
        TiffImagePlugin.TiffImageFile,
    )
)
# How files in these formats begin: what begins so and can't be opened is damaged, all else is something different.
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
UPRIGHT = 1
MOST_DPI = 65535  # what a JPEG can state
SIDEWAYS = (5, 6, 7, 8)
CONVERTED = ("CMYK", "LAB", "YCbCr", "HSV")
EIGHT_BIT = Notice(
    "eight-bit", "This picture has more than 8 bits a channel, but in a form that can only be read in 8 bits."
)


FIRST_OF_SEQUENCE = Notice("first-frame", "This picture is animated; the first frame was used.")
HDR = Notice("hdr-flattened", "This picture is made for HDR screens; its colours may come out pale.")


async def decode(
    data: bytes,
    platform_jpeg: JpegDecoder | None = None,
    platform_heif: HeifDecoder | None = None,
    *,
    deep: bool = False,
) -> Photo:
    """Decode the first frame of a picture file.

    Parameters
    ----------
    data
        The whole file: JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF, recognised by its content, never by its name.
    platform_jpeg
        A decoder for plain JPEG streams, used instead of Pillow's where there is one.
    platform_heif
        The decoder for HEIC and AVIF; without one these are refused.
    deep
        Whether to read 16-bit colour in 16 bits as well, into ``rgb_u16``: 6 bytes a pixel, and a second reading.
        What has more than 8 bits and can't be read so stays in 8, with the notice ``eight-bit``.

    Raises
    ------
    EmptyInput, UnknownFormat, DamagedInput, InputTooLarge, DecoderUnavailable
    """
    if not data:
        raise EmptyInput("The file is empty.")
    if len(data) > MAX_FILE_BYTES:
        raise InputTooLarge(
            f"The file has {len(data) / 1e6:,.0f} MB; the limit is {MAX_FILE_BYTES / 1e6:,.0f} MB."
        )
    with _hostile_input():
        heif = bare_heif(data)
    if heif is not None:
        return await _heif_photo(heif, platform_heif, deep=deep)
    with _hostile_input(), _opened(data) as image:
        refuse_raw_tiff(image)
        check_size(*image.size)
        notices = list(_frame_notices(image))
        if image.mode in CONVERTED:
            notices.append(Notice("colour-converted", f"The colours were converted from {image.mode} to RGB."))
        profile = _rgb_profile(image)
        dpi = _dpi(image)
        rgba = await _platform_pixels(data, image, platform_jpeg)
        if rgba is None:
            image.load()
            rgba, has_alpha = _rgba(image)
        else:
            has_alpha = False
        orientation = _orientation(image)
        rgb_u16 = None
        if deep:
            image.close()  # `rgba` has its pixels by now; they would take room beside the second reading
            rgb_u16, more_notices = _deep_rgb(data, rgba, orientation)
            notices += more_notices
    return Photo(
        rgba=_upright(rgba, orientation),
        has_alpha=has_alpha,
        icc_profile=profile,
        dpi=dpi[::-1] if dpi and orientation in SIDEWAYS else dpi,
        notices=tuple(notices),
        rgb_u16=rgb_u16,
    )


async def _heif_photo(heif: BareHeif, decoder: HeifDecoder | None, *, deep: bool) -> Photo:
    check_size(heif.width, heif.height)
    if decoder is None:
        raise DecoderUnavailable("There is no decoder for HEIC and AVIF pictures here.")
    rgba = await decoder(heif.data, heif.media_type)
    if rgba.size > heif.width * heif.height * 4:
        raise DamagedInput("The picture is larger than its file says.")
    reasons = ((heif.is_sequence, FIRST_OF_SEQUENCE), (heif.is_hdr, HDR), (deep and heif.bits > 8, EIGHT_BIT))
    return Photo(
        rgba=rgba,
        has_alpha=bool((rgba[..., 3] != 255).any()),
        icc_profile=heif.icc_profile,
        notices=tuple(notice for applies, notice in reasons if applies),
    )


@contextmanager
def _hostile_input() -> Iterator[None]:
    """Turn whatever a decoder does with a hostile file into one of our errors."""
    pillow_limit = Image.MAX_IMAGE_PIXELS
    # Ours is checked right after the header is read, and can name the size; Pillow's names neither.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which we don't use
            yield
    except (GossamerError, MemoryError):
        raise
    except Exception as error:  # Pillow's plugins raise nearly anything on damaged data
        raise DamagedInput(f"The picture can't be decoded: {error}.") from error
    finally:
        Image.MAX_IMAGE_PIXELS = pillow_limit


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        if data.startswith(SIGNATURES):
            raise DamagedInput("Only the beginning of the picture is there, or it is broken.") from error
        raise foreign(data) from error
    mend_planes(image)
    return image


async def _platform_pixels(data: bytes, image: Image.Image, decoder: JpegDecoder | None) -> RgbaU8 | None:
    if image.format not in ("JPEG", "MPO"):
        return None
    bare = bare_jpeg(data)  # also where there is no decoder: a cut-off stream is an error everywhere
    if decoder is None or not bare.portable:
        return None
    return await decoder(bare.data, *image.size)


def _rgba(image: Image.Image) -> tuple[RgbaU8, bool]:
    """Any Pillow mode as (height, width, 4) uint8, and whether it has an alpha worth keeping."""
    if image.mode in SIXTEEN_BIT_GREY:
        # The high byte, as Pillow itself keeps of 16-bit colour.
        grey = np.asarray(image).astype(np.int32) >> 8
        image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    elif image.mode == "F":
        grey = np.nan_to_num(np.asarray(image))
        image = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    elif image.mode in CONVERTED:
        image = image.convert("RGB")
    has_alpha = image.has_transparency_data
    rgba = np.array(image.convert("RGBA"))  # a copy: Pillow's own memory is read-only to NumPy
    return rgba, has_alpha and bool((rgba[..., 3] != 255).any())


def _deep_rgb(data: bytes, rgba: RgbaU8, orientation: int) -> tuple[RgbU16 | None, list[Notice]]:
    """The colour in 16 bits, upright, from the file and its still unturned 8 bits; or what to say of a file that has
    more than these and can't be read so."""
    with _opened(data) as image:
        if not is_deep(image):
            return None, []
        rgb = deep_rgb(image, rgba)
    if rgb is None:
        return None, [EIGHT_BIT]
    return np.ascontiguousarray(_turned(rgb, orientation)), []


def _upright(rgba: RgbaU8, orientation: int) -> RgbaU8:
    """Undo Exif orientation by moving pixels."""
    pixels = rgba.view(np.uint32)[..., 0]  # whole pixels move faster than their bytes
    return np.ascontiguousarray(_turned(pixels, orientation))[..., np.newaxis].view(np.uint8)


def _turned(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of (height, width, …) pixels that undoes Exif orientation (tag 0x0112, values 1 to 8); anything else
    counts as upright."""
    if orientation in SIDEWAYS:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return pixels


def _frame_notices(image: Image.Image) -> Iterator[Notice]:
    frames = getattr(image, "n_frames", 1)
    # An MPO holds other views (a depth map, a second eye) behind the photo: nothing a person would miss.
    if frames > 1 and image.format != "MPO":
        yield Notice("first-frame", f"This picture has {frames} frames; the first one was used.")


def _orientation(image: Image.Image) -> int:
    """The Exif orientation still to be applied. Asked after loading: Pillow itself turns a TIFF upright then."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation)
        return value if isinstance(value, int) else UPRIGHT
    except Exception:  # noqa: BLE001 - metadata may be broken in as many ways as pixels, and matter less
        return UPRIGHT


def _rgb_profile(image: Image.Image) -> bytes | None:
    """The embedded ICC profile, if it describes RGB: one for grey or inks would be wrong for what we write."""
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) and profile[16:20] == b"RGB " else None


def _dpi(image: Image.Image) -> tuple[float, float] | None:
    if isinstance(image, TiffImagePlugin.TiffImageFile) and TiffImagePlugin.X_RESOLUTION not in image.tag_v2:
        return None  # Pillow makes up 1 × 1
    try:
        horizontal, vertical = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    in_range = all(1 <= value <= MOST_DPI for value in (horizontal, vertical))
    return (horizontal, vertical) if in_range else None
