"""What `gossamer batch` takes: time, by processes and threads; memory, by photos and by their size.

    python tests/bench/batch.py speed [--photos 8] [--megapixels 1] [--rounds 1] [WAY …]
    python tests/bench/batch.py memory
    python tests/bench/batch.py journal [--photos 10000]

`speed` runs each way in turns on the same photos, made from those that scikit-image carries: "single" is the single
command, "2x1" two jobs of one thread each, "dask" the workers of a local Dask. Run it with the Python of
.cache/venv-test, once `build.py test` has made it.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import skimage
from PIL import Image

from gossamer.batch import Batch, Outcome, Recipe, Task
from gossamer.batch.files import sha256, write_whole
from gossamer.batch.pool import Pool
from gossamer.options import Options

SAMPLES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
WAYS = ("single", "1x2", "2x1", "2x2", "4x1")
PROGRAM = (sys.executable, "-m", "gossamer")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure gossamer batch.")
    parser.add_argument("what", choices=("speed", "memory", "journal"))
    parser.add_argument("ways", nargs="*", default=WAYS, metavar="WAY")
    parser.add_argument("--photos", type=int)
    parser.add_argument("--megapixels", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.what == "speed":
            speed(Path(folder), args.photos or 8, args)
        elif args.what == "memory":
            memory(Path(folder))
        else:
            journal(Path(folder), args.photos or 10_000)


def speed(folder: Path, count: int, args: argparse.Namespace) -> None:
    photos = make_photos(folder / "photos", count, args.megapixels)
    took: dict[str, list[float]] = {way: [] for way in args.ways}
    for turn in range(args.rounds):
        for way in args.ways:
            started = time.perf_counter()
            subprocess.run(command(way, photos, folder / f"{way}-{turn}"), check=True, capture_output=True)
            took[way].append(time.perf_counter() - started)
    first = statistics.median(took[args.ways[0]])
    for way, seconds in took.items():
        middle = statistics.median(seconds)
        rate = f"{count / middle * 60:6.1f} photos a minute"
        print(f"{way:8} {rate}, start included; {first / middle:.2f} times {args.ways[0]}")


def command(way: str, photos: Path, out: Path) -> list[str]:
    if way == "single":
        return [*PROGRAM, *map(str, sorted(photos.iterdir())), "-o", str(out), "-q"]
    jobs, _, threads = way.partition("x")
    where = ["--on", "dask"] if way == "dask" else ["--jobs", jobs, "--threads", threads]
    return [*PROGRAM, "batch", str(photos), str(out), "-q", *where]


def memory(folder: Path) -> None:
    for megapixels in (1, 12, 24):
        photos = make_photos(folder / f"{megapixels}", 1, megapixels)
        running = subprocess.Popen(command("1x1", photos, folder / f"out{megapixels}"))
        _, status, usage = os.wait4(running.pid, 0)
        if status:
            sys.exit(f"it ended with {status}")
        print(f"{megapixels:3} megapixels: a process takes {usage.ru_maxrss / 1024:.0f} MB at most")


def journal(folder: Path, count: int) -> None:
    """The batch itself, around work that takes no time: its speed and its memory, in a first and a second run."""
    for photo in range(count):
        path = folder / f"photos/{photo % 100:02}/{photo:06}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%d" % photo)
    for name in ("first run", "second run"):
        words = [sys.executable, __file__, "journal-once", str(folder)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        print(f"{count} photos, {name}: {done.stdout.strip()}")


def journal_once(folder: Path) -> None:
    batch = Batch(folder / "photos", folder / "out", Recipe(Options()), "bench")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    batch.run(Pool(copy, 2), lambda _: None)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{seconds:.1f} s, peak {after / 1024:.1f} MB, {(after - before) / 1024:.1f} MB more than before it")


def copy(task: Task) -> Outcome:
    data = task.source.read_bytes()
    write_whole(task.targets[0], data)
    return Outcome(task.photo, task, None, sha256(data), {task.targets[0].name: sha256(data)}, 1)


def make_photos(folder: Path, count: int, megapixels: float) -> Path:
    """Photos of a size, each a little different from the others."""
    folder.mkdir()
    for index in range(count):
        name = SAMPLES[index % len(SAMPLES)]
        with Image.open(Path(skimage.__file__).parent / "data" / name) as sample:
            scale = (megapixels * 1e6 / (sample.width * sample.height)) ** 0.5
            size = round(sample.width * scale) - index, round(sample.height * scale)
            sample.convert("RGB").resize(size, Image.Resampling.BICUBIC).save(folder / f"{index:04}.jpg", quality=92)
    return folder


if __name__ == "__main__":
    if sys.argv[1:2] == ["journal-once"]:
        journal_once(Path(sys.argv[2]))
    else:
        main()
