"""Make web/samples/: small photos to try at once, and their thumbnails, from those that come with scikit-image.

    .cache/venv-test/bin/python web/build/make_samples.py

All are free to use; NOTICE names them.
"""

from pathlib import Path

import skimage
from PIL import Image, ImageOps

SAMPLES = {"portrait": "astronaut.png", "cat": "chelsea.png", "cup": "coffee.png", "filming": "camera.png"}
MOST_BYTES = 60_000
THUMBNAIL_SIDE = 128
TARGET = Path(__file__).parents[1] / "samples"


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for name, source in SAMPLES.items():
        with Image.open(Path(skimage.__file__).parent / "data" / source) as opened:
            photo = opened.convert("RGB")
        photo.info.clear()  # sRGB all of them, and no need to say so at length
        target = TARGET / f"{name}.jpg"
        for quality in range(95, 50, -1):
            photo.save(target, "JPEG", quality=quality, subsampling="4:4:4", optimize=True)
            if target.stat().st_size <= MOST_BYTES:
                break
        square = ImageOps.fit(photo, (THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, centering=(0.4, 0.3))
        square.save(TARGET / f"{name}-small.webp", "WEBP", quality=80, method=6)
        print(f"{name}: JPEG at {quality}, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
