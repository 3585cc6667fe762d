"""Decode picture files with Pillow, the right way up: raw RGBA beside each, and a line of JSON about it.

Nothing of Gossamer is imported here: what the tests compare with must not share its mistakes.
"""

import hashlib
import json
import sys
from pathlib import Path

import pillow_heif
from PIL import Image, ImageOps

pillow_heif.register_heif_opener()
for name in sys.argv[1:]:
    with Image.open(name) as picture:
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        Path(f"{name}.rgba").write_bytes(upright.convert("RGBA").tobytes())
        about = {
            "format": picture.format,
            "mode": upright.mode,
            "width": upright.width,
            "height": upright.height,
            "profile": hashlib.sha256(profile).hexdigest() if profile else None,
        }
        sys.stdout.write(json.dumps(about) + "\n")
