"""Files that come together: in their order, all of them, and none that refers to another."""

from __future__ import annotations

import pytest

from web.build.join import join_styles, join_words
from web.build.steps import BuildError

PAGE = (
    b'<head>\n  <link rel="icon" href="./i.svg">\n  <link rel="stylesheet" href="./page/b.css">\n'
    b'  <link rel="stylesheet" href="./page/deep/a.css">\n</head>\n'
)
SHEETS = {"page/b.css": b"b {}\n", "page/deep/a.css": b"a {}\n"}


def test_the_style_sheets_of_a_page_are_one_in_their_order() -> None:
    tree = join_styles({"index.html": PAGE, **SHEETS}, "index.html")
    assert sorted(tree) == ["index.html", "page/page.css"]
    assert tree["page/page.css"] == b"b {}\n\na {}\n"
    assert tree["index.html"] == (
        b'<head>\n  <link rel="icon" href="./i.svg">\n  <link rel="stylesheet" href="./page/page.css">\n</head>\n'
    )


def test_a_style_sheet_that_refers_to_another_file_is_a_mistake() -> None:
    tree = {"index.html": PAGE, **SHEETS, "page/deep/a.css": b"a { background: url(x.png) }\n"}
    with pytest.raises(BuildError, match=r"^page/deep/a\.css refers"):
        join_styles(tree, "index.html")


def test_a_page_without_style_sheets_is_a_mistake() -> None:
    with pytest.raises(BuildError, match="no style sheet"):
        join_styles({"index.html": b"<p>"}, "index.html")


def test_a_language_is_one_module() -> None:
    tree = {
        "words/de.js": b"import { a } from './de/a.js';\nimport { b } from './de/b.js';\n\n"
        b"export const words = { ...a, ...b };\n",
        "words/de/a.js": b"export const a = {};\n",
        "words/de/b.js": b"export const b = { text: 'export const' };\n",
        "words/words.js": b"import { words } from './de.js';\n",
    }
    joined = join_words(tree, "words")
    assert sorted(joined) == ["words/de.js", "words/words.js"]
    assert joined["words/words.js"] == tree["words/words.js"]
    assert joined["words/de.js"] == (
        b"const a = {};\n\nconst b = { text: 'export const' };\n\n\nexport const words = { ...a, ...b };\n"
    )
