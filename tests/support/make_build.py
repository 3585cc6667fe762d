"""Makes a build unlike the one under test: `make_build.py FOLDER PATH=TEXT…` adds TEXT to the end of files."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from web.build import assemble, products
from web.build.project import Project

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    folder, *changes = sys.argv[1:]
    project = Project(ROOT)
    tree = products.site_tree(project)
    for change in changes:
        path, _, text = change.partition("=")
        source = tree[path]
        tree[path] = (source.read_bytes() if isinstance(source, Path) else source) + text.encode()
    optional = products.optional_files(project)
    assemble.assemble(tree, Path(folder), version=project.version, optional=optional)


if __name__ == "__main__":
    main()
