"""A small web server for dist/: the headers of headers.json on every response, nothing outside the folder.

For work on this machine and for the tests; dist/ itself needs nothing of it, any static host will do.
"""

from __future__ import annotations

import argparse
import errno
import shutil
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from web.build.headers import Headers, allowed_origins, cache_control, security_headers
from web.build.steps import BuildError

DEFAULT_PORT = 8000
PORTS_TRIED = 20

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
"""By suffix; all else (.whl, .onnx) is plain bytes. Our own table: the system's differs by machine."""


CODINGS = {"br": ".br", "gzip": ".gz"}
"""What the build has compressed files in, by the name of the coding: what is added to theirs."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help=f"default: {DEFAULT_PORT}, else one near; 0: any")
    parser.add_argument("--host", default="127.0.0.1", help="listen here (default: this machine only)")
    parser.add_argument("--base", default="/", metavar="/PATH/", help="serve below this path, as many hosts do")
    parser.add_argument("--no-isolation", action="store_true", help="leave COOP and COEP off: no threads")


def serve(folder: Path, options: argparse.Namespace) -> int:
    """Serve `folder` until Ctrl-C. The first line printed holds the address."""
    server = open_server(folder, options)
    host, port = server.server_address[:2]
    print(f"Gossamer is at http://{host!s}:{port}{server.base}  (Ctrl-C stops it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print(flush=True)
    finally:
        server.server_close()
    return 0


def open_server(folder: Path, options: argparse.Namespace) -> FolderServer:
    """A server that listens; an error of one line where it cannot."""
    ports = range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED) if options.port is None else [options.port]
    for port in ports:
        try:
            return FolderServer((options.host, port), folder, options.base, isolation=not options.no_isolation)
        except OverflowError:
            raise BuildError(f"{port} is no port number") from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise BuildError(f"cannot listen on {options.host}:{port}: {error.strerror}") from None
    raise BuildError(f"port {ports[0]} is taken; choose another with --port")


class FolderServer(ThreadingHTTPServer):
    """Serves the files of one folder below one path."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], folder: Path, base: str, *, isolation: bool) -> None:
        self.folder = folder.resolve()
        self.base = f"/{base.strip('/')}/" if base.strip("/") else "/"
        self.isolation = isolation
        embed = self.folder / "embed.json"
        self.allowed = allowed_origins(embed.read_bytes()) if embed.is_file() else []
        super().__init__(address, FileHandler)

    def headers_for(self, path: str) -> Headers:
        """What every response carries; `path` is relative to the folder, empty where there is no file."""
        return security_headers(isolation=self.isolation, path=path, allowed=self.allowed)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of a response is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def accepted(header: str) -> list[str]:
    """The codings of `CODINGS` that an `Accept-Encoding` allows, best first; RFC 9110, section 12.5.3."""
    weights: dict[str, float] = {}
    for wish in header.lower().split(","):
        name, _, weight = (word.strip() for word in wish.partition(";"))
        try:
            weights[name] = float(weight.removeprefix("q=")) if weight else 1.0
        except ValueError:
            weights[name] = 0.0
    usable = [name for name in CODINGS if weights.get(name, weights.get("*", 0.0)) > 0]
    return sorted(usable, key=lambda name: -weights.get(name, weights.get("*", 0.0)))


class FileHandler(BaseHTTPRequestHandler):
    """GET and HEAD of single files; no listings."""

    server: FolderServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    compressed = True
    inside = ""
    """The file that is answered with, relative to the folder."""

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, *, with_body: bool) -> None:
        asked = unquote(urlsplit(self.path).path)
        path = locate(self.server.folder, self.server.base, asked)
        self.inside = path.relative_to(self.server.folder).as_posix() if path else ""
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        coding, sent = self._variant(path)
        with sent.open("rb") as file:
            status = sent.stat()
            tag = f'"{status.st_mtime_ns:x}-{status.st_size:x}{coding and "-" + coding}"'
            unchanged = tag in (self.headers.get("If-None-Match") or "")
            self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK)
            self.send_header("ETag", tag)
            self.send_header("Cache-Control", cache_control(self.inside))
            self.send_header("Vary", "Accept-Encoding")
            if not unchanged:
                self.send_header("Content-Type", CONTENT_TYPES.get(path.suffix, "application/octet-stream"))
                self.send_header("Content-Length", str(status.st_size))
                if coding:
                    self.send_header("Content-Encoding", coding)
            self.end_headers()
            if with_body and not unchanged:
                shutil.copyfileobj(file, self.wfile, 1 << 20)

    def _variant(self, path: Path) -> tuple[str, Path]:
        """The coding to answer in, empty for none, and its file."""
        wanted = accepted(self.headers.get("Accept-Encoding") or "") if self.compressed else []
        for coding in wanted:
            variant = path.with_name(path.name + CODINGS[coding])
            if variant.is_file():
                return coding, variant
        return "", path

    def end_headers(self) -> None:
        """Errors and workers' scripts too: a worker without COEP would not start in an isolated page."""
        for name, value in self.server.headers_for(self.inside).items():
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        """No word about which Python serves."""
        return "gossamer"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Only what failed is worth a line, and `send_error` writes that."""


def locate(folder: Path, base: str, asked: str) -> Path | None:
    """The file that the decoded URL path `asked` names, or None; `/` at its end means index.html."""
    if not asked.startswith(base) or "\\" in asked or "\0" in asked:
        return None
    inside = asked[len(base) :]
    name = inside + "index.html" if inside == "" or inside.endswith("/") else inside
    if any(segment in ("", ".", "..") for segment in name.split("/")):
        return None
    path = (folder / PurePosixPath(name)).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None
