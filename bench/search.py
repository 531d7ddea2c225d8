"""How long suggestions and searches take beside a request that does nothing, in one process.

    python -m bench.search

Suggestions are asked for at every letter of the entries' titles, searches for every title, in both languages; each
round also asks for /health/live, so that a busy machine slows all of them alike. Printed is a table.
"""

import os
import statistics
import time
from collections.abc import Iterator

from flask.testing import FlaskClient

from kb.knowledge_base import KnowledgeBase
from kb.model import Language
from web.app import create_app
from web.service import open_assistant
from web.settings import Settings

BASELINE = "/health/live"
# Every so many letters of a title are a suggestion's turn.
STRIDE = 3


def _titles(base: KnowledgeBase) -> list[str]:
    return [entry.question.text(language) for entry in base.entries for language in Language]


def _typed(title: str) -> Iterator[str]:
    return (title[:size] for size in range(1, len(title) + 1, STRIDE))


def _milliseconds(client: FlaskClient, path: str, query: str = "") -> float:
    began = time.perf_counter()
    response = client.get(path, query_string={"q": query} if query else {})
    taken = (time.perf_counter() - began) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code} to {query!r}")
    return taken


def measure(client: FlaskClient, titles: list[str]) -> dict[str, list[float]]:
    """The milliseconds of all requests, by what was asked for."""
    times: dict[str, list[float]] = {"live": [], "suggest": [], "search": []}
    for title in titles:
        for typed in _typed(title):
            times["live"].append(_milliseconds(client, BASELINE))
            times["suggest"].append(_milliseconds(client, "/api/v1/suggest", typed))
        times["search"].append(_milliseconds(client, "/api/v1/search", title))
    return times


def main() -> None:
    """Print the table."""
    settings = Settings.from_environment(os.environ)
    assistant = open_assistant(settings)
    client = create_app(settings, assistant).test_client()
    _milliseconds(client, "/api/v1/search", "roaming")  # the first search takes longer than all others
    times = measure(client, _titles(assistant.index.base))
    baseline = statistics.median(times["live"])
    print("| | requests | median, ms | 99th percentile, ms | median, times /health/live |\n|---|---|---|---|---|")  # noqa: T201
    for name, taken in times.items():
        median, slow = statistics.median(taken), statistics.quantiles(taken, n=100)[-1]
        print(f"| {name} | {len(taken)} | {median:.2f} | {slow:.2f} | {median / baseline:.1f} |")  # noqa: T201


if __name__ == "__main__":
    main()
