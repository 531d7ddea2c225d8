"""Where a turn's time goes, by the server's own numbers (`/metrics`)."""

from collections.abc import Mapping

import requests
from prometheus_client.parser import text_string_to_metric_families

ROUTE = "chat.chat"
WHOLE, COUNT = "whole", "count"


def told(port: int) -> dict[str, float]:
    """What a server has told so far, as `sums` reads it."""
    return sums(requests.get(f"http://127.0.0.1:{port}/metrics", timeout=30).text)


def sums(text: str) -> dict[str, float]:
    """Seconds of all chat requests by stage, and whole, and their number, in a text of Prometheus's format."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.labels.get("route") != ROUTE:
                continue
            name = {
                "radce_stage_seconds_sum": sample.labels.get("stage", ""),
                "radce_request_seconds_sum": WHOLE,
                "radce_request_seconds_count": COUNT,
            }.get(sample.name)
            if name:
                found[name] = found.get(name, 0.0) + sample.value
    return found


def means(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Mean milliseconds of the chat requests between two readings: of each stage, and of what is left of the whole.

    None where no chat was answered between them.
    """
    requests_counted = after.get(COUNT, 0.0) - before.get(COUNT, 0.0)
    if not requests_counted:
        return {}
    mean = {
        name: 1000 * (seconds - before.get(name, 0.0)) / requests_counted
        for name, seconds in after.items()
        if name != COUNT
    }
    mean["rest"] = mean[WHOLE] - sum(value for name, value in mean.items() if name != WHOLE)
    return mean
