"""Files that are no photo, or none that can be read here, told apart to say what to do instead."""

from PIL import Image, TiffImagePlugin

from gossamer.decode.heif import brands
from gossamer.errors import UnknownFormat

__all__ = ["foreign", "refuse_raw_tiff"]

RAW = "This is a camera's raw file, not a finished picture: export it as JPEG or TIFF first."
VIDEO = "This is a video: save a still picture of it first."
SIGNATURES = {
    b"%PDF": "This is a PDF document: save its picture as JPEG or PNG first.",
    b"FUJIFILMCCD-RAW": RAW,
    b"FOVb": RAW,  # Sigma
    b"\0MRM": RAW,  # Minolta
    b"IIRO": RAW,  # Olympus
    b"IIRS": RAW,
    b"MMOR": RAW,
    b"IIU\0": RAW,  # Panasonic
    b"\x1aE\xdf\xa3": VIDEO,  # Matroska, WebM
    b"8BPS": "This is a Photoshop document: export it as PNG or TIFF first.",
    b"\0\0\0\x0cJXL ": "JPEG XL pictures are not read: save it as JPEG or PNG first.",
    b"\xff\x0a": "JPEG XL pictures are not read: save it as JPEG or PNG first.",
    b"\0\0\0\x0cjP  ": "JPEG 2000 pictures are not read: save it as JPEG or PNG first.",
    b"PK\x03\x04": "This is an archive: unpack it first, then choose a picture from it.",
}
VIDEO_BRANDS = frozenset((b"qt  ", b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5", b"dash"))
START_OF_TEXT = 512
DNG_VERSION, IS_REDUCED, SUBFILE_TYPE = 50706, 1, 254


def foreign(data: bytes) -> UnknownFormat:
    """The error for a file that is none of the formats we read."""
    for signature, message in SIGNATURES.items():
        if data.startswith(signature):
            return UnknownFormat(message)
    found = brands(data)
    if b"crx " in found:  # Canon
        return UnknownFormat(RAW)
    if found & VIDEO_BRANDS or (data[:4] == b"RIFF" and data[8:12] == b"AVI "):
        return UnknownFormat(VIDEO)
    if b"<svg" in data[:START_OF_TEXT].lower():
        return UnknownFormat("An SVG is a drawing without a size in pixels: save it as PNG first.")
    return UnknownFormat("The file is not a picture in a format Gossamer reads.")


def refuse_raw_tiff(image: Image.Image) -> None:
    """Raise `UnknownFormat` for a raw file that is built like a TIFF: what opens is its tiny preview."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return
    tags = image.tag_v2
    if DNG_VERSION in tags or tags.get(SUBFILE_TYPE, 0) & IS_REDUCED:
        raise UnknownFormat(RAW)
