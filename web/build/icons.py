"""Draws the app's icons as PNG files from gossamer.svg, for systems that take no SVG; run by hand when it changes.

    python web/build/icons.py

Needs Pillow, which is among the test tools.
"""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).resolve().parents[1] / "icons"
SMOOTHING = 8
"""Drawn so many times larger, then reduced."""
CURVE_STEPS = 400
PAPER = "#f6f6f4"

Point = tuple[float, float]


def main() -> None:
    for name, size, share, paper in (
        ("app-192.png", 192, 1.0, None),
        ("app-512.png", 512, 1.0, None),
        ("maskable-512.png", 512, 0.62, PAPER),  # a system may cut off all but the inner four fifths
        ("touch-180.png", 180, 0.74, PAPER),
    ):
        icon = draw((ICONS / "gossamer.svg").read_text(), size, share, paper)
        icon.save(ICONS / name, optimize=True)


def draw(svg: str, size: int, share: float, paper: str | None) -> Image.Image:
    """The mark, `share` of the icon's side, on `paper` or on nothing."""
    ink = re.findall(r'stroke="(#\w+)"', svg)[0]
    width = float(re.findall(r'stroke-width="([\d.]+)"', svg)[0])
    side = size * SMOOTHING
    scale = side * share / 32
    start = side * (1 - share) / 2

    def place(point: Point) -> Point:
        return start + point[0] * scale, start + point[1] * scale

    mask = Image.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    pen.pieslice([place((4, 4)), place((28, 28))], 90, 270, fill=255)  # the first path: half a disc
    radius = width * scale / 2
    for thread in threads(svg):
        for x, y in map(place, thread):  # a round pen, set down close by close
            pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
    mask = mask.resize((size, size), Image.Resampling.BOX)
    icon = Image.new("RGBA", (size, size), paper or ink)
    icon.paste(Image.new("RGBA", (size, size), ink), mask=mask)
    if paper is None:
        icon.putalpha(mask)
        return icon.quantize(64, method=Image.Quantize.FASTOCTREE).convert("RGBA")
    return icon.convert("RGB")


def threads(svg: str) -> list[list[Point]]:
    """The lines of the second path, as points: each is one `M`, then a `c` or an `h`."""
    path = re.findall(r' d="([^"]+)"', svg)[1]
    found = []
    for start, command, rest in re.findall(r"M([-\d. ]+)([ch])([-\d. ]+)", path):
        x, y = numbers(start)
        ends = numbers(rest)
        shift = [0.0, 0.0, 0.0, 0.0, ends[0], 0.0] if command == "h" else ends
        found.append([curve((x, y), shift, step / CURVE_STEPS) for step in range(CURVE_STEPS + 1)])
    return found


def curve(start: Point, shift: list[float], at: float) -> Point:
    """A point of a cubic Bézier curve whose other three points are given relative to its first."""
    weights = (3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    x = start[0] + sum(weight * shift[2 * index] for index, weight in enumerate(weights))
    y = start[1] + sum(weight * shift[2 * index + 1] for index, weight in enumerate(weights))
    return x, y


def numbers(text: str) -> list[float]:
    """SVG may leave out what stands between two numbers: `5.5.5` is 5.5 and 0.5."""
    return [float(word) for word in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", text)]


if __name__ == "__main__":
    main()
