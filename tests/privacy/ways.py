"""Every way in: requests that carry the canary, for a client in the process and for a real server."""

from __future__ import annotations

import io

from tests.backend.api.conftest import EXTENSION
from tests.backend.api.test_attachments import drawn, form_of

CANARY = "Zanarivogel7f3e"


def every_way(client, stranger):
    """Yield the answers of requests that carry the canary."""
    post = client.post
    yield post("/v1/checks", json={name: CANARY for name in ("text", "site", "audience", "language")})
    yield post("/v1/checks", json={"text": f"机密★10年 {CANARY}", "thread": [{"from": "them", "text": CANARY}]})
    yield post("/v1/checks", json={"channel": CANARY})
    yield post("/v1/checks", json={"text": [CANARY]})
    yield post("/v1/checks", json={CANARY: CANARY})
    yield post("/v1/checks", json={"attachments": [CANARY]})
    yield post("/v1/checks", json={"thread": [{"from": CANARY, "text": CANARY}]})
    yield post("/v1/checks", data=f'{{"text": "{CANARY}', content_type="application/json")
    yield post("/v1/checks", data=CANARY, content_type=f"text/{CANARY}")
    yield post(f"/v1/checks?wait={CANARY}", json={"text": CANARY})
    yield post("/v1/checks", data={"draft": CANARY, "file": (io.BytesIO(CANARY.encode()), f"{CANARY}.txt")})
    yield post("/v1/checks", data={"draft": "{}", "file": (io.BytesIO(drawn(CANARY)), f"{CANARY}.png")})
    sent = post("/v1/attachments", data={"file": (io.BytesIO(CANARY.encode()), f"{CANARY}.txt")})
    yield sent
    yield client.get(f"/v1/attachments/{sent.json['id']}?wait=30")
    yield post(f"/v1/attachments/{sent.json['id']}/copy", json={"boxes": CANARY})
    yield post(f"/v1/attachments/{CANARY}/copy", json={CANARY: 1})
    yield post("/v1/attachments", **form_of(CANARY.encode() * 100_000))
    yield post("/v1/documents", json={"name": "passage", "text": f"{CANARY} " * 20})
    yield post("/v1/documents", json={"name": CANARY * 99, "text": [CANARY], CANARY: CANARY})
    sent = post("/v1/documents", data={"file": (io.BytesIO(f"{CANARY} of a file ".encode() * 20), "file.txt")})
    yield client.get(f"/v1/documents/{sent.json['id']}?wait=30")
    yield client.get(f"/v1/documents/{CANARY}")
    yield client.patch(f"/v1/documents/{CANARY}", json={"public": CANARY})
    yield post("/v1/folders", json={"path": CANARY})
    yield from every_newer_way(client)
    yield post("/v1/decisions", json={"outcome": CANARY, "level": CANARY, "rules": [CANARY]})
    yield post("/v1/decisions", json={"outcome": "sent", "level": "warn", "verdict": CANARY, CANARY: CANARY})
    yield client.put("/v1/policy", json={"disabled_rules": [CANARY]})
    yield client.put("/v1/policy", json={"levels": {CANARY: {CANARY: CANARY}}, "sites": {"off": [f"{CANARY} x"]}})
    yield client.put(f"/v1/policy/rules/{CANARY} ", json={"speaks": CANARY})
    yield post("/v1/policy/own", json={"name": "my card", "text": f"{CANARY} 12345"})
    yield post("/v1/policy/own", json={"name": "my card", "text": f"{CANARY} 12345"})
    for proposal in ({"toml": f'{CANARY} = "{CANARY}"'}, {"toml": f'"{CANARY}'}, {"answers": {CANARY: [CANARY]}}):
        yield post("/v1/policy/differences", json=proposal)
        yield post("/v1/policy/import", json=proposal, headers={"If-Match": "*"})
    yield client.get("/v1/policy/file")
    yield client.get(f"/v1/decisions/weeks?since={CANARY}")
    yield post("/v1/subscriptions", json={"url": f"https://{CANARY}.example/", "key": CANARY})
    yield post(f"/v1/subscriptions/{CANARY}/check")
    yield post(f"/v1/subscriptions/{CANARY}/apply", json={"version": CANARY})
    yield client.get(f"/v1/{CANARY}")
    yield client.get(f"/v1/lists/{CANARY}")
    yield client.open("/v1/checks", method=CANARY.upper())
    yield client.get("/v1/status", headers={"Host": f"{CANARY}.example", "X-Canary": CANARY})
    yield client.get("/v1/status", headers={"Origin": f"https://{CANARY}.example"})
    yield stranger.get("/v1/lists", headers={"Authorization": f"Bearer {CANARY}"})
    yield stranger.post("/v1/pairings", json={"name": [CANARY]}, headers={"Origin": EXTENSION})
    yield stranger.get(f"/v1/pairings/{CANARY}", headers={"Authorization": f"Pairing {CANARY}"})
    yield client.get("/metrics")
    yield client.get("/openapi.json")


