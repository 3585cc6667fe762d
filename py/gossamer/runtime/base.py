"""What a machine must be able to do for the pipeline."""

from typing import Protocol

from gossamer.arrays import RgbaU8, TensorF32
from gossamer.manifest import Manifest

__all__ = ["Runtime"]


class Runtime(Protocol):
    """Runs networks, and may know a better JPEG decoder than Pillow's, and one for HEIC and AVIF."""

    @property
    def manifest(self) -> Manifest:
        """The networks this runtime can run."""

    async def infer(self, model: str, tensor: TensorF32) -> TensorF32:
        """Run one network.

        Parameters
        ----------
        model
            A name from the manifest.
        tensor : (1, 3, h, w) float32, C-contiguous
            Its input; not changed.

        Returns
        -------
        (1, 1, h, w) float32
            Its output, as the network computes it.

        Raises
        ------
        ModelUnavailable, InferenceFailed, OutOfMemory
        """

    async def decode_jpeg(self, data: bytes, width: int, height: int) -> RgbaU8 | None:
        """Decode a bare 8-bit JPEG of one or three components; see `gossamer.decode.jpeg`.

        Returns (height, width, 4) uint8, opaque and writable, or None to leave it to Pillow.
        """

    async def decode_heif(self, data: bytes, media_type: str) -> RgbaU8:
        """Decode the main picture of a bare HEIC or AVIF file; see `gossamer.decode.heif`.

        Returns (height, width, 4) uint8, turned and mirrored as the container says, straight alpha, writable.

        Raises
        ------
        DamagedInput, DecoderUnavailable, OutOfMemory, Cancelled
        """
