"""The policy in our pages, for hosts that send no headers: the shared one, before all that it is to bind."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from web.build.headers import security_headers
from web.build.policy import with_policy
from web.build.products import OWN_PAGES
from web.build.steps import BuildError

WEB = Path(__file__).resolve().parents[2] / "web"


class Elements(HTMLParser):
    """All elements of a page, in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_the_first_thing_in_the_head_is_the_policy_of_the_header(name: str) -> None:
    source = (WEB / name).read_bytes()
    page = with_policy(source, name)
    before, after = Elements(source).found, Elements(page).found
    place = after.index(("head", {})) + 1
    tag, attributes = after[place]
    assert (tag, attributes["http-equiv"]) == ("meta", "Content-Security-Policy")
    assert after[:place] + after[place + 1 :] == before, "and nothing else has changed"
    header = security_headers(isolation=False, path=name)["Content-Security-Policy"].split("; ")
    assert str(attributes["content"]).split("; ") == [one for one in header if not one.startswith("frame-ancestors")]
    assert page.index(b"<meta charset") < 1024, "where browsers look for the encoding"


def test_every_page_with_scripts_has_it() -> None:
    pages = {path.name for path in WEB.glob("*.html") if re.search("<script", path.read_text())}
    assert pages == set(OWN_PAGES)


def test_a_page_without_a_head_is_a_mistake() -> None:
    with pytest.raises(BuildError, match=r"^a\.html has no head"):
        with_policy(b"<!doctype html><title>.</title>", "a.html")
