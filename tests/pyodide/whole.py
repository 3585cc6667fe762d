"""Python's library and packages as they were before the build left out what the page does not need.

The tests and pytest need some of that. It is offered after all else, and who asked for it is written down: where that
is the product, the build has left out too much.
"""

import importlib.abc
import importlib.machinery
import json
import sys
from collections.abc import Sequence
from types import FrameType, ModuleType

__all__ = ["missed", "offer"]

WHOLE = "/suite/whole"
PRODUCT = ("gossamer", "PIL")
GO_BETWEENS = (*sys.stdlib_module_names, "pyodide", "_pyodide", "numpy")
"""They import for whoever calls them."""

_missed: set[str] = set()


class WholeFinder(importlib.abc.MetaPathFinder):
    """Finds what nobody else has found, in the whole library and packages."""

    def find_spec(
        self, name: str, _: Sequence[str] | None = None, __: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        parent = name.rpartition(".")[0].replace(".", "/")
        spec = importlib.machinery.PathFinder.find_spec(name, [f"{WHOLE}/{parent}"])
        asking = _asking(sys._getframe(1))
        if spec is not None and asking is not None and _is_needed(asking, name):
            _missed.add(f"{asking} needs {name}")
        return spec


def offer() -> None:
    sys.meta_path.append(WholeFinder())


def missed() -> str:
    """What the product asked for, as JSON."""
    return json.dumps(sorted(_missed))


def _is_needed(asking: str, name: str) -> bool:
    """Of the product, and not in vain: for a file of an unknown kind Pillow tries all plugins that there may be."""
    tried = asking == "PIL.Image" and name.endswith("Plugin")
    return asking.partition(".")[0] in PRODUCT and not tried


def _asking(frame: FrameType | None) -> str | None:
    """The module on whose behalf something is imported; None if that is one of the tests'."""
    while frame is not None:
        name, file = frame.f_globals.get("__name__", ""), frame.f_code.co_filename
        between = file.startswith("<frozen") or name.partition(".")[0] in GO_BETWEENS
        if not between:
            return None if str(frame.f_globals.get("__file__", "")).startswith("/suite/") else name
        frame = frame.f_back
    return None
