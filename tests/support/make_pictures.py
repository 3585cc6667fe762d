"""Make the pictures that the browser tests feed in: odd ones, damaged ones, and photos in other formats.

    python make_pictures.py FOLDER PHOTO NAME…

Writes each NAME, a key of `MAKERS`, into FOLDER; what shows a subject is made from PHOTO.
"""

import io
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

Maker = Callable[[Image.Image], bytes]
TRANSPOSED = {  # what undoes each Exif orientation's effect: stored pixels for an upright view
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def oriented(orientation: int, format: str, **options: object) -> Maker:
    """The same upright view for every orientation: stored turned, and tagged to be turned back."""

    def make(photo: Image.Image) -> bytes:
        exif = Image.Exif()
        exif[0x0112] = orientation
        view = slim(photo)
        turned = view.transpose(TRANSPOSED[orientation]) if orientation in TRANSPOSED else view
        return saved(turned, format, exif=exif, **options)

    return make


def slim(photo: Image.Image) -> Image.Image:
    """A strip with face and shoulder: small, and one network is sure of it, so it is done in no time."""
    return photo.crop((220, 0, 321, 380)).resize((128, 480))


def sixteen_bit_grey(photo: Image.Image) -> bytes:
    grey = np.asarray(slim(photo).convert("L")).astype(np.uint16) * 257
    return saved(Image.fromarray(grey), "PNG")


def deep(photo: Image.Image) -> bytes:
    """The strip with 16 bits a channel, which Pillow can't write: every level of the low byte is in use."""
    high = np.asarray(slim(photo)).astype(np.uint16)
    rows, columns = np.mgrid[: high.shape[0], : high.shape[1]]
    pixels = (high << 8) + ((rows * 16 + columns) % 256)[..., None].astype(np.uint16)
    rows_of_bytes = pixels.astype(">u2").view(np.uint8).reshape(len(pixels), -1)
    return png(high.shape[1], high.shape[0], 16, np.pad(rows_of_bytes, ((0, 0), (1, 0))).tobytes())


def rgba(photo: Image.Image) -> bytes:
    """With an alpha of its own: every level from 0 to 255 in every small neighbourhood."""
    picture = photo.copy()
    rows, columns = np.mgrid[: picture.height, : picture.width]
    picture.putalpha(Image.fromarray(((rows * 16 + columns) % 256).astype(np.uint8)))
    return saved(picture, "PNG")


def standing(photo: Image.Image) -> bytes:
    """The strip, cut off with room below it: its alpha ends like something that stands."""
    picture = slim(photo)
    picture.putalpha(255)
    picture.paste((0, 0, 0, 0), (0, 400, *picture.size))
    return saved(picture, "PNG")


def animated(format: str) -> Maker:
    def make(photo: Image.Image) -> bytes:
        small = slim(photo)
        others = [small.transpose(Image.Transpose.FLIP_TOP_BOTTOM), small.rotate(180)]
        return saved(small, format, save_all=True, append_images=others, duration=100)

    return make


def heic(photo: Image.Image, **options: object) -> bytes:
    """As phones write them; so good that the decoder, not the encoder, makes what difference there is."""
    buffer = io.BytesIO()
    pillow_heif.from_pillow(photo).save(buffer, quality=95, **options)
    return buffer.getvalue()


def turned_heic(orientation: int) -> Maker:
    """The same upright view, stored turned; the container says how, and Exif says it once more."""

    def make(photo: Image.Image) -> bytes:
        exif = Image.Exif()
        exif[0x0112] = orientation
        view = slim(photo)
        # Given the tag, the encoder writes the container's own properties for it; `turned_avif` does as well.
        return with_exif_orientation(heic(view.transpose(TRANSPOSED[orientation]), exif=exif.tobytes()), orientation)

    return make


def named_avif(photo: Image.Image) -> bytes:
    """In Display P3, not by a profile but by its number."""
    data = saved(slim(photo), "AVIF", quality=95, icc_profile=b"")
    at = data.index(b"nclx") + 4
    return data[:at] + struct.pack(">H", 12) + data[at + 2 :]


def turned_avif(photo: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(slim(photo).transpose(TRANSPOSED[6]), "AVIF", quality=95, exif=exif)


def with_exif_orientation(data: bytes, orientation: int) -> bytes:
    """The encoder resets the tag to 1, having moved it into the container; phones leave it there."""
    entry = struct.Struct("<HHIHH").pack(0x0112, 3, 1, 1, 0)
    other = struct.Struct("<HHIHH").pack(0x0112, 3, 1, orientation, 0)
    return data.replace(entry, other)


def swapped_profile() -> bytes:
    """sRGB with red and blue in each other's place: who converts by it changes every colour."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"----", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"----", b"bXYZ", 1)


def ten_bit_heic(photo: Image.Image) -> bytes:
    view = slim(photo)
    deep = (np.asarray(view).astype(np.uint16) << 8).tobytes()
    buffer = io.BytesIO()
    pillow_heif.from_bytes("RGB;16", view.size, deep).save(buffer, quality=95)
    return buffer.getvalue()


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def huge_heic(photo: Image.Image) -> bytes:
    """One whose container says 30000 × 30000."""
    data = heic(slim(photo))
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", 30_000, 30_000) + data[at + 8 :]


def lying_heic(photo: Image.Image) -> bytes:
    """One whose container says 1 × 1."""
    data = heic(slim(photo))
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", 1, 1) + data[at + 8 :]


def spoilt_boxes(photo: Image.Image) -> bytes:
    """One whose table of places points beyond the file, and whose boxes reach over each other."""
    data = bytearray(heic(slim(photo)))
    at = data.index(b"iloc")
    data[at + 4 : at + 40] = bytes(range(200, 236))
    return bytes(data)


def png(width: int, height: int, bits: int, rows: bytes) -> bytes:
    """An RGB picture of any depth, from its filtered rows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def cut_off(whole: bytes) -> bytes:
    return whole[: len(whole) * 2 // 3]


MAKERS: dict[str, Maker] = {
    "photo.jpg": lambda photo: saved(photo, "JPEG", quality=90, subsampling=2),
    "lossless.webp": lambda photo: saved(photo, "WEBP", lossless=True),
    "slim.png": lambda photo: saved(slim(photo), "PNG"),
    "slim.jpg": lambda photo: saved(slim(photo), "JPEG", quality=90, subsampling=2),
    "large.jpg": lambda photo: saved(photo.resize((2400, 2400)), "JPEG", quality=85),
    "dot.png": lambda photo: saved(photo.crop((200, 100, 201, 101)), "PNG"),
    "long.png": lambda photo: saved(photo.resize((6000, 500)), "PNG"),
    "cmyk.jpg": lambda photo: saved(slim(photo).convert("CMYK"), "JPEG", quality=90),
    "grey.jpg": lambda photo: saved(slim(photo).convert("L"), "JPEG", quality=90),
    "grey.png": lambda photo: saved(slim(photo).convert("L"), "PNG"),
    "grey16.png": sixteen_bit_grey,
    "palette.png": lambda photo: saved(slim(photo).quantize(64), "PNG"),
    "deep.png": deep,
    "rgba.png": rgba,
    "standing.png": standing,
    "slim-rgba.png": lambda photo: rgba(slim(photo)),
    "slim.bmp": lambda photo: saved(slim(photo), "BMP"),
    "slim.tiff": lambda photo: saved(slim(photo), "TIFF"),
    "photo.heic": heic,
    "slim.heic": lambda photo: heic(slim(photo)),
    "deep.heic": ten_bit_heic,
    "wide.heic": lambda photo: heic(slim(photo), icc_profile=swapped_profile()),
    **{f"orientation-{n}.heic": turned_heic(n) for n in (3, 6, 8)},
    "slim.avif": lambda photo: saved(slim(photo), "AVIF", quality=95),
    "wide.avif": lambda photo: saved(slim(photo), "AVIF", quality=95, icc_profile=swapped_profile()),
    "named.avif": named_avif,
    "rgba.avif": lambda photo: saved(Image.open(io.BytesIO(rgba(slim(photo)))), "AVIF", quality=95),
    "turned.avif": turned_avif,
    "animated.gif": animated("GIF"),
    "animated.webp": animated("WEBP"),
    **{f"orientation-{n}.png": oriented(n, "PNG") for n in range(1, 9)},
    **{f"orientation-{n}.jpg": oriented(n, "JPEG", quality=90, subsampling=2) for n in range(1, 9)},
    "empty.jpg": lambda _: b"",
    "text.jpg": lambda _: b"This is a letter, not a photo, whatever its name says.\n" * 40,
    "cut-off.jpg": lambda photo: cut_off(saved(photo, "JPEG")),
    "cut-off.png": lambda photo: cut_off(saved(photo, "PNG")),
    "cut-off.heic": lambda photo: cut_off(heic(slim(photo))),
    "headless.heic": lambda photo: heic(slim(photo))[:40],
    "spoilt.heic": spoilt_boxes,
    "lying.heic": lying_heic,
    "huge.heic": huge_heic,
    "cut-off.avif": lambda photo: cut_off(saved(slim(photo), "AVIF")),
    "film.mp4": lambda _: box(b"ftyp", b"isom", bytes(4), b"isomiso2avc1mp41") + box(b"mdat", bytes(400)),
    "paper.pdf": lambda _: b"%PDF-1.7\n" + b"1 0 obj\n" * 40,
    "drawing.svg": lambda _: b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>',
    "huge.png": lambda _: png(30_000, 30_000, 8, b"\0" * 64),  # a decompression bomb without the powder
}


def main() -> None:
    folder, source, *names = sys.argv[1:]
    with Image.open(source) as opened:
        photo = opened.convert("RGB")
    for name in names:
        Path(folder, name).write_bytes(MAKERS[name](photo))


if __name__ == "__main__":
    main()
