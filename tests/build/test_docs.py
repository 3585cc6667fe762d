"""What stands in two places is the same in both: documents and code, Python and JavaScript."""

import re
from pathlib import Path

from gossamer import errors
from gossamer.progress import STAGES

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


def test_both_languages_know_the_same_stages() -> None:
    job = (ROOT / "web/workers/python/job.js").read_text()
    (listed,) = re.findall(r"^const STAGES = \[(.+)\];$", job, re.MULTILINE)
    assert tuple(re.findall(r"'(\w+)'", listed)) == STAGES
