"""Paths, names and files that want to leave the place they belong to."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from tests.attacks import wire
from tests.attacks.target import Target

CLIMBS = [
    "../backend/config.py",
    "..%2fbackend%2fconfig.py",
    "%2e%2e/%2e%2e/config.py",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cconfig.py",
    "..\\..\\config.py",
    "....//....//config.py",
    "..;/..;/config.py",
    "%252e%252e%252fconfig.py",
    "..%c0%af..%c0%afconfig.py",
    "..%ef%bc%8f..%ef%bc%8fetc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "C:%5cWindows%5cwin.ini",
    "logo.svg%00.js",
    "logo.svg/..",
    "./../static/../pages.py",
    "CON",
    "~/.ssh/id_rsa",
]
PLACES = [
    "/web/static/",
    "/settings/lists/",
    "/v1/lists/",
    "/v1/sealed/",
    "/v1/documents/",
    "/v1/attachments/",
    "/v1/imports/",
    "/v1/subscriptions/",
    "/v1/folders/",
    "/v1/pairings/",
    "/",
    "/v1/policy/rules/",
]
TELLTALE = (b"root:", b"SECONDLOOK_", b"import ", b"[fonts]", b"PRIVATE KEY", b"SQLite format")


def test_no_path_leaves_its_place(target: Target) -> None:
    before = snapshot(target.server.place)
    for place in PLACES:
        for climb in CLIMBS:
            for method in ("GET", "DELETE"):
                answer = target.ask(method, place + climb, token=target.token, cookie=target.cookie)
                assert answer.status in (400, 401, 403, 404, 405, 422), (method, place + climb, answer.status)
                assert not any(one in answer.body for one in TELLTALE), place + climb
    assert snapshot(target.server.place) == before


def snapshot(folder: Path) -> list[str]:
    """Every path, but what the server itself makes on need."""
    own = (".sqlite3-wal", ".sqlite3-shm", "documents.key", ".index")
    return sorted(str(path) for path in folder.rglob("*") if not path.name.endswith(own))


def test_a_redirect_leads_nowhere_else(target: Target) -> None:
    """An address with two slashes, or one that a browser reads as another host, must not be where a page leads to."""
    for path in ("//evil.example", "//evil.example/", "/\\evil.example", "/%5cevil.example", "/%2fevil.example",
                 "//evil.example/%2e%2e", "/settings//evil.example", "/settings/lists//evil.example",
                 "/settings/lists/%2f%2fevil.example", "/.evil.example", "/@evil.example"):  # fmt: skip
        for query in ("", "?lang=en", "?lang=en&next=//evil.example", "?once=x&next=https://evil.example"):
            answer = target.ask("GET", path + query)
            for where in answer.all("Location"):
                assert where.startswith("/") and not where.startswith(("//", "/\\")), (path, where)


def test_names_of_files_reach_no_path(target: Target) -> None:
    before = snapshot(target.server.place)
    for name in ("../../../escaped.txt", "/tmp/escaped.txt", "..\\..\\escaped.txt", "a/../../escaped.txt", "\\\\x\\y"):
        for place, status in (("/v1/attachments", 202), ("/v1/imports", 202), ("/v1/documents", 202)):
            answer = target.ask("POST", place, MULTIPART, token=target.token, body=form(name, b"words enough " * 30))
            assert answer.status == status, (place, answer.body)
            id = answer.json["id"]
            assert target.owner("GET", f"{place}/{id}?wait=10").status == 200
            target.owner("DELETE", f"{place}/{id}")
    assert snapshot(target.server.place) == before
    assert not Path("/tmp/escaped.txt").exists()


MULTIPART = ("Content-Type", "multipart/form-data; boundary=b")


def form(name: str, data: bytes) -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + data + b"\r\n--b--\r\n"


def climbing_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in (
            "../../escaped.txt",
            "/tmp/escaped.txt",
            "C:\\escaped.txt",
            "..\\escaped.txt",
            "a/./../../../b.txt",
        ):
            archive.writestr(name, "TOP SECRET//SI//NOFORN")
        link = zipfile.ZipInfo("passwd")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def climbing_tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, kind, to in (("l", tarfile.SYMTYPE, "/etc/passwd"), ("h", tarfile.LNKTYPE, "../../etc/passwd")):
            one = tarfile.TarInfo(name)
            one.type, one.linkname = kind, to
            archive.addfile(one)
        one = tarfile.TarInfo("../../escaped.txt")
        one.size = 5
        archive.addfile(one, io.BytesIO(b"hello"))
    return file.getvalue()


def test_an_archive_writes_nothing_and_follows_no_link(target: Target) -> None:
    before = snapshot(target.server.place)
    for name, data in (("a.zip", climbing_zip()), ("a.tgz", climbing_tar())):
        sent = target.ask("POST", "/v1/attachments", MULTIPART, token=target.token, body=form(name, data))
        read = target.owner("GET", f"/v1/attachments/{sent.json['id']}?wait=20")
        assert read.json["state"] == "done" and b"root:" not in read.body
    assert snapshot(target.server.place) == before
    assert not Path("/tmp/escaped.txt").exists()


def test_a_token_names_no_folder_and_a_page_none_with_a_null(target: Target) -> None:
    for path in ("/etc", "/", "../..", str(target.server.data), "file:///etc"):
        assert target.owner("POST", "/v1/folders", {"path": path}).status in (401, 403)
    word = ("X-CSRF-Token", target.csrf)
    for path in (
        "relative",
        "../..",
        "/etc/passwd",
        "/etc\x00",
        "file:///etc",
        "\\\\host\\share",
        "/nowhere/at/all",
        "",
    ):
        answer = target.ask("POST", "/v1/folders", word, cookie=target.cookie, body={"path": path})
        assert answer.status in (403, 422), (path, answer.status, answer.body)


def test_ids_in_bodies_name_no_file(target: Target) -> None:
    for climb in ("../policy", "..\\policy", "/etc/passwd", "a/b", "..", ".", "", "x\x00", "a" * 300, "CON", "-rf"):
        sealed = {"format": 1, "id": climb, "name": "x", "terms": []}
        assert 400 <= target.owner("POST", "/v1/sealed", sealed).status < 500, climb
        assert 400 <= target.owner("POST", "/v1/checks", {"attachments": [climb]}).status < 500, climb
        sent = target.owner("POST", "/v1/imports/x/apply", {"list": climb, "confirm": True})
        assert sent.status in (404, 413, 422)


def test_the_request_line_may_name_no_other_scheme(target: Target) -> None:
    for uri in (
        "file:///etc/passwd",
        "gopher://127.0.0.1/x",
        "ftp://127.0.0.1/",
        "http://127.0.0.1/../../etc/passwd",
        "*",
    ):
        answer = wire.ask(target.port, "GET", uri, host=target.name)
        assert answer.status in (302, 400, 401, 404) and b"root:" not in answer.body
        assert answer.header("Location") in (None, "/welcome")
