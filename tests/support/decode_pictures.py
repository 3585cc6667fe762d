"""Decode picture files with Pillow, the right way up: raw RGBA beside each, and a line of JSON about it.

Nothing of Gossamer is imported here: what the tests compare with must not share its mistakes.
"""

import json
import sys
from pathlib import Path

from PIL import Image, ImageOps

for name in sys.argv[1:]:
    with Image.open(name) as picture:
        upright = ImageOps.exif_transpose(picture)
        Path(f"{name}.rgba").write_bytes(upright.convert("RGBA").tobytes())
        about = {"format": picture.format, "mode": upright.mode, "width": upright.width, "height": upright.height}
        sys.stdout.write(json.dumps(about) + "\n")
