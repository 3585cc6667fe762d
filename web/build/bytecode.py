"""Python as the page gets it: only modules that can be reached, compiled, in archives that need no unpacking.

Runs in Pyodide (bytecode.mjs starts it), whose bytecode no other Python makes. What goes in are the files of the
Pyodide project and our own wheel as they are; what comes out are a library as a zip, from which Python imports, and
tar files with what has to lie in a file system. Nothing in them is compressed: that is done better to the whole file.
"""

from __future__ import annotations

import io
import py_compile
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from web.build.imports import Module, reachable

Files = dict[str, bytes]
"""Contents by path."""

EXTENSION = ".so"
OURS = "gossamer"
ENTRY = "gossamer.runtime.browser"
COMMAND_LINE = ("gossamer.cli", "gossamer.cli_finish", "gossamer.runtime.native", "gossamer.runtime.native_heif")
LEFT_OUT = (
    *("pdb", "bdb", "pydoc", "doctest", "unittest", "argparse", "code", "cmd"),  # tools of who writes Python
    *("multiprocessing", "concurrent.futures.process", "concurrent.futures.thread"),  # there is one thread
    *("ctypes", "sysconfig", "_sysconfigdata__emscripten_wasm32-emscripten", "webbrowser", "tty"),  # no such system
    *("asyncio.proactor_events", "asyncio.windows_events", "asyncio.windows_utils", "encodings.mbcs"),
    *("http", "ftplib", "xmlrpc", "urllib.request", "email", "importlib.metadata", "pkgutil"),  # nor a network
)
"""Modules that some function names and none can reach here, with all below them."""
CODECS = tuple(
    f"encodings.{name}" for name in ("ascii", "latin_1", "utf_8", "utf_16", "utf_16_be", "utf_16_le", "cp437")
)
"""What text is read and written in by our code, Pillow and zip files: no import names it."""


def pack(stdlib: Files, wheels: Mapping[str, Files], loaded: Iterable[str]) -> dict[str, bytes]:
    """The archives by name, from the files of the library and of each wheel.

    ``loaded`` are the modules that a start has loaded: a built library imports, too, and only running it tells what.
    """
    everything = {**stdlib, **{path: data for files in wheels.values() for path, data in files.items()}}
    modules = {name: path for path in everything if (name := module_name(path)) and not is_left_out(name)}
    known = {
        name: Module(path.endswith("/__init__.py"), None if path.endswith(EXTENSION) else everything[path])
        for name, path in modules.items()
    }
    roots = [ENTRY, *CODECS, *loaded]
    kept = {modules[name] for name in reachable(roots, known, late=lambda name: not is_numpy(name))}
    archives = {"stdlib.zip": zipped(compiled(chosen(stdlib, kept)))}
    ours = {name for name in wheels if name.startswith(f"{OURS}-")}
    packages = {path: data for name in wheels.keys() - ours for path, data in wheels[name].items()}
    own = {path: data for name in ours for path, data in wheels[name].items()}
    data_files = {path for path in own if path.startswith(f"{OURS}/") and not path.endswith(".py")}
    return {
        **archives,
        "packages.tar": tarred(compiled(chosen(packages, kept))),
        f"{OURS}.tar": tarred(compiled(chosen(own, kept | data_files))),
    }


def module_name(path: str) -> str | None:
    """The name under which a file can be imported."""
    pure = PurePosixPath(path)
    if pure.suffix not in (".py", EXTENSION):
        return None
    names = [*pure.parts[:-1], pure.name.split(".")[0]]
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def is_left_out(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in (*LEFT_OUT, *COMMAND_LINE))


def is_numpy(name: str) -> bool:
    """NumPy names all of itself inside of functions, Fortran included: of it, what importing it brings."""
    return name.partition(".")[0] == "numpy"


def chosen(files: Files, paths: set[str]) -> Files:
    return {path: files[path] for path in sorted(paths & files.keys())}


def compiled(files: Files) -> Files:
    """The same with bytecode in place of sources, which Python then need neither read nor check."""
    return dict(_compiled(path, data) if path.endswith(".py") else (path, data) for path, data in files.items())


def _compiled(path: str, source: bytes) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "module.py"), Path(folder, "module.pyc")
        before.write_bytes(source)
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(before), str(after), dfile=path, doraise=True, invalidation_mode=mode)
        return f"{path}c", after.read_bytes()


def zipped(files: Files) -> bytes:
    """A zip with every file as it is, from which Python imports without unpacking."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as target:
        for path, data in sorted(files.items()):
            target.writestr(zipfile.ZipInfo(path), data)
    return archive.getvalue()


def tarred(files: Files) -> bytes:
    """A tar in its oldest form, which a few lines of JavaScript read: names of up to 100 bytes, no folders."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.USTAR_FORMAT) as target:
        for path, data in sorted(files.items()):
            if len(path) > tarfile.LENGTH_NAME:
                raise ValueError(f"{path} is too long a name")
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            target.addfile(entry, io.BytesIO(data))
    return archive.getvalue()


def unzipped(archive: Path) -> Files:
    with zipfile.ZipFile(archive) as source:
        return {name: source.read(name) for name in source.namelist() if not name.endswith("/")}


def main(stdlib: str, wheels: Iterable[str], out: str, loaded: Iterable[str]) -> None:
    """Write the archives made of the zip ``stdlib`` and the ``wheels`` into the folder ``out``."""
    sources = {Path(wheel).name: unzipped(Path(wheel)) for wheel in wheels}
    for name, data in pack(unzipped(Path(stdlib)), sources, loaded).items():
        Path(out, name).write_bytes(data)
