"""The guides: other servers are told to send what ours sends; of the element is said what it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from web.build.headers import cache_control, security_headers

ROOT = Path(__file__).resolve().parents[2]
HOSTING = (ROOT / "docs/hosting.md").read_text()
EMBED = (ROOT / "docs/embed.md").read_text()
ALLOWED = ["https://shop.example"]
PATHS = [
    "index.html",
    "embed.html",
    "embed.json",
    "gossamer.js",
    "gossamer-element.js",
    "element/words/ar.js",
    "shared/errors.js",
    "page/app.js",
    "runtime/pyodide-1/pyodide.asm.wasm",
    "python/snapshot-12345678.bin",
    "python/snapshot-12345678.json",
    "python/numpy.core-12345678.wasm",
    "python/late-12345678.tar",
    "workers/python/start.js",
    "models/manifest.json",
    "models/net-1.onnx",
    "models/net-wasm-12345678.json",
]


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", HOSTING, re.DOTALL)
    return str(found)


def nginx(uri: str, *, error: bool = False) -> dict[str, str]:
    """The headers that the nginx snippet gives: the first expression that matches decides a map's value.

    With an `error` only those that come `always`.
    """
    values: dict[str, str] = {}
    for name, body in re.findall(r"map \$uri \$(\w+) \{\n(.*?)\n\}", block("nginx"), re.DOTALL):
        entries = re.findall(r'^  (\S+) "(.*)";$', body, re.MULTILINE)
        matching = [text for rule, text in entries if rule.startswith("~") and re.search(rule[1:], uri)]
        values[name] = (matching or [text for rule, text in entries if rule == "default"])[0]
    sent = {}
    for header, variable, text, always in re.findall(
        r'^add_header (\S+) (?:\$(\w+)|"(.*)")( always)?;$', block("nginx"), re.MULTILINE
    ):
        if always or not error:
            sent[header] = values[variable] if variable else text
    return {header: text for header, text in sent.items() if text}


def apache(uri: str, *, error: bool = False) -> dict[str, str]:
    """The headers that the Apache snippet gives: sections are merged in their order, the last one decides.

    `Header set` is for what succeeds, `Header always set` for every answer: of two tables that both would be sent.
    """
    sent: dict[str, str] = {}
    applies = True
    for line in block("apache").splitlines():
        if opened := re.fullmatch(r'<If "%\{REQUEST_URI\} =~ m#(.*)#">', line):
            applies = re.search(opened[1], uri) is not None
        elif line == "</If>":
            applies = True
            continue
        header = re.fullmatch(r'\s*Header( always)? set (\S+) "(.*)"', line)
        if header and applies and (header[1] or not error):
            sent[header[2]] = header[3]
    return sent


@pytest.mark.parametrize("server", [nginx, apache])
@pytest.mark.parametrize("path", PATHS)
def test_documented_servers_send_what_ours_does(server: object, path: str) -> None:
    assert callable(server)
    wanted = security_headers(isolation=True, path=path, allowed=ALLOWED)
    assert server(f"/{path}") == {**wanted, "Cache-Control": cache_control(path)}


@pytest.mark.parametrize("server", [nginx, apache])
@pytest.mark.parametrize("path", PATHS)
def test_errors_are_as_protected_and_not_kept(server: object, path: str) -> None:
    assert callable(server)
    wanted = security_headers(isolation=True, path=path, allowed=ALLOWED)
    assert server(f"/{path}", error=True) == wanted


def test_the_guide_has_every_attribute_and_no_other() -> None:
    code = (ROOT / "web/gossamer-element.js").read_text() + (ROOT / "web/element/options.js").read_text()
    reads = re.findall(r"(?:(?:has|get)Attribute\(|oneOf\((?:this|element), )'([a-z-]+)'", code)
    section = EMBED[EMBED.index("## Attributes") : EMBED.index("## Methods")]
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE))
    assert documented == {*reads, "lang"}


def test_the_guide_has_every_event() -> None:
    code = (ROOT / "web/gossamer-element.js").read_text()
    sent = set(re.findall(r"new (?:Custom)?Event\('(\w+)'", code))
    section = EMBED[EMBED.index("## Events") : EMBED.index("## In forms")]
    rows = re.findall(r"^\| (`.+?`) \|", section, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == sent


def test_the_guide_has_every_custom_property_part_and_slot() -> None:
    section = EMBED[EMBED.index("## Looks") : EMBED.index("## The policy")]
    view = (ROOT / "web/element/view.js").read_text()
    styles = (ROOT / "web/element/styles.js").read_text()
    assert set(re.findall(r"--gossamer-[\w-]+", section)) == set(re.findall(r"--gossamer-[\w-]+", styles))
    parts = view[view.index("const parts = {") : view.index("};", view.index("const parts = {"))]
    named = set(re.findall(r"(\w+): this", parts)) | set(re.findall(r"setAttribute\('part', '(\w+)'\)", view))
    buttons = set(re.findall(r"#button\('(\w+)'", view)) | {"button"}
    documented = section[section.index("Parts, ") : section.index("States, ")]
    assert set(re.findall(r"`(\w+)`", documented)) == named | buttons
    slots = section[section.index("Slots: ") : section.index("```html")]
    assert set(re.findall(r"`(\w+)`", slots)) == set(re.findall(r"#slot\('(\w+)'", view))


@pytest.mark.parametrize("guide", ["embed.md", "hosting.md"])
def test_every_link_of_a_guide_leads_somewhere(guide: str) -> None:
    text = (ROOT / "docs" / guide).read_text()
    text = text.split("## For the README")[0]
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
