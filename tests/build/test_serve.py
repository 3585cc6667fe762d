"""The local server: right headers on every response, nothing outside the folder."""

from __future__ import annotations

import argparse
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from web.build.headers import allowed_origins, security_headers, static_host_file
from web.build.serve import FolderServer, add_options, open_server
from web.build.steps import BuildError


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    for name in (
        "index.html",
        "worker.js",
        "runtime/p-1/a.wasm",
        "python/snapshot-12345678.bin",
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


@pytest.mark.parametrize(
    ("wish", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, *", "gzip"),
        ("br;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_compressed_copy_is_sent_to_who_takes_it(site: Path, wish: str, coding: str | None) -> None:
    (site / "worker.js.br").write_text("as brotli")
    (site / "worker.js.gz").write_text("as gzip")
    with running(site) as server:
        response, body = ask(server, "/worker.js", Accept_Encoding=wish)
        head, nothing = ask(server, "/worker.js", "HEAD", Accept_Encoding=wish)
    assert body == {"br": b"as brotli", "gzip": b"as gzip", None: b"worker.js"}[coding]
    assert response.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert response.getheader("Vary") == "Accept-Encoding"
    for answer in (response, head):
        assert answer.getheader("Content-Encoding") == coding
        assert answer.getheader("Content-Length") == str(len(body))
    assert nothing == b""


def test_each_coding_has_a_tag_of_its_own(site: Path) -> None:
    (site / "worker.js.br").write_text("as brotli")
    with running(site) as server:
        plain, _ = ask(server, "/worker.js")
        packed, _ = ask(server, "/worker.js", Accept_Encoding="br", If_None_Match=str(plain.getheader("ETag")))
    assert packed.status == 200


def test_head_has_the_length_and_no_body(site: Path) -> None:
    with running(site) as server:
        response, body = ask(server, "/worker.js", "HEAD")
    assert (response.getheader("Content-Length"), body) == ("9", b"")


def test_only_files_whose_name_tells_their_bytes_are_kept_for_ever(site: Path) -> None:
    with running(site) as server:
        kept = {
            path: ask(server, path)[0].getheader("Cache-Control")
            for path in ("/", "/worker.js", "/runtime/p-1/a.wasm", "/python/snapshot-12345678.bin")
        }
    assert kept == {
        "/": "no-cache",
        "/worker.js": "no-cache",
        "/runtime/p-1/a.wasm": "public, max-age=31536000, immutable",
        "/python/snapshot-12345678.bin": "public, max-age=31536000, immutable",
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


SHIPPED = [
    "LICENSE",
    "demos/index.html",
    "demos/shop.css",
    "element/view.js",
    "embed.html",
    "embed.json",
    "gossamer-element.js",
    "index.html",
    "models/manifest.json",
    "models/net-1.onnx",
    "shared/errors.js",
]


@pytest.mark.parametrize("joining", [True, False], ids=["joining", "replacing"])
@pytest.mark.parametrize("allowed", [[], ["https://shop.example", "https://b.example:8443"]])
def test_static_hosts_send_what_the_server_does(joining: bool, allowed: list[str]) -> None:
    rules = read_rules(static_host_file(SHIPPED, allowed))
    for path in SHIPPED:
        sent = answer(rules, f"/{path}", joining=joining)
        wanted = security_headers(isolation=True, path=path, allowed=allowed)
        if path == "models/net-1.onnx":
            wanted["Cache-Control"] = "public, max-age=31536000, immutable"
        policies = sent.pop("Content-Security-Policy").split(", ")
        policy = wanted.pop("Content-Security-Policy")
        if path.endswith(".html"):
            assert policies[-1] == policy
        assert all(set(one.split("; ")) <= set(policy.split("; ")) for one in policies)
        assert sent == wanted, path


def test_a_page_has_its_headers_under_every_address_of_it() -> None:
    rules = read_rules(static_host_file(SHIPPED))
    for name, others in {"/index.html": ["/"], "/embed.html": ["/embed"], "/demos/index.html": ["/demos/"]}.items():
        for other in others:
            assert answer(rules, other, joining=True) == answer(rules, name, joining=True)


def read_rules(text: str) -> list[tuple[str, dict[str, str]]]:
    """A `_headers` file as static hosts read it: patterns, each with its headers."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        else:
            name, value = line.strip().split(": ", 1)
            rules[-1][1][name] = value
    return rules


def answer(rules: list[tuple[str, dict[str, str]]], path: str, *, joining: bool) -> dict[str, str]:
    sent: dict[str, str] = {}
    for pattern, headers in rules:
        if fnmatchcase(path, pattern):
            for name, value in headers.items():
                sent[name] = f"{sent[name]}, {value}" if joining and name in sent else value
    return sent


def test_the_element_can_be_loaded_from_other_sites_and_little_else() -> None:
    headers = {path: security_headers(isolation=True, path=path) for path in SHIPPED}
    open_to_all = [path for path, sent in headers.items() if "Access-Control-Allow-Origin" in sent]
    assert open_to_all == ["element/view.js", "gossamer-element.js", "shared/errors.js"]


def test_only_the_pages_that_embed_json_names_may_frame_the_engine(site: Path) -> None:
    (site / "embed.html").write_text("engine")
    (site / "embed.json").write_text('{"allow": ["https://shop.example"]}')
    with running(site) as server:
        engine, page = ask(server, "/embed.html")[0], ask(server, "/")[0]
    policy = str(engine.getheader("Content-Security-Policy"))
    assert policy.endswith("; frame-ancestors 'self' https://shop.example")
    assert policy.count("frame-ancestors") == 1
    assert str(page.getheader("Content-Security-Policy")).endswith("; frame-ancestors 'none'")
    assert engine.getheader("Document-Isolation-Policy") == "isolate-and-require-corp"
    with running(site, "--no-isolation") as server:
        assert ask(server, "/embed.html")[0].getheader("Document-Isolation-Policy") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"allow": "https://shop.example"}',
        '{"allow": ["shop.example"]}',
        '{"allow": ["https://shop.example/page"]}',
        """{"allow": ["https://shop.example; script-src 'unsafe-inline'"]}""",
        '{"allow": ["https://shop.example\\r\\nX-Header: 1"]}',
        '{"allow": ["https://*.example"]}',
        '{"allow": ["https://shop.example:65536"]}',
        '{"allow": [null]}',
    ],
)
def test_a_list_that_is_none_of_origins_is_refused(text: str) -> None:
    with pytest.raises(BuildError, match=r"embed\.json"):
        allowed_origins(text.encode())


@pytest.mark.parametrize(
    ("entry", "form"),
    [
        ("https://Shop.example", "https://shop.example"),
        ("HTTPS://shop.example", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("https://shop.example:08443", "https://shop.example:8443"),
        ("https://shop.example/", "https://shop.example"),
        ("http://[::A]:80", "http://[::a]"),
    ],
)
def test_an_origin_that_no_browser_writes_like_that_is_refused_with_the_right_form(entry: str, form: str) -> None:
    with pytest.raises(BuildError) as caught:
        allowed_origins(json.dumps({"allow": ["https://a.example", entry]}).encode())
    assert str(caught.value) == f"embed.json: {entry!r} must be written as browsers do: {form!r}"


@pytest.mark.parametrize(
    "origin", ["*", "https://shop.example", "http://127.0.0.1:8000", "http://[::1]:8080", "https://shop.example:80"]
)
def test_origins_and_the_star_are_taken(origin: str) -> None:
    assert allowed_origins(json.dumps({"allow": [origin]}).encode()) == [origin]
