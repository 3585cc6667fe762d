"""The one seam between the pipeline and the machine it runs on.

`base.Runtime` is what the pipeline asks for; `native` answers with ONNX Runtime on CPython, `browser` with
onnxruntime-web through Pyodide. Only `browser` imports ``js`` and ``pyodide``.
"""

from gossamer.runtime.base import Runtime

__all__ = ["Runtime"]
