"""Replicas of the sites, served over https under the sites' real names.

A page is ``pages/<name>.html`` with ``pages/<name>.js`` bundled by esbuild from the
real editors' packages.  The browser is told to look for the names on this server.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.e2e.serving import ROOT

HERE = Path(__file__).parent
PAGES, BUILD = HERE / "pages", HERE / ".build"
TOOLS = ROOT / "tests" / "node_modules"
HOSTS = {
    "x.com": "x",
    "www.facebook.com": "facebook",
    "www.linkedin.com": "linkedin",
    "weibo.com": "weibo",
    "web.whatsapp.com": "whatsapp",
    "chatgpt.com": "chatgpt",
    "chat.deepseek.com": "deepseek",
    "m.weibo.com": "hostile",
}
# As strict as the sites are: no inline script, no connection elsewhere.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; object-src 'none'"
SHARED = ("app.css", "early.js")
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css"}


def bundle() -> Path:
    """Bundle every page's script with its editor; return the folder.  What has not changed is kept."""
    sources = sorted(PAGES.glob("*.js"))
    state = hashlib.sha256((TOOLS.parent / "package-lock.json").read_bytes())
    for source in sources:
        state.update(source.read_bytes())
    folder = BUILD / state.hexdigest()[:16]
    if not folder.is_dir():
        shutil.rmtree(BUILD, ignore_errors=True)
        _run_esbuild([source for source in sources if source.name != "early.js"], folder)
    return folder


def _run_esbuild(entries: list[Path], folder: Path) -> None:
    options = ["--bundle", "--define:process.env.NODE_ENV='development'", "--define:global=window", "--log-level=error"]
    command = [str(TOOLS / ".bin" / "esbuild"), *map(str, entries), *options, f"--outdir={folder}.new"]
    done = subprocess.run(command, capture_output=True, text=True, env={"NODE_PATH": str(TOOLS), "PATH": _path()})
    if done.returncode:
        raise RuntimeError(f"esbuild: {done.stderr}")
    Path(f"{folder}.new").rename(folder)


def _path() -> str:
    node = shutil.which("node")
    return str(Path(node).parent) if node else ""


@contextmanager
def serve(folder: Path) -> Iterator[int]:
    """Serve the replicas with a certificate made on the spot; yield the port."""
    bundles = bundle()

    class Handler(_Page):
        scripts = bundles

    with over_https(Handler, folder) as port:
        yield port


@contextmanager
def over_https(handler: type[BaseHTTPRequestHandler], folder: Path) -> Iterator[int]:
    """Serve what a handler answers, with a certificate made on the spot; yield the port."""
    server = _Server(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(make_certificate(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that gives up on a connection is nothing to report."""


class _Page(BaseHTTPRequestHandler):
    scripts = BUILD

    def do_GET(self) -> None:
        """Answer with the page of the host, its script, or the shared files."""
        path = self._file(self.path.split("?")[0])
        body = path.read_bytes() if path else b"not here"
        self.send_response(200 if path else 404)
        self.send_header("Content-Type", TYPES.get(path.suffix if path else "", "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        if path != PAGES / "hostile.html":
            self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def _file(self, path: str) -> Path | None:
        name = HOSTS.get(self.headers.get("Host", "").split(":")[0], "")
        wanted = {
            "/app.js": self.scripts / f"{name}.js",
            "/app.css": PAGES / "app.css",
            "/early.js": PAGES / "early.js",
        }
        found = wanted.get(path, PAGES / f"{name}.html")
        return found if found.is_file() else None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def make_certificate(folder: Path) -> Path:
    """Write a certificate with its key that stands for every replica, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Replicas of Second Look's tests")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName(host) for host in HOSTS] + [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "replicas.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
