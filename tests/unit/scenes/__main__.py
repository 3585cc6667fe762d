"""Measure matting on all scenes, or draw them.

    python -m tests.unit.scenes                    print the table STORED of test_scenes_matting.py
    python -m tests.unit.scenes --sheet FILE.png   write a contact sheet

Run it in the repository's root, with py/ on the path of Python.
"""

import argparse
import sys
from pathlib import Path

from tests.unit.scenes import ALL
from tests.unit.scenes.score import SEED, alpha_error, composite_error, solved
from tests.unit.scenes.sheet import contact_sheet


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.unit.scenes", description="Measure or draw the scenes.")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png", help="write a contact sheet instead")
    parser.add_argument("--seed", type=int, default=SEED, help="of all scenes (default: that of the stored table)")
    parser.add_argument("names", nargs="*", metavar="SCENE", help=f"{', '.join(ALL)} (default: all)")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in ALL]
    if unknown:
        parser.error(f"there is no scene {unknown[0]!r}")
    scenes = [make(options.seed) for name, make in ALL.items() if name in (options.names or ALL)]
    if options.sheet:
        contact_sheet(scenes).save(options.sheet)
        return 0
    sys.stdout.write("STORED: dict[str, tuple[float, float]] = {\n")
    for scene in scenes:
        cut_out = solved(scene)
        sys.stdout.write(
            f'    "{scene.name}": ({alpha_error(scene, cut_out.alpha):.2f}, {composite_error(scene, cut_out):.2f}),\n'
        )
    sys.stdout.write("}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
