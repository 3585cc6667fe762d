"""Files by Pillow and by our PNG writer, never by a canvas: that stores premultiplied 8-bit colour and would round
the colour of the finest hair away (at alpha 4 by up to 32 levels)."""

import io
from typing import Any

from PIL import ExifTags, Image

from gossamer.arrays import AlphaU8, RgbaU8
from gossamer.decode import Photo
from gossamer.encode.png import png_file, vertically_filtered
from gossamer.errors import OutputTooLarge
from gossamer.options import MOST_PIXELS, OutputType

__all__ = ["MIME_TYPES", "encode_alpha", "encode_picture", "extras_of", "require_room"]

MIME_TYPES: dict[OutputType, str] = {
    "png": "image/png",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "alpha": "image/png",
    "trimap": "image/png",
}
# Level 1 of zlib with runs only: a fifth of the default level's time, files 8 % larger.
FAST_PNG: dict[str, Any] = {"compress_level": 1, "compress_type": 3}
# Pixels along a side, where the file type has a limit below ours.
LONGEST_SIDE: dict[OutputType, int] = {"webp": 16383, "jpeg": 65500}
JPEG_QUALITY = 92
WEBP_QUALITY = 90
PER_INCH = 2  # as Exif counts its units


def require_room(type: OutputType, height: int, width: int) -> None:
    """Raise `OutputTooLarge` if ``height`` × ``width`` pixels are too many, or too many for a file of ``type``."""
    if height * width > MOST_PIXELS:
        raise OutputTooLarge(
            f"The result would have {height * width / 1e6:,.0f} megapixels; the limit is {MOST_PIXELS / 1e6:,.0f}."
        )
    longest = LONGEST_SIDE.get(type)
    if longest is not None and max(height, width) > longest:
        raise OutputTooLarge(f"{type.upper()} holds up to {longest} pixels a side; this has {max(height, width)}.")


def encode_picture(rgba: RgbaU8, photo: Photo, type: OutputType) -> bytes:
    """Write a cut-out or composite, with the photo's ICC profile and density.

    Parameters
    ----------
    rgba : (height, width, 4) uint8
        Straight alpha. PNG keeps every byte of it; WebP keeps alpha exactly and colour at quality 90; JPEG has no
        alpha and takes it as opaque.
    photo
        Where profile and density come from.
    type
        ``png``, ``webp`` or ``jpeg``.
    """
    height, width = rgba.shape[:2]
    require_room(type, height, width)
    extras = extras_of(photo)
    if type == "png":
        return png_file(height, width, 8, vertically_filtered(rgba), extras)
    image = Image.frombuffer("RGBA", (width, height), rgba, "raw", "RGBA", 0, 1)
    if type == "webp":
        if "dpi" in extras:
            extras["exif"] = _density_tags(extras.pop("dpi"))  # WebP has no place for it outside Exif
        return _saved(image, "WEBP", quality=WEBP_QUALITY, alpha_quality=100, exact=True, method=2, **extras)
    return _saved(image.convert("RGB"), "JPEG", quality=JPEG_QUALITY, subsampling=0, **extras)


def encode_alpha(alpha: AlphaU8, dpi: tuple[float, float] | None = None) -> bytes:
    """Write a matte or a trimap as an 8-bit grey PNG; without a profile, because alpha is coverage and not colour."""
    density = {} if dpi is None else {"dpi": dpi}
    return _saved(Image.fromarray(alpha), "PNG", **FAST_PNG, **density)


def _density_tags(dpi: tuple[float, float]) -> Image.Exif:
    tags = Image.Exif()
    tags[ExifTags.Base.XResolution], tags[ExifTags.Base.YResolution] = dpi
    tags[ExifTags.Base.ResolutionUnit] = PER_INCH
    return tags


def extras_of(photo: Photo) -> dict[str, Any]:
    """Its profile and density, as Pillow's writers take them."""
    known = {"icc_profile": photo.icc_profile, "dpi": photo.dpi}
    return {name: value for name, value in known.items() if value is not None}


def _saved(image: Image.Image, format: str, **parameters: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **parameters)
    return buffer.getvalue()
