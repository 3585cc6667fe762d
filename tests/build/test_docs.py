"""What the documents list is what the code has."""

import re
from pathlib import Path

from gossamer import errors

ROOT = Path(__file__).resolve().parents[2]


def test_every_error_code_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs/errors.md").read_text(), re.MULTILINE))
    browser = (ROOT / "web/shared/errors.js").read_text()
    table = browser[browser.index("BROWSER_CODES = ") : browser.index("});")]
    in_browser = set(re.findall(r"^  '?([a-z-]+)'?: \{", table, re.MULTILINE))
    in_pipeline = {getattr(errors, name).code for name in errors.__all__}
    assert in_browser
    assert not in_browser & in_pipeline
    assert documented == in_browser | in_pipeline


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    assert links
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
