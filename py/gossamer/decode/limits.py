"""How large a photo may be. Checked on the declared size, before a single pixel is decoded."""

from gossamer.errors import InputTooLarge

__all__ = ["MAX_FILE_BYTES", "MAX_PIXELS", "check_size"]

# The pipeline holds about twelve bytes a pixel at its peak, and a 32-bit WebAssembly heap ends at 4 GB; 100 million
# pixels leave room for the decoder's own buffers and still take every phone's and nearly every camera's photo.
MAX_PIXELS = 100_000_000
MAX_FILE_BYTES = 512_000_000


def check_size(width: int, height: int) -> None:
    """Raise `InputTooLarge`, naming the limit, if ``width`` × ``height`` pixels are too many."""
    if width * height > MAX_PIXELS:
        raise InputTooLarge(
            f"The picture is {width} × {height} pixels ({width * height / 1e6:,.0f} megapixels); "
            f"the limit is {MAX_PIXELS / 1e6:,.0f} megapixels."
        )
