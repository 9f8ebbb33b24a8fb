"""Measure quality on labelled drafts: recall, false alarms, latency."""
