"""The two servers, started with as many workers and threads: this project, and the naive build."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.servers import ROOT, free_port, serving, stop
from web.server import ONE_THREAD, THREADS

WORKERS = 2
# Seconds; importing PyTorch on a busy machine takes some.
PATIENCE = 180
OWN_SETTINGS = {
    # The rate limits count, and believe the generator whose messages they are.
    "RADCE_RATE_LIMITS": "1",
    "RADCE_TRUSTED_PROXIES": "1",
}


@dataclass(frozen=True, slots=True)
class Started:
    """A server that answers: its port, its master, and the seconds until its first worker did."""

    port: int
    pid: int
    seconds: float


@contextmanager
def radce(folder: Path) -> Iterator[Started]:
    """`radce serve` over the current index, with a database in the folder and all that it does in earnest."""
    settings = {
        **OWN_SETTINGS,
        "RADCE_INDEX_DIR": os.environ.get("RADCE_INDEX_DIR", str(ROOT / "var" / "index")),
        "DATABASE_URL": f"sqlite:///{folder}/radce.db",
    }
    with serving(folder, settings, workers=WORKERS) as server:
        yield Started(int(server.url.rpartition(":")[2]), server.process.pid, server.seconds)


def build_naive(folder: Path) -> None:
    """Make the naive build's index."""
    subprocess.run(
        [sys.executable, "-m", "bench.load.naive", str(folder)], cwd=ROOT, env=_naive_environment(), check=True
    )


@contextmanager
def naive(folder: Path) -> Iterator[Started]:
    """The naive build over its index, preloaded like this project."""
    port = free_port()
    options = [f"--workers={WORKERS}", f"--threads={THREADS}", "--preload", f"--bind=127.0.0.1:{port}"]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *options,
        "--log-level=warning",
        f"bench.load.naive:create_app('{folder}')",
    ]
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=_naive_environment(), text=True)
    try:
        _wait(process, f"http://127.0.0.1:{port}/api/v1/chat")
        yield Started(port, process.pid, time.monotonic() - began)
    finally:
        with suppress(subprocess.TimeoutExpired):  # its graceful end is not what is measured
            stop(process, seconds=40)


def _naive_environment() -> dict[str, str]:
    return {**os.environ, **ONE_THREAD, "HF_HUB_OFFLINE": "1"}


def _wait(process: subprocess.Popen[str], url: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.post(url, json={"message": "roaming"}, timeout=PATIENCE).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.02)
    raise RuntimeError("the naive build did not start")
