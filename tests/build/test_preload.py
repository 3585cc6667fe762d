"""Modules named in advance: all that are imported at once, none that are lazy or only types, and none missing."""

from __future__ import annotations

import pytest

from web.build.preload import with_imports, with_preloads
from web.build.steps import BuildError

PAGE = b'<head>\n  <script type="module" src="./page/app.js"></script>\n</head>\n'
MODULES = {
    "page/app.js": b"/** @import { A } from './types.js' */\nimport { b } from './b.js';\n"
    b"import {\n  c,\n  d,\n} from '../c.js';\n"
    b"const lazy = () => import('./lazy.js');\n  // import x from './commented.js'\n",
    "page/b.js": b"export { e } from \"./deep/e.js\";\nimport './b.js';\nexport const f = 'from ./none.js';\n",
    "page/deep/e.js": b"import '../app.js';\n",
    "c.js": b"export const c = 1, d = 2;\n",
}


def test_all_that_is_imported_is_named_once_in_order() -> None:
    html = with_preloads({"index.html": PAGE, **MODULES}, "index.html").decode()
    links = [line.strip() for line in html.splitlines() if "modulepreload" in line]
    assert links == [
        f'<link rel="modulepreload" href="./{path}">' for path in ("c.js", "page/b.js", "page/deep/e.js")
    ]
    assert html.replace("".join(f"  {link}\n" for link in links), "") == PAGE.decode()


def test_what_is_imported_must_be_there() -> None:
    tree = {path: text for path, text in {"index.html": PAGE, **MODULES}.items() if path != "c.js"}
    with pytest.raises(BuildError, match=r"^c\.js is imported"):
        with_preloads(tree, "index.html")


def test_a_page_without_a_script_is_a_mistake() -> None:
    with pytest.raises(BuildError, match="no module script"):
        with_preloads({"index.html": b"<p>"}, "index.html")


def test_a_worker_imports_first_what_its_imports_import() -> None:
    tree = {"workers/main.js": b"import { run } from './run.js';\nimport '../page/b.js';\nrun();\n", **MODULES}
    tree["workers/run.js"] = b"import { c } from '../c.js';\nexport const run = () => c;\n"
    lines = with_imports(tree, "workers/main.js").decode().splitlines()
    assert lines[:3] == ["import '../c.js';", "import './run.js';", "import '../page/app.js';"]
    assert lines[3:5] == ["import '../page/deep/e.js';", "import '../page/b.js';"]
    assert "\n".join(lines[5:]) + "\n" == tree["workers/main.js"].decode()
