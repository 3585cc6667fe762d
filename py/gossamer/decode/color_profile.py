"""ICC profiles for colours that a file names by number, as video does, rather than by a profile of its own."""

import struct

import numpy as np

__all__ = ["profile_of_primaries"]

# ITU-T H.273, table 2: x and y of red, green and blue; all with the white of D65.
DISPLAY_P3, BT_2020 = 12, 9
PRIMARIES = {
    DISPLAY_P3: ("Display P3", ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))),
    BT_2020: ("BT.2020", ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))),
}
D65 = (0.3127, 0.3290)
D50_XYZ = (0.9642, 1.0, 0.8249)  # of ICC's own space, as its specification rounds it
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # IEC 61966-2-1, as parametric curve of type 3
HEADER_BYTES = 128


def profile_of_primaries(number: int) -> bytes | None:
    """An ICC profile (version 4, matrix and curve) of these primaries with the curve of sRGB.

    None for primaries that need none, sRGB's own, and for those that no photo has.
    """
    if number not in PRIMARIES:
        return None
    name, primaries = PRIMARIES[number]
    red, green, blue = _columns(primaries)
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(*SRGB_CURVE)
    return _profile(
        {
            b"desc": _text(name),
            b"cprt": _text("No copyright"),
            b"wtpt": _xyz(D50_XYZ),
            b"rXYZ": _xyz(red),
            b"gXYZ": _xyz(green),
            b"bXYZ": _xyz(blue),
            b"rTRC": curve,
            b"gTRC": curve,
            b"bTRC": curve,
        }
    )


def _columns(primaries: tuple[tuple[float, float], ...]) -> list[tuple[float, float, float]]:
    """XYZ of red, green and blue at full strength, seen under ICC's D50 (Bradford)."""
    chromaticities = np.array([_xyz_of(x, y) for x, y in primaries]).T
    white = np.array(_xyz_of(*D65))
    to_xyz = chromaticities * np.linalg.solve(chromaticities, white)
    cones = np.array(BRADFORD)
    scale = np.diag((cones @ np.array(D50_XYZ)) / (cones @ white))
    adapted = np.linalg.solve(cones, scale @ cones) @ to_xyz
    return [(float(x), float(y), float(z)) for x, y, z in adapted.T]


def _xyz_of(x: float, y: float) -> tuple[float, float, float]:
    return x / y, 1.0, (1 - x - y) / y


def _profile(tags: dict[bytes, bytes]) -> bytes:
    offset = HEADER_BYTES + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(">I4xI4s4s4s", offset + len(body), 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    header += bytes(12) + b"acsp" + bytes(28) + _fixed(*D50_XYZ)
    return header.ljust(HEADER_BYTES, b"\0") + table + body


def _text(words: str) -> bytes:
    encoded = words.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(encoded), 28) + encoded


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _fixed(*values: float) -> bytes:
    """s15Fixed16Number."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
