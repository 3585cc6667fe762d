"""Real HEIC files, cut off and spoilt: what the reader of containers makes of them, and libheif of the rest."""

import io
import tracemalloc

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from gossamer.decode import decode
from gossamer.decode.heif import bare_heif
from gossamer.errors import DamagedInput, InputError
from gossamer.runtime.native_heif import decode_heif
from tests.unit import fakes
from tests.unit.test_heif import container, run, size
from tests.unit.test_heif_hostile import few_steps, read

WIDTH, HEIGHT = 128, 64


@pytest.fixture(scope="module")
def heic() -> bytes:
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (WIDTH, HEIGHT), (200, 100, 50))).save(buffer, quality=50)
    return buffer.getvalue()


def test_a_file_cut_off_anywhere(heic: bytes) -> None:
    pixels = np.full((HEIGHT, WIDTH, 4), 255, dtype=np.uint8)
    whole = bare_heif(heic)
    assert whole is not None
    assert (whole.width, whole.height, whole.bits) == (WIDTH, HEIGHT, 8)
    known = heic.index(b"mdat") - 4  # from here on, all that it says of itself is there
    for cut in range(12, len(heic)):
        with few_steps():
            if cut >= known:
                assert run(heic[:cut], pixels)[0].rgba.shape == (HEIGHT, WIDTH, 4)
                continue
            with pytest.raises(DamagedInput):
                run(heic[:cut], pixels)


def test_the_decoder_refuses_what_was_cut_off_behind_the_container(heic: bytes) -> None:
    async def platform(bare: bytes, media_type: str) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
        return decode_heif(bare, media_type)

    assert fakes.run(decode(heic, None, platform)).rgba.shape == (HEIGHT, WIDTH, 4)
    for cut in range(12, len(heic) - 1, 7):
        with pytest.raises(InputError):
            fakes.run(decode(heic[:cut], None, platform))


@pytest.mark.parametrize("value", [0x00, 0x01, 0x7F, 0xFF])
def test_any_byte_of_a_container_may_be_another(heic: bytes, value: int) -> None:
    for at in range(12, heic.index(b"mdat")):
        with few_steps():
            try:
                run(heic[:at] + bytes([value]) + heic[at + 1 :])
            except InputError:
                continue


def test_a_large_part_that_is_named_again_and_again_takes_its_room_once() -> None:
    large = b"\0\0\0\0" + b"\xff" * 1_000_000
    data = container(size(4, 3), (len(large) + 8).to_bytes(4) + b"pixi" + large, numbers=b"\x01" + b"\x02" * 60)
    tracemalloc.start()
    try:
        assert read(data) is not None
        assert tracemalloc.get_traced_memory()[1] < 4 * len(data)
    finally:
        tracemalloc.stop()
