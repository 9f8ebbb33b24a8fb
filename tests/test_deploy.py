"""What lies in ``deploy``: it parses, names only settings that exist, and its parts agree with the server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from backend import create_app
from backend.config import SETTINGS, Config
from backend.http import operation, serving
from backend.http.description import operations
from backend.http.waiting import LONGEST
from backend.jobs.shared.ledger import QUEUES, READ

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
MEGABYTE = 1024 * 1024
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
KUBERNETES = [
    document
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def of_kind(kind: str) -> dict[str, dict]:
    return {one["metadata"]["name"]: one for one in KUBERNETES if one["kind"] == kind}


def pod(name: str) -> dict:
    return of_kind("Deployment")[name]["spec"]["template"]["spec"]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(Config(data=tmp_path_factory.mktemp("deploy"), warm=False))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_it_names_exists(path):
    named = set(re.findall(r"SECONDLOOK_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
    assert named - {setting.name for setting in SETTINGS} == set()


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".yaml"], ids=lambda path: path.name)
def test_every_yaml_file_parses(path):
    assert all(isinstance(one, dict) for one in yaml.safe_load_all(path.read_text(encoding="utf-8")))


def test_every_file_is_named_where_it_is_explained():
    text = (ROOT / "docs" / "team.md").read_text(encoding="utf-8")
    for name in ("systemd", "nginx.conf", "Caddyfile", "compose.env", "kubernetes", "grafana/secondlook.json"):
        assert name in text


def test_no_proxy_is_narrower_than_the_server_or_wider_than_it_needs(app):
    largest = Config().max_file + operation.MEGABYTE
    limits = {described.limit or largest for _, _, described in operations(app)}
    assert max(limits) == 65 * MEGABYTE
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    ingress = of_kind("Ingress")["web"]["metadata"]["annotations"]
    assert "client_max_body_size 65m;" in nginx
    assert "max_size 65MiB" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert ingress["nginx.ingress.kubernetes.io/proxy-body-size"] == "65m"


def test_no_proxy_puts_a_body_or_an_answer_into_a_file():
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    ingress = of_kind("Ingress")["web"]["metadata"]["annotations"]
    assert "client_body_buffer_size 66m;" in nginx and "proxy_max_temp_file_size 0;" in nginx
    assert ingress["nginx.ingress.kubernetes.io/client-body-buffer-size"] == "66m"
    assert ingress["nginx.ingress.kubernetes.io/proxy-max-temp-file-size"] == "0"


def test_proxies_wait_longer_than_the_server_may_take():
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    waits = [int(found) for found in re.findall(r"proxy_read_timeout (\d+)s", nginx)]
    waits += [
        int(found) for found in re.findall(r"response_header_timeout (\d+)s", (DEPLOY / "Caddyfile").read_text("utf-8"))
    ]
    assert len(waits) == 2 and min(waits) > LONGEST + 30


def test_what_ends_it_waits_until_it_has_finished_what_it_holds():
    stops = [int(re.search(r"TimeoutStopSec=(\d+)", unit.read_text("utf-8"))[1]) for unit in UNITS]
    stops += [
        int(service["stop_grace_period"].rstrip("s"))
        for name, service in COMPOSE["services"].items()
        if name in ("web", "worker")
    ]
    stops += [pod(name)["terminationGracePeriodSeconds"] for name in ("web", "worker")]
    assert len(stops) == 6 and min(stops) > serving.STOP_SECONDS


def test_probes_and_ports_are_those_of_the_server(app):
    web = pod("web")["containers"][0]
    routes = {rule.rule for rule in app.url_map.iter_rules()}
    probes = [web[name]["httpGet"] for name in ("startupProbe", "livenessProbe", "readinessProbe")]
    assert {probe["path"] for probe in probes} <= routes
    assert web["ports"][0]["containerPort"] == Config().port
    assert f"EXPOSE {Config().port}" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert f"127.0.0.1:{Config().port}" in (DEPLOY / "nginx.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["web", "worker"])
def test_pods_may_do_nothing_they_need_not(name):
    spec = pod(name)
    container = spec["containers"][0]
    assert spec["securityContext"]["runAsNonRoot"] and not spec["automountServiceAccountToken"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert not container["securityContext"]["allowPrivilegeEscalation"]
    assert {"memory"} <= set(container["resources"]["limits"]) and "cpu" in container["resources"]["requests"]
    assert all(volume["emptyDir"]["medium"] == "Memory" for volume in spec["volumes"] if "emptyDir" in volume)


def test_workers_grow_with_the_queue_that_the_server_fills():
    trigger = of_kind("ScaledObject")["worker"]["spec"]["triggers"][0]
    assert trigger["metadata"]["listName"] == QUEUES[READ]


def test_workers_reach_the_broker_alone():
    rules = {one["metadata"]["name"]: one["spec"] for one in KUBERNETES if one["kind"] == "NetworkPolicy"}
    assert rules["nobody"]["podSelector"] == {} and set(rules["nobody"]["policyTypes"]) == {"Ingress", "Egress"}
    assert {port["port"] for rule in rules["worker"]["egress"] for port in rule["ports"]} == {53, 6379}
    assert COMPOSE["services"]["worker"]["networks"] == ["inside"] and COMPOSE["networks"]["inside"]["internal"]


def test_the_manifests_build():
    folder = DEPLOY / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text("utf-8"))["resources"]
    assert {path.name for path in folder.glob("*.yaml")} - set(listed) == {"kustomization.yaml", "secret.example.yaml"}
    if kubectl := shutil.which("kubectl"):
        done = subprocess.run([kubectl, "kustomize", str(folder)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_caddy_takes_its_file():
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert text.count("{") == text.count("}") and "log" not in re.findall(r"^\s*(\w+)", text, re.MULTILINE)
    if caddy := shutil.which("caddy"):
        command = [caddy, "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-500:]


def test_no_part_of_a_composition_swaps_and_the_broker_keeps_nothing():
    services = COMPOSE["services"]
    for name in ("web", "worker", "broker"):
        assert services[name]["mem_limit"] == services[name]["memswap_limit"]
    command = services["broker"]["command"]
    assert command[command.index("--save") + 1] == "" and command[command.index("--appendonly") + 1] == "no"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_image_is_built_of_what_the_wheel_needs():
    let_in = {
        line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    hook = project["tool"]["hatch"]["metadata"]["hooks"]["custom"]["path"]
    assert {*wheel, hook, "pyproject.toml", "README.md", "LICENSE"} <= let_in
    for line in (DEPLOY / "Dockerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY requirements"):
            assert all((ROOT / name).is_file() for name in line.split()[1:-1])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_are_well_formed_and_closed(unit, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian: systemd)")
    here = tmp_path / unit.name.replace("@", "@1")
    here.write_text(unit.read_text("utf-8").replace("/opt/secondlook/bin/secondlook", "/bin/true"))
    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(here)], capture_output=True, text=True, check=False
    )
    assert "secondlook" not in verified.stderr, verified.stderr
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(here)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout[-300:]
    for line in ("MemorySwapMax=0", "LimitCORE=0", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"):
        assert line in unit.read_text("utf-8")


def test_the_dashboard_has_a_place_for_each_panel():
    panels = json.loads((DEPLOY / "grafana" / "secondlook.json").read_text("utf-8"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels) > 10
    assert all(panel["targets"] and panel["title"] for panel in panels)
