"""What is fetched, and above all what is not."""

from __future__ import annotations

import socket

import pytest

from backend.subscriptions import fetching
from backend.subscriptions.fetching import fetch, is_public
from backend.subscriptions.parcel import BadParcel


def reason(url: str, **options) -> str:
    with pytest.raises(BadParcel) as caught:
        fetch(url, **options)
    return caught.value.reason


def test_it_is_fetched_once_and_then_asked_whether_it_changed(publisher):
    publisher.files["/list.json"] = b"something"
    first = fetch(publisher.url, private=True)
    assert first.data == b"something"
    assert fetch(publisher.url, first.etag, private=True).data is None
    publisher.files["/list.json"] = b"something else"
    assert fetch(publisher.url, first.etag, private=True).data == b"something else"
    assert "Authorization" not in publisher.asked[0] and "Cookie" not in publisher.asked[0]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_is_not_asked_without_leave(publisher, host):
    assert reason(f"https://{host}:{publisher.port}/list.json") in ("private_address", "unreachable")
    assert publisher.asked == []


def test_a_name_one_of_whose_addresses_is_inside_is_not_asked(publisher, monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, publisher.port)) for one in ("8.8.8.8", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: both)
    monkeypatch.setattr(socket, "create_connection", None)
    assert reason("https://publisher.test/list.json") == "private_address"


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(publisher, monkeypatch):
    """A name that points elsewhere at the second look (DNS rebinding) is looked up once."""
    asked = []

    def answer(host, port, *_args, **_options):
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected = []

    def connect(address, *_args, **_options):
        connected.append(address[0])
        raise OSError("no way out of here")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert reason("https://publisher.test/list.json") == "unreachable"
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
     "2002:7f00:1::", "64:ff9b::a9fe:a9fe", "localhost", ""],
)  # fmt: skip
def test_inner_addresses_are_known_in_every_dress(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/x", "ftp://x.org/", "file:///etc/passwd", "https://", "https://me:secret@x.org/", "x.org",
     "https://x.org:port/", "https://x.org/ path", "https://x.org/\r\nX: y", "https://x.org/" + "a" * 2000,
     "https://exämple.org/"],
)  # fmt: skip
def test_other_addresses_are_refused(url):
    assert reason(url, private=True) == "bad_address"


def test_it_is_not_sent_on(publisher):
    publisher.files["/secret"] = b"x"
    publisher.answers["/list.json"] = (302, {"Location": f"https://127.0.0.1:{publisher.port}/secret"})
    assert reason(publisher.url, private=True) == "redirected"
    assert len(publisher.asked) == 1


@pytest.mark.parametrize(("status", "headers"), [(404, {}), (500, {}), (204, {}), (200, {"Content-Encoding": "gzip"})])
def test_other_answers_are_not_taken(publisher, status, headers):
    publisher.answers["/list.json"] = (status, headers)
    assert reason(publisher.url, private=True) == "refused"


def test_what_is_too_large_is_not_read_to_its_end(publisher, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    publisher.files["/list.json"] = b"x" * 1001
    assert reason(publisher.url, private=True) == "too_large"


def test_what_is_too_slow_is_ended(publisher):
    publisher.files["/slow"] = b"x"
    assert reason(publisher.url.replace("/list.json", "/slow"), private=True, seconds=0.3) == "too_slow"


def test_a_certificate_of_somebody_else_is_not_trusted(publisher, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert reason(publisher.url, private=True) == "unreachable"
