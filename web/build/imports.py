"""Which modules a program can come to import, read from their sources and followed; nothing is run.

Runs in Pyodide, whose Python is the one that can read its own library, and on CPython for its tests.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Module:
    """What is known of a module before it runs."""

    is_package: bool
    source: bytes | None
    """None for a built library, which tells nothing of what it imports."""


def reachable(
    roots: Iterable[str], modules: Mapping[str, Module], *, late: Callable[[str], bool] = lambda _: True
) -> set[str]:
    """The names among ``modules`` that ``roots`` import, near or far, and the packages around them.

    A module of which ``late`` is false is read without the bodies of its functions: what these import is left out.
    """
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found or name not in modules:
            continue
        found.add(name)
        waiting += _packages_around(name)
        waiting += imported(name, modules[name], late=late(name))
    return found


def imported(name: str, module: Module, *, late: bool = True) -> set[str]:
    """The names that a module imports; of ``from a import b`` both ``a`` and ``a.b``, which may be no module."""
    if module.source is None:
        return set()
    names: set[str] = set()
    for node in _statements(ast.parse(module.source), late=late):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(name, module, node)
            names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return names


def _statements(node: ast.AST, *, late: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not late:
            continue
        if isinstance(child, ast.If) and _is_for_checkers(child.test):
            for other in child.orelse:
                yield from _statements(other, late=late)
            continue
        yield child
        yield from _statements(child, late=late)


def _is_for_checkers(test: ast.expr) -> bool:
    """Whether this is `TYPE_CHECKING`, which never holds."""
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _absolute(name: str, module: Module, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    around = name.split(".")
    kept = len(around) - node.level + (1 if module.is_package else 0)
    return ".".join([*around[:kept], *([node.module] if node.module else [])])


def _packages_around(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]
