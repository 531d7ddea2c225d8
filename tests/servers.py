"""Real servers for tests: `radce serve` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[1]
# Seconds; loading the encoder on a busy machine takes a few.
PATIENCE = 240


@dataclass(frozen=True)
class Server:
    """A server that answers; `seconds`: from its command to the first worker that did."""

    url: str
    process: subprocess.Popen[str]
    errors: Path
    seconds: float

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def clean_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with these settings and none of the developer's own; tests may ask without limit."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RADCE_", "DATABASE_URL"))}
    return {**kept, "RADCE_RATE_LIMITS": "0", **settings}


def missing(what: str) -> NoReturn:
    """Skip a test of which something is not installed; in CI it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def radce(*arguments: str, settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The command line, run to its end."""
    return python("-m", "web.cli", *arguments, settings=settings)


def python(*arguments: str, settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A Python process, run to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=clean_environment(settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def serving(folder: Path, settings: Mapping[str, str], *, workers: int = 2) -> Iterator[Server]:
    """A server with these settings, stopped at the end; its output goes into the folder."""
    port = free_port()
    output, errors = folder / "stdout.txt", folder / "stderr.txt"
    command = [sys.executable, "-m", "web.cli", "serve", "--port", str(port), "--workers", str(workers)]
    began = time.monotonic()
    with output.open("w") as out, errors.open("w") as err:
        process = subprocess.Popen(
            command, cwd=ROOT, env=clean_environment(settings), stdout=out, stderr=err, text=True
        )
    try:
        _wait(process, lambda: "Radce answers at" in output.read_text(), errors)
        server = Server(f"http://127.0.0.1:{port}", process, errors, time.monotonic() - began)
        _wait(process, lambda: len(server.workers()) >= workers, errors)  # the others may start after the first
        yield server
    finally:
        stop(process, seconds=20)


def stop(process: subprocess.Popen[str], *, seconds: float) -> None:
    """End a server. Raises TimeoutExpired where it has to be killed because so many seconds are not enough."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def _wait(process: subprocess.Popen[str], is_there: Callable[[], bool], errors: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not is_there():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the server did not start:\n{errors.read_text()}")
        time.sleep(0.01)
