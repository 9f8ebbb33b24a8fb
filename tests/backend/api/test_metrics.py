"""Counters for Prometheus."""

from __future__ import annotations

import re


def test_it_counts_requests_verdicts_and_gaps(client):
    client.post("/v1/checks", json={"text": "机密★10年", "channel": "ai"})
    client.post("/v1/checks", json={"text": "hello", "channel": "ai"})
    text = client.get("/metrics").get_data(as_text=True)
    assert 'secondlook_requests_total{method="POST",route="/v1/checks",status="200"} 2' in text
    assert 'secondlook_verdicts_total{channel="ai",level="stop"} 1' in text
    assert "secondlook_check_seconds_count 2" in text


def test_every_line_is_one_that_prometheus_reads(client):
    client.post("/v1/checks", json={"text": "hello"})
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    line = re.compile(r'(# TYPE \w+ (counter|gauge|histogram)|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [0-9.e+-]+)')
    assert all(line.fullmatch(found) for found in answer.get_data(as_text=True).splitlines())


def test_a_path_that_is_not_there_makes_no_series(client):
    client.get("/v1/words-of-a-draft")
    client.get("/v1/lists/words-of-a-draft")
    assert "words-of-a-draft" not in client.get("/metrics").get_data(as_text=True)
