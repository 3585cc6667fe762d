"""Python's library, the packages and ours: only modules that can be reached, compiled, in one archive.

Runs in Pyodide (bytecode.mjs starts it), whose bytecode no other Python makes. What goes in are the files of the
Pyodide project and our own wheel as they are; what comes out is a tar file of what has to lie in ``/lib/python3.*``:
from it snapshot.mjs starts Python.
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
SITE = "site-packages"
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


def pack(stdlib: Files, wheels: Mapping[str, Files], loaded: Iterable[str]) -> Files:
    """What has to lie in Python's library folder, from the files of the library and of each wheel.

    ``loaded`` are the modules that a start has loaded: a built library imports, too, and only running it tells what.
    """
    packages = {path: data for files in wheels.values() for path, data in files.items()}
    everything = {**stdlib, **packages}
    modules = {name: path for path in everything if (name := module_name(path)) and not is_left_out(name)}
    known = {
        name: Module(path.endswith("/__init__.py"), None if path.endswith(EXTENSION) else everything[path])
        for name, path in modules.items()
    }
    roots = [ENTRY, *CODECS, *loaded]
    kept = {modules[name] for name in reachable(roots, known, late=lambda name: not is_numpy(name))}
    kept |= {path for path in packages if path.startswith(f"{OURS}/") and not path.endswith(".py")}
    chosen_packages = {f"{SITE}/{path}": data for path, data in compiled(chosen(packages, kept)).items()}
    return {**compiled(chosen(stdlib, kept)), **chosen_packages}


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
    """Write the archive made of the zip ``stdlib`` and the ``wheels`` as ``out``."""
    sources = {Path(wheel).name: unzipped(Path(wheel)) for wheel in wheels}
    Path(out).write_bytes(tarred(pack(unzipped(Path(stdlib)), sources, loaded)))