def every_newer_way(client):
    """Yield the answers of requests to lists, files of terms, own data, subscriptions and what only counts."""
    post = client.post
    watching = post("/v1/lists", json={"name": "watching", "observe": True, "terms": ["Sunbird"]}).json["id"]
    yield post("/v1/checks", json={"text": f"Sunbird {CANARY}", "site": "x.com"})
    yield post(f"/v1/lists/{watching}/terms", json={"terms": [f"\n{CANARY}" * 99, 7]})
    yield client.get(f"/v1/lists/{watching}/terms?search={CANARY}&site={CANARY}")
    yield post("/v1/frequencies", json={"terms": [CANARY, {"text": CANARY, "form": CANARY}]})
    for name, content in ((f"{CANARY}.csv", f"{CANARY},{CANARY}\n" * 9), (f"{CANARY}.json", f"[{CANARY}")):
        sent = post("/v1/imports", data={"file": (io.BytesIO(content.encode()), name)})
        assert sent.status_code == 202, (sent.status_code, sent.data)
        yield sent
        yield client.get(f"/v1/imports/{sent.json['id']}?wait=30&list={CANARY}")
        yield post(f"/v1/imports/{sent.json['id']}/apply", json={"list": CANARY, "confirm": True})
        yield client.delete(f"/v1/imports/{sent.json['id']}")
    yield post("/v1/imports", data={CANARY: CANARY})
    yield post("/v1/policy/own", json={"name": "mine", "text": f"{CANARY}@example.org"})
    yield post("/v1/policy/own", json={"name": "mine", "text": CANARY, CANARY: CANARY})
    for toml in (
        f'{CANARY} = "{CANARY}"',
        f"note_at = {CANARY}",
        f'quiet_rules = ["{CANARY}"]',
        f"[does]\n{CANARY} = 1",
    ):
        yield post("/v1/policy/differences", json={"toml": toml})
        yield post("/v1/policy/import", json={"toml": toml})
    yield post("/v1/policy/differences", json={"profile": CANARY})
    yield post("/v1/policy/differences", json={"answers": {CANARY: [CANARY]}})
    yield client.put(f"/v1/policy/rules/{CANARY}", json={"speaks": CANARY})
    yield post("/v1/sealed", json={"format": CANARY, CANARY: CANARY})
    yield client.delete(f"/v1/sealed/{CANARY}")
    yield post("/v1/subscriptions", json={"url": f"https://{CANARY}.example/list.json", "key": CANARY})
    yield client.get(f"/settings/lists/{CANARY}?lang={CANARY}&once={CANARY}")


def from_the_bench(page):
    """Yield the answers to what the settings' own pages send: a text and a file that are tried, and a folder."""
    yield page.post("/v1/checks", json={"text": CANARY, "channel": "ai", "site": CANARY})
    yield page.post("/v1/checks?wait=9", data={"draft": "{}", "file": (io.BytesIO(CANARY.encode()), f"{CANARY}.txt")})
    yield page.post("/v1/folders", json={"path": f"/{CANARY}"})
    yield page.post("/v1/folders", json={"path": f"/{CANARY}\0"})
    yield page.delete(f"/v1/folders/{CANARY}")
    yield page.get(f"/settings/lists/{CANARY}")
    yield page.get(f"/settings/rules.json?{CANARY}={CANARY}")
