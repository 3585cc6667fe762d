"""Tells a browser at once of all modules that a page or a worker is going to import.

Without a bundler a browser learns of a module only from the one that imports it, one round trip for each generation.
`modulepreload` links in the head of a page name them all, and the files stay as they were written; a worker has no
head, and its script imports them itself before all else.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from web.build.assemble import bytes_of
from web.build.steps import BuildError

ENTRY = re.compile(r'^( *)<script type="module" src="\./([^"]+)"></script>\n', re.MULTILINE)
# At the start of a line: type imports stand in comments, lazy ones are calls in the middle of code.
STATIC_IMPORT = re.compile(r"^(?:import|export)\b[^;(]*?['\"](\.{1,2}/[^'\"]+)['\"]", re.MULTILINE)


def with_preloads(tree: Mapping[str, Path | bytes], page: str) -> bytes:
    """The bytes of a page of ``tree`` with a link for each module that its script imports, near or far.

    Raises `BuildError` for an import of what is not there.
    """
    text = bytes_of(tree[page]).decode()
    entry = ENTRY.search(text)
    if entry is None:
        raise BuildError(f"{page} has no module script on a line of its own")
    indent, script = entry.groups()
    modules = sorted(set(_imported(tree, script)) - {script})
    links = "".join(f'{indent}<link rel="modulepreload" href="./{module}">\n' for module in modules)
    return (text[: entry.end()] + links + text[entry.end() :]).encode()


def with_imports(tree: Mapping[str, Path | bytes], worker: str) -> bytes:
    """The bytes of a worker's script of ``tree``, importing first what its imports import, as they would run."""
    folder = posixpath.dirname(worker)
    names = [posixpath.relpath(module, folder) for module in _imported(tree, worker) if module != worker]
    imports = "".join(f"import '{name if name.startswith('.') else f'./{name}'}';\n" for name in names)
    return imports.encode() + bytes_of(tree[worker])


def _imported(tree: Mapping[str, Path | bytes], entry: str) -> list[str]:
    """The paths in ``tree`` of a module and all that it imports statically, each after what it imports."""
    begun: set[str] = set()
    done: list[str] = []

    def visit(module: str) -> None:
        if module in begun:
            return
        if module not in tree:
            raise BuildError(f"{module} is imported, but not there")
        begun.add(module)
        for name in STATIC_IMPORT.findall(bytes_of(tree[module]).decode()):
            visit(posixpath.normpath(posixpath.join(posixpath.dirname(module), name)))
        done.append(module)

    visit(entry)
    return done
