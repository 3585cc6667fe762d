"""The local server: right headers on every response, nothing outside the folder."""

from __future__ import annotations

import argparse
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from web.build.headers import security_headers, static_host_file
from web.build.serve import FolderServer, add_options, open_server
from web.build.steps import BuildError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    for name in (
        "index.html",
        "worker.js",
        "runtime/p-1/a.wasm",
        "runtime/p-1/pyodide-lock.json",
        "demo/index.html",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@contextmanager
def running(folder: Path, *words: str) -> Iterator[FolderServer]:
    with open_server(folder, options("--port", "0", *words)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(words)


def ask(
    server: FolderServer, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_serves_a_page_and_its_scripts_with_their_types(site: Path) -> None:
    with running(site) as server:
        page, body = ask(server, "/?query=1")
        script, _ = ask(server, "/worker.js")
        wasm, _ = ask(server, "/runtime/p-1/a.wasm")
    assert (page.status, body) == (200, b"index.html")
    assert page.getheader("Content-Type") == "text/html; charset=utf-8"
    assert script.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert wasm.getheader("Content-Type") == "application/wasm"


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/", "GET", 200), ("/worker.js", "HEAD", 200), ("/absent.js", "GET", 404), ("/", "POST", 501)],
)
def test_every_response_carries_the_security_headers(site: Path, path: str, method: str, status: int) -> None:
    with running(site) as server:
        response, _ = ask(server, path, method)
    assert response.status == status
    for name, value in security_headers(isolation=True).items():
        assert response.getheader(name) == value


def test_an_unchanged_answer_carries_them_too(site: Path) -> None:
    with running(site) as server:
        first, _ = ask(server, "/worker.js")
        second, body = ask(server, "/worker.js", If_None_Match=str(first.getheader("ETag")))
    assert (second.status, body) == (304, b"")
    assert second.getheader("Cross-Origin-Embedder-Policy") == "require-corp"


def test_an_edited_file_has_another_tag(site: Path) -> None:
    with running(site) as server:
        first, _ = ask(server, "/worker.js")
        (site / "worker.js").write_text("edited")
        second, body = ask(server, "/worker.js", If_None_Match=str(first.getheader("ETag")))
    assert (second.status, body) == (200, b"edited")


def test_isolation_can_be_left_off_and_nothing_else_with_it(site: Path) -> None:
    with running(site, "--no-isolation") as server:
        response, _ = ask(server, "/")
    assert response.getheader("Cross-Origin-Opener-Policy") is None
    assert response.getheader("Cross-Origin-Embedder-Policy") is None
    assert response.getheader("Content-Security-Policy") is not None


def test_head_has_the_length_and_no_body(site: Path) -> None:
    with running(site) as server:
        response, body = ask(server, "/worker.js", "HEAD")
    assert (response.getheader("Content-Length"), body) == ("9", b"")


def test_only_files_whose_name_tells_their_bytes_are_kept_for_ever(site: Path) -> None:
    with running(site) as server:
        kept = {
            path: ask(server, path)[0].getheader("Cache-Control")
            for path in ("/", "/worker.js", "/runtime/p-1/a.wasm", "/runtime/p-1/pyodide-lock.json")
        }
    assert kept == {
        "/": "no-cache",
        "/worker.js": "no-cache",
        "/runtime/p-1/a.wasm": "public, max-age=31536000, immutable",
        "/runtime/p-1/pyodide-lock.json": "no-cache",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/runtime/../../secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/way-out.txt",
        "/worker.js%00.txt",
        "/runtime",
        "/runtime/",
    ],
)
def test_nothing_outside_the_folder_and_no_listing(site: Path, path: str) -> None:
    with running(site) as server:
        response, body = ask(server, path)
    assert response.status == 404
    assert b"secret" not in body


def test_a_folder_with_an_index_is_a_page(site: Path) -> None:
    with running(site) as server:
        assert ask(server, "/demo/")[1] == b"demo/index.html"


@pytest.mark.parametrize("base", ["/some/sub/path/", "some/sub/path"])
def test_below_a_sub_path_only_that_path_answers(site: Path, base: str) -> None:
    with running(site, "--base", base) as server:
        assert ask(server, "/some/sub/path/worker.js")[1] == b"worker.js"
        assert ask(server, "/worker.js")[0].status == 404
        assert ask(server, "/some/sub/path/../../../secret.txt")[0].status == 404


def test_one_connection_serves_many_requests(site: Path) -> None:
    with running(site) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
        for _ in range(2):
            connection.request("GET", "/worker.js")
            connection.getresponse().read()
            assert connection.sock is not None
        connection.close()


def test_a_taken_port_is_an_error_when_it_was_asked_for(site: Path) -> None:
    with running(site) as server:
        port = str(server.server_address[1])
        with pytest.raises(BuildError, match=f"port {port} is taken"):
            open_server(site, options("--port", port))


def test_a_port_that_is_none_is_an_error(site: Path) -> None:
    with pytest.raises(BuildError, match="99999 is no port number"):
        open_server(site, options("--port", "99999"))


def test_without_a_wish_a_free_port_is_found(site: Path) -> None:
    with open_server(site, options()) as first, open_server(site, options()) as second:
        assert first.server_address[1] != second.server_address[1]


def test_static_hosts_get_the_same_headers_and_no_path_gets_two_cache_rules() -> None:
    text = static_host_file(["index.html", "models/net-1.onnx", "models/manifest.json", "service-worker.js"])
    everywhere, *rules = text.split("\n/")
    assert all(f"  {name}: {value}" in everywhere for name, value in security_headers(isolation=True).items())
    assert "Cache-Control" not in everywhere
    assert rules == [
        "models/net-1.onnx\n  Cache-Control: public, max-age=31536000, immutable",
        "service-worker.js\n  Cache-Control: no-cache\n",
    ]
