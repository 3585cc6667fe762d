"""Make the README's picture: a photo, its matte, the cut-out on green. Run it with the test environment's Python.

    .cache/venv-test/bin/python docs/images/make.py
"""

import io
from pathlib import Path

import skimage
from PIL import Image

import gossamer

HERE = Path(__file__).parent
PHOTO = Path(skimage.__file__).parent / "data/astronaut.png"  # NASA's portrait of Eileen Collins, public domain
GREEN = "#2f8f4e"


def main() -> None:
    matte = gossamer.cut_out(PHOTO, type="alpha")
    on_green = gossamer.cut_out(PHOTO, background=GREEN)
    panels = [Image.open(PHOTO), Image.open(io.BytesIO(matte.data)), Image.open(io.BytesIO(on_green.data))]
    width, height = panels[0].size
    sheet = Image.new("RGB", (width * len(panels), height))
    for index, panel in enumerate(panels):
        sheet.paste(panel.convert("RGB"), (index * width, 0))
    sheet.save(HERE / "result.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
