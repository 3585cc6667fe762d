"""The response headers that the app is written for, from headers.json: one home for server and hosts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

_RULES = json.loads(Path(__file__).with_name("headers.json").read_bytes())


def security_headers(*, isolation: bool) -> dict[str, str]:
    """Headers of every response. `isolation` adds the two that let WebAssembly use threads."""
    return _joined({**_RULES["security"], **(_RULES["isolation"] if isolation else {})})


def page_headers() -> dict[str, dict[str, str | None]]:
    """What single pages send instead, by path in dist/ and name; None where they leave that header off."""
    return {
        path: {name: None if value is None else _joined({name: value})[name] for name, value in headers.items()}
        for path, headers in _RULES["pages"].items()
    }


def cache_control(path: str) -> str:
    """`Cache-Control` for a file of dist/: kept for ever where its name changes with its bytes."""
    return str(_RULES["cache"]["immutable" if is_immutable(path) else "default"])


def is_immutable(path: str) -> bool:
    """Whether the bytes behind this path, relative to dist/, can never change.

    Pyodide's lock file is the exception under its versioned folder: it is trimmed to our list of packages.
    """
    rules = _RULES["cache"]
    return any(fnmatchcase(path, rule) for rule in rules["immutable_paths"]) and not any(
        fnmatchcase(path, rule) for rule in rules["except"]
    )


def static_host_file(paths: Iterable[str]) -> str:
    """The text of `_headers`, which several static hosts read; rules for the site's root.

    Long-lived files are named one by one: where two rules match a path, such hosts join their values with a
    comma, which for `Cache-Control` gives nonsense.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in security_headers(isolation=True).items())]
    for path in sorted(path for path in paths if is_immutable(path) or path in _RULES["cache"]["never_stale"]):
        lines += [f"/{path}", f"  Cache-Control: {cache_control(path)}"]
    return "\n".join(lines) + "\n"


def _joined(headers: Mapping[str, str | list[str]]) -> dict[str, str]:
    between = {"Content-Security-Policy": "; ", "Permissions-Policy": ", "}
    return {name: value if isinstance(value, str) else between[name].join(value) for name, value in headers.items()}
