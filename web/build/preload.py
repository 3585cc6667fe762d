"""Tells a page's browser at once of all modules it is going to import.

Without a bundler a browser learns of a module only from the one that imports it, one round trip for each generation.
`modulepreload` links in the head name them all, and the files stay as they were written.
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
    modules = sorted(_imported(tree, script) - {script})
    links = "".join(f'{indent}<link rel="modulepreload" href="./{module}">\n' for module in modules)
    return (text[: entry.end()] + links + text[entry.end() :]).encode()


def _imported(tree: Mapping[str, Path | bytes], entry: str) -> set[str]:
    """The paths in ``tree`` of a module and all that it imports statically."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        if module not in tree:
            raise BuildError(f"{module} is imported, but not there")
        found.add(module)
        folder = posixpath.dirname(module)
        names = STATIC_IMPORT.findall(bytes_of(tree[module]).decode())
        waiting += [posixpath.normpath(posixpath.join(folder, name)) for name in names]
    return found
