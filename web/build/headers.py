"""The response headers that the app is written for, from headers.json: one home for server, hosts and guide.

`security` is for every file and `isolation` for every file of a site that wants threads; `pages` and `isolated_pages`
add to them, or replace, by pattern. Where a pattern's value is a list, its directives replace those of the same name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from web.build.steps import BuildError

_RULES = json.loads(Path(__file__).with_name("headers.json").read_bytes())
POLICY = "Content-Security-Policy"
_SEPARATORS = {POLICY: "; ", "Permissions-Policy": ", "}
_ORIGIN = re.compile(r"(https?)://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?/?", re.IGNORECASE)
_USUAL_PORTS = {"http": 80, "https": 443}

Headers = dict[str, str]


def security_headers(*, isolation: bool, path: str = "", allowed: Iterable[str] = ()) -> Headers:
    """Headers of the response for `path`, relative to dist/, whose `embed.json` allows the origins `allowed`.

    `isolation` adds those that let WebAssembly use threads.
    """
    chosen = _RULES["security"] | (_RULES["isolation"] if isolation else {})
    tables = [_RULES["pages"], *([_RULES["isolated_pages"]] if isolation else [])]
    for rules in (rules for table in tables for pattern, rules in table.items() if fnmatchcase(path, pattern)):
        chosen = chosen | {name: _replaced(chosen.get(name, []), value) for name, value in rules.items()}
    texts = {name: _text(name, value) for name, value in chosen.items()}
    return {name: text.replace("{allowed}", " ".join(allowed)).strip() for name, text in texts.items()}


def page_headers(paths: Iterable[str], allowed: Iterable[str]) -> dict[str, Headers]:
    """What single files send otherwise than all others do, by path in dist/ and name."""
    shared, origins = security_headers(isolation=True), list(allowed)
    whole = {path: security_headers(isolation=True, path=path, allowed=origins) for path in paths}
    own = {path: dict(headers.items() - shared.items()) for path, headers in whole.items()}
    return {path: headers for path, headers in own.items() if headers}


def allowed_origins(embed_json: bytes) -> list[str]:
    """The origins in `embed.json` that may embed the element; an error where one is no origin.

    They become part of a header: anything but an origin could add to what the policy allows.
    """
    try:
        document = json.loads(embed_json)
    except ValueError:
        document = None
    listed = document.get("allow") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise BuildError('embed.json must read { "allow": [] }, with the origins in the brackets')
    for entry in listed:
        form = _as_browsers_write(entry) if isinstance(entry, str) else None
        if form is None:
            raise BuildError(f"embed.json: {entry!r} is no origin such as https://shop.example, and not *")
        if form != entry:
            raise BuildError(f"embed.json: {entry!r} must be written as browsers do: {form!r}")
    return listed


def _as_browsers_write(entry: str) -> str | None:
    """The form of an origin that browsers compare and send; None for what is no origin."""
    if entry == "*":
        return entry
    match = _ORIGIN.fullmatch(entry)
    if match is None or int(match[3] or 0) > 65535:
        return None
    scheme, host = match[1].lower(), match[2].lower()
    usual = _USUAL_PORTS[scheme]
    port = int(match[3] or usual)
    return f"{scheme}://{host}" + ("" if port == usual else f":{port}")


def cache_control(path: str) -> str:
    """`Cache-Control` for a file of dist/: kept for ever where its name changes with its bytes."""
    return str(_RULES["cache"]["immutable" if is_immutable(path) else "default"])


def is_immutable(path: str) -> bool:
    """Whether the bytes behind this path, relative to dist/, can never change."""
    return any(fnmatchcase(path, rule) for rule in _RULES["cache"]["immutable_paths"])


def static_host_file(paths: Iterable[str], allowed: Iterable[str] = ()) -> str:
    """The text of `_headers`, which several static hosts read; rules for the site's root.

    Where two rules match a path, some such hosts take the more specific value, others join both with a comma: no rule
    may rely on the one or the other. Of `Content-Security-Policy` joining makes two policies that both hold. What all
    files share of it is under `/*`, and each page repeats it with its own `frame-ancestors`. All else that isn't the
    same everywhere is in rules that don't overlap: by folder, and long-lived files one by one.
    """
    files, origins = sorted(paths), list(allowed)
    shared = security_headers(isolation=True)
    whole = {path: security_headers(isolation=True, path=path, allowed=origins) for path in files}
    varying = {name for headers in whole.values() for name in headers if headers[name] != shared.get(name)}
    lines = _rule("/*", {name: value for name, value in shared.items() if name not in varying | {POLICY}})
    lines.append(f"  {POLICY}: {shared_policy()}")
    for page in (path for path in files if path.endswith(".html")):
        names = {POLICY} if "/" in page else {POLICY, *varying}
        for address in _addresses(page):
            lines += _rule(address, _only(names, whole[page]))
    for top in sorted({path.split("/")[0] + ("/*" if "/" in path else "") for path in files}):
        if not top.endswith(".html"):
            lines += _rule(f"/{top}", _only(varying - {POLICY}, security_headers(isolation=True, path=top)))
    for path in (path for path in files if is_immutable(path) or path in _RULES["cache"]["never_stale"]):
        lines += _rule(f"/{path}", {"Cache-Control": cache_control(path)})
    return "\n".join(lines) + "\n"


def shared_policy() -> str:
    """The policy of every file, without the directive that each page has for itself and only a header can carry."""
    return re.sub(r"; frame-ancestors [^;]*", "", security_headers(isolation=True)[POLICY])


def _only(names: set[str], headers: Headers) -> Headers:
    return {name: value for name, value in headers.items() if name in names}


def _addresses(page: str) -> list[str]:
    """The paths under which hosts answer with a page: many leave off the end of its name."""
    stem = page.removesuffix("index.html") if page.endswith("index.html") else page.removesuffix(".html")
    return [f"/{page}", f"/{stem}"]


def _rule(pattern: str, headers: Headers) -> list[str]:
    return [pattern, *(f"  {name}: {value}" for name, value in headers.items())] if headers else []


def _replaced(value: str | list[str], rule: str | list[str]) -> str | list[str]:
    if isinstance(rule, str) or isinstance(value, str):
        return rule
    names = {directive.split()[0] for directive in rule}
    return [directive for directive in value if directive.split()[0] not in names] + rule


def _text(name: str, value: str | list[str]) -> str:
    return value if isinstance(value, str) else _SEPARATORS[name].join(value)
