"""What watches a team's server and stands before it, with the real parts: its metrics, and nginx with TLS."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
import yaml

from tests.e2e.serving import ROOT, free_port
from tests.team.machines import Machine, await_
from tests.team.team import Team
from tests.team.typing_people import HARMLESS, MARKED

DEPLOY = ROOT / "deploy"
NAME = re.compile(r"secondlook_[a-z_]*[a-z]")


def test_dashboard_and_alerts_ask_for_what_the_server_tells(team):
    assert team.check(HARMLESS).json["level"] == "clear"
    team.read(team.attach(MARKED.encode()).json["id"])
    # A worker counts a file just after it has answered.
    await_(lambda: "secondlook_read_seconds" in metrics(team), "the worker has counted what it read")
    told = set(NAME.findall(metrics(team)))
    dashboard = json.loads((DEPLOY / "grafana" / "secondlook.json").read_text("utf-8"))
    alerts = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text("utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    # A counter with labels comes up with its first event; both kinds of gaps are asked for.
    later = {"secondlook_gaps_total", "secondlook_worker_gaps_total"}
    assert {name for expression in asked for name in NAME.findall(expression)} - told - later == set()


def metrics(team) -> str:
    """Return what Prometheus would be told."""
    return team.call("GET", "/metrics").body.decode()


class Nginx(Machine):
    """nginx with the configuration of ``deploy`` and a certificate of its own, before a server."""

    name = "nginx"

    def __init__(self, backend_port: int) -> None:
        super().__init__()
        self.secure = free_port()
        certificate = self.folder / "look.pem"
        key = self.folder / "look.key"
        make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        make += ["-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=look.example.org"]
        subprocess.run([*make, "-addext", "subjectAltName=DNS:look.example.org"], check=True, capture_output=True)
        ours = (DEPLOY / "nginx.conf").read_text("utf-8")
        for theirs, here in {
            "127.0.0.1:8765": f"127.0.0.1:{backend_port}",
            "listen 80;": f"listen 127.0.0.1:{self.port};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.secure} ssl",
            "/etc/nginx/look.pem": str(certificate),
            "/etc/nginx/look.key": str(key),
            "/var/log/nginx/": f"{self.folder}/",
            # So that it would tell of a body or an answer that it puts into a file.
            "error.log crit": "error.log warn",
        }.items():
            assert theirs in ours
            ours = ours.replace(theirs, here)
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main = f"daemon off; pid {self.folder}/pid; error_log {self.folder}/main.log;"
        (self.folder / "nginx.conf").write_text(f"{main} events {{}} http {{ {temporary}\n{ours}\n}}")
        self.certificate = certificate

    def command(self) -> list[str]:
        return [str(shutil.which("nginx", path=PATHS)), "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)]

    def answers(self) -> bool:
        return (self.folder / "pid").exists()

    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


PATHS = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"


@pytest.fixture(scope="module")
def proxied(postgres, redis) -> Iterator[tuple]:
    if shutil.which("nginx", path=PATHS) is None:
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    settings = {"SECONDLOOK_ADDRESS": "https://look.example.org", "SECONDLOOK_PROXIES": "1"}
    whole = Team(postgres, redis, web_processes=1, **settings)
    proxy = Nginx(whole.port)
    try:
        whole.start()
        proxy.start()
        yield whole, proxy
    finally:
        proxy.remove()
        whole.remove()


def ask(proxied, method: str, path: str, body: bytes | None = None, **headers: str):
    """Ask by TLS, as somebody who has looked the name up."""
    whole, proxy = proxied
    context = ssl.create_default_context(cafile=str(proxy.certificate))
    connection = http.client.HTTPSConnection("look.example.org", proxy.secure, context=context, timeout=30)
    plain = socket.create_connection(("127.0.0.1", proxy.secure), timeout=30)
    connection.sock = context.wrap_socket(plain, server_hostname="look.example.org")
    sent = {"Host": "look.example.org", **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_a_check_and_a_large_file_pass_the_proxy_and_no_file_of_it(proxied):
    whole, proxy = proxied
    word = {"Authorization": f"Bearer {whole.token}"}
    draft = json.dumps({"text": MARKED}).encode()
    status, _, said = ask(proxied, "POST", "/v1/checks", draft, Content_Type="application/json", **word)
    assert (status, json.loads(said)["level"]) == (200, "stop")
    head = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    )
    form = head + MARKED.encode() + b"\n" + b"word " * 4_000_000 + b"\r\n--edge--\r\n"
    kind = {"Content_Type": "multipart/form-data; boundary=edge"}
    status, _, said = ask(proxied, "POST", "/v1/attachments?once=a-secret-word", form, **kind, **word)
    assert status == 202, said
    status, _, _ = ask(proxied, "POST", "/v1/attachments", b"x" * (66 * 1024 * 1024), **kind, **word)
    assert status == 413
    assert "temporary file" not in proxy.logs() and "POST 202" in proxy.logs()
    assert [path for path in proxy.folder.rglob("*") if path.is_file() and path.stat().st_size > 1_000_000] == []
    told = "".join(line for line in proxy.logs().splitlines(keepends=True) if "[error]" not in line)
    assert "a-secret-word" not in told and "TOP SECRET" not in told


def test_only_its_own_name_is_answered_and_what_watches_it_stays_inside(proxied):
    assert ask(proxied, "GET", "/v1/status")[0] == 200
    assert ask(proxied, "GET", "/v1/status", Host="evil.example.org")[0] == 400
    for path in ("/metrics", "/healthz", "/readyz"):
        assert ask(proxied, "GET", path)[0] == 404


def test_without_tls_there_is_only_the_way_to_it(proxied):
    _, proxy = proxied

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_facts):
            return None

    opener = urllib.request.build_opener(Stay, urllib.request.ProxyHandler({}))
    with (
        pytest.raises(urllib.error.HTTPError) as moved,
        opener.open(f"http://127.0.0.1:{proxy.port}/welcome?once=a-secret-word"),
    ):
        pass
    with moved.value as answer:
        assert (answer.code, answer.headers["Location"]) == (301, "https://look.example.org/")
    assert "a-secret-word" not in proxy.logs()
