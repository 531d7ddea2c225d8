"""Where a turn's time goes, by the server's own numbers (`/metrics`)."""

import requests
from prometheus_client.parser import text_string_to_metric_families

ROUTE = "chat.chat"


def stages(port: int) -> dict[str, float]:
    """Mean milliseconds of a chat request so far: of each stage, and of what is left of the whole."""
    text = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=30).text
    return means(text)


def means(text: str) -> dict[str, float]:
    """The means of a text in Prometheus's format; none where no chat was answered."""
    sums: dict[str, float] = {}
    requests_counted = 0.0
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.labels.get("route") != ROUTE:
                continue
            if sample.name == "radce_stage_seconds_sum":
                sums[sample.labels["stage"]] = sums.get(sample.labels["stage"], 0.0) + sample.value
            elif sample.name == "radce_request_seconds_sum":
                sums["whole"] = sums.get("whole", 0.0) + sample.value
            elif sample.name == "radce_request_seconds_count":
                requests_counted += sample.value
    if not requests_counted:
        return {}
    mean = {name: 1000 * seconds / requests_counted for name, seconds in sums.items()}
    mean["rest"] = mean["whole"] - sum(value for name, value in mean.items() if name != "whole")
    return mean
