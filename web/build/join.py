"""Joins small files that a page always fetches together: on a slow processor a request costs more than its bytes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from web.build.assemble import Tree, bytes_of
from web.build.steps import BuildError

STYLES = "page/page.css"
STYLE_LINK = re.compile(r'^ *<link rel="stylesheet" href="\./([^"]+)">\n', re.MULTILINE)
SECTION_IMPORT = re.compile(r"^import \{ \w+ \} from '(\./[^']+)';\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=const )", re.MULTILINE)


def join_styles(tree: Mapping[str, Path | bytes], page: str) -> Tree:
    """``tree`` with the style sheets that ``page`` links to in one, in their order; `BuildError` where that moves one
    away from what it refers to.
    """
    text = bytes_of(tree[page]).decode()
    names = STYLE_LINK.findall(text)
    sheets = [bytes_of(tree[name]).decode() for name in names]
    for name, sheet in zip(names, sheets, strict=True):
        if "url(" in sheet or "@import" in sheet:
            raise BuildError(f"{name} refers to another file, and can't be joined with others")
    joined = f'  <link rel="stylesheet" href="./{STYLES}">\n'
    start = STYLE_LINK.search(text)
    if start is None:
        raise BuildError(f"{page} has no style sheet")
    html = text[: start.start()] + joined + STYLE_LINK.sub("", text[start.start() :])
    rest = {path: source for path, source in tree.items() if path not in names}
    return {**rest, page: html.encode(), STYLES: "\n".join(sheets).encode()}


def join_words(tree: Mapping[str, Path | bytes], folder: str) -> Tree:
    """``tree`` with each language of ``folder`` in one module, its sections before what puts them together."""
    joined: Tree = dict(tree)
    for path in tree:
        if posixpath.dirname(path) != folder or not path.endswith(".js"):
            continue
        text = bytes_of(tree[path]).decode()
        names = [posixpath.normpath(posixpath.join(folder, name)) for name in SECTION_IMPORT.findall(text)]
        if not names or not all(name.startswith(path.removesuffix(".js") + "/") for name in names):
            continue  # no language: it imports other modules than sections of its own
        sections = [EXPORT.sub("", bytes_of(joined.pop(name)).decode()) for name in names]
        joined[path] = "\n".join([*sections, SECTION_IMPORT.sub("", text)]).encode()
    return joined
