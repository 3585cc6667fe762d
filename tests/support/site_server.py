"""Serves a folder to the browser tests with the project's own server, and tells every request on stdout.

The first line is the address, each further one a request as JSON. Ends when stdin closes, that is with the tests.
"""

import argparse
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from web.build.serve import FileHandler, FolderServer, add_options, open_server

SLOW_SECONDS = 3.0


class TellingHandler(FileHandler):
    """The server's own answers, told; those below ``slow/`` come late."""

    left_off: ClassVar[list[str]] = []
    compressed = False  # unless asked for: tests change files, whose compressed copies would stay as they were

    def _respond(self, *, with_body: bool) -> None:
        if "/slow/" in self.path:
            time.sleep(SLOW_SECONDS)
        super()._respond(with_body=with_body)

    def send_header(self, keyword: str, value: str) -> None:
        if keyword not in self.left_off:
            super().send_header(keyword, value)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002
        body = int(self.headers.get("Content-Length") or 0) or int("Transfer-Encoding" in self.headers)
        tell({"method": self.command, "path": self.path, "status": int(code), "body": body})

    def log_message(self, *_: object) -> None:
        """All that is worth knowing has been told."""


def tell(request: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(request) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--without", action="append", default=[], metavar="HEADER", help="leave this one off")
    parser.add_argument("--compressed", action="store_true", help="send what the build has compressed, too")
    add_options(parser)
    options = parser.parse_args()
    server: FolderServer = open_server(options.folder, options)
    server.RequestHandlerClass = TellingHandler
    TellingHandler.left_off = options.without
    TellingHandler.compressed = options.compressed
    threading.Thread(target=end_with_stdin, daemon=True).start()
    sys.stdout.write(f"http://{options.host}:{server.server_address[1]}{server.base}\n")
    sys.stdout.flush()
    server.serve_forever()


def end_with_stdin() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
