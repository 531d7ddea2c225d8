"""Serving with gunicorn: everything is loaded once, before the workers are forked, and used only after it."""

import gc
import os
import signal
import socket
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import TYPE_CHECKING

import click
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from index.errors import IndexingError
from index.pointer import current_folder
from web.errors import WebError
from web.process import allow_connections, share_heap, share_numbers
from web.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from bot.assistant import Assistant
    from web.upkeep import Upkeep

# Set before ONNX Runtime, torch, FAISS and tokenizers are imported: pools of threads do not survive a fork.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
# Threads that a worker reads requests with; replies are computed one at a time. Browsers open connections in advance
# and leave them idle: with one thread, or gunicorn's "sync" worker, each of them stops a worker until its time is up.
THREADS = 16
# Seconds that a connection is kept for the next request: longer than the proxy keeps its own (deploy/nginx.conf), which
# would otherwise send a message on one that has just been closed.
KEPT = 75
# Connections that a worker may have open, most of them idle; gunicorn takes no more then.
CONNECTIONS = 4000
# Bytes of a request's first line and of a header, the most that gunicorn allows: a query of 2000 letters, some of them
# with diacritics, still fits.
LONGEST_LINE = 8190
# Browsers send about twenty, and proxies add some.
MOST_HEADERS = 64
# Seconds that requests under way may take after SIGTERM.
GRACE = 10
# Seconds that workers with a new index may take until they can answer.
PATIENCE = 60


def serve(settings: Settings) -> None:
    """Answer requests until SIGTERM or SIGINT. Raises WebError, KbError or IndexingError where it can't begin."""
    _check_address(settings)
    os.environ.update(ONE_THREAD)
    share_heap()
    allow_connections(CONNECTIONS)
    share_numbers()
    from web.logs import configure_logs
    from web.storage.database import Database

    configure_logs(requests=settings.request_log)
    Database(settings.database_url).prepare()
    _Server(settings).run()


def address(settings: Settings) -> str:
    """The address that the server answers at, without a scheme."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{host}:{settings.port}"


def _check_address(settings: Settings) -> None:
    """Raises WebError where the address can't be listened on; gunicorn would try again and again."""
    try:
        family, kind, protocol, _, name = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(name)
    except OSError as error:
        remedy = "choose another with --host and --port, or with RADCE_HOST and RADCE_PORT"
        raise WebError(f"can't listen on {address(settings)}: {error.strerror or error}; {remedy}") from error


class _Master(Arbiter):  # type: ignore[misc]
    """gunicorn's master; Ctrl-C ends requests under way as gracefully as SIGTERM, and a new index is taken over."""

    def handle_int(self) -> None:
        self.handle_term()

    def handle_hup(self) -> None:
        self._take_over()

    def murder_workers(self) -> None:
        # gunicorn calls this every second.
        super().murder_workers()
        if self.app.has_newer_index():
            self._take_over()

    def _take_over(self) -> None:
        """Let new workers answer from the current index, and end the old ones once all of the new ones can."""
        served, old = self.app.served, {*self.WORKERS}
        if not self.app.reopen():
            return
        for _ in range(self.num_workers):
            self.spawn_worker()
        if not self.app.are_ready(self.num_workers):
            self.app.go_back(served, "its workers do not start")
            old = {*self.WORKERS} - old
        for worker in old:
            self.kill_worker(worker, signal.SIGTERM)


def cores_of_workers(workers: int) -> list[int]:
    """The cores that workers are bound to, one each, as the system numbers them; none where their number differs.

    A request goes through several threads: where they stay on one core, its caches are warm (docs/performance.md).
    """
    if not hasattr(os, "sched_getaffinity"):  # macOS
        return []
    cores = sorted(os.sched_getaffinity(0))
    return cores if 1 < len(cores) == workers else []


@dataclass(frozen=True, slots=True)
class _Served:
    """What the workers answer from: an index folder, opened."""

    folder: Path
    assistant: "Assistant"
    app: "Flask"


def _open(settings: Settings, folder: Path) -> _Served:
    """What answers from a folder. The encoder is loaded beside all else, by a thread that is gone before the fork."""
    from index.encoders import load_encoder

    with ThreadPoolExecutor(1) as aside:
        encoder = aside.submit(load_encoder, settings.encoder)
        from web.app import create_app
        from web.service import open_assistant

        assistant = open_assistant(settings, folder, encoder.result)
        return _Served(folder, assistant, create_app(settings, assistant))


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn over one app, which is made anew for a new index."""

    def __init__(self, settings: Settings) -> None:
        """Raises KbError or IndexingError where the current index can't be opened."""
        self.settings = settings
        self.tried = current_folder(settings.index_dir)  # the last one: served, or refused
        self.served = _open(settings, self.tried)
        self.upkeep: Upkeep | None = None  # of the worker
        self.waiting, self.starting = os.pipe()  # a worker that can answer writes a byte
        super().__init__()

    def load_config(self) -> None:
        """gunicorn's settings: its log among ours, no files."""
        chosen: dict[str, object] = {
            "bind": [address(self.settings)],
            "workers": self.settings.workers,
            "worker_class": "web.worker.HttpWorker",
            "threads": THREADS,
            "worker_connections": CONNECTIONS,
            "keepalive": KEPT,
            "sendfile": False,  # it would hold a thread until the client has read
            "preload_app": True,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "logger_class": "web.logs.GunicornLogger",
            "control_socket_disable": True,
            "limit_request_line": LONGEST_LINE,
            "limit_request_fields": MOST_HEADERS,
            "limit_request_field_size": LONGEST_LINE,
            "forwarded_allow_ips": "",  # RADCE_TRUSTED_PROXIES says whom to believe, and nothing else
            "proc_name": "radce",
            "when_ready": _freeze,
            "pre_fork": self.choose_core,
            "child_exit": _forget,
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> "Flask":
        """The app."""
        return self.served.app

    def has_newer_index(self) -> bool:
        """Whether another index folder is current than the one served, and was not refused."""
        try:
            return current_folder(self.settings.index_dir) not in (self.served.folder, self.tried)
        except IndexingError:
            return False

    def reopen(self) -> bool:
        """Open the current index in place of the one served; False, and all stays as it is, where it is broken."""
        served = self.served
        gc.unfreeze()
        gc.disable()
        try:
            self.tried = current_folder(self.settings.index_dir)
            self._serve(_open(self.settings, self.tried))
        except Exception as error:  # whatever is wrong with it, the server goes on
            self.go_back(served, str(error))
        finally:
            gc.collect()  # what was served before, and is not any longer
            _freeze(None)
        os.close(self.waiting)
        os.close(self.starting)
        self.waiting, self.starting = os.pipe()
        return self.served is not served

    def go_back(self, served: _Served, reason: str) -> None:
        """Go on with what was served before; the index that was tried is not tried again."""
        click.echo(f"radce: the new index is refused, and the old one goes on: {reason}", err=True)
        self._serve(served)

    def _serve(self, served: _Served) -> None:
        self.served, self.callable = served, served.app

    def are_ready(self, workers: int) -> bool:
        """Wait until so many new workers can answer; False where they need too long."""
        end = time.monotonic() + PATIENCE
        while workers and (left := end - time.monotonic()) > 0:
            if select([self.waiting], [], [], left)[0]:
                workers -= len(os.read(self.waiting, workers))
        return not workers

    def run(self) -> None:
        """Serve until a signal ends it."""
        _Master(self).run()

    def choose_core(self, arbiter: Arbiter, worker: Worker) -> None:
        """The core that a worker which is about to begin will stay on: that of the fewest others (None: any)."""
        cores = cores_of_workers(self.settings.workers)
        taken = Counter(other.core for other in arbiter.WORKERS.values())
        worker.core = min(cores, key=lambda core: taken[core], default=None)

    def begin(self, worker: Worker) -> None:
        """A worker's first act: try everything once; the first worker then says that the server answers."""
        if worker.core is not None:
            with suppress(OSError):  # a sandbox may forbid it: then it runs where it may
                os.sched_setaffinity(0, {worker.core})  # its threads, which begin later, stay there, too
        from bot.message import Message
        from bot.state import DialogueState

        # Ctrl-C reaches the workers, too; the master tells them when to stop.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from web.thinking import THINKING
        from web.upkeep import Mind, Upkeep

        # The first reply takes longer than all others.
        self.served.assistant.reply(Message("roaming"), DialogueState())
        ready = self.served.app.test_client().get("/health/ready")
        # Later on, a database that is gone comes back, and workers with it.
        if ready.status_code != 200 and worker.age <= self.settings.workers:
            click.echo("radce: the server is not ready: the database does not answer", err=True)
            sys.exit(Arbiter.WORKER_BOOT_ERROR)  # any other code, and gunicorn would try again for ever
        index = self.served.assistant.index
        mind = Mind(index.retriever, index.manifest.name, self.served.app.extensions[THINKING])
        self.upkeep = Upkeep(self.settings, mind)
        os.write(self.starting, b".")
        if worker.age == 1:
            # The socket has been listening since before the fork: who connects now is answered.
            click.echo(f"Radce answers at http://{address(self.settings)}/")

    def end(self, _arbiter: Arbiter, _worker: Worker) -> None:
        """A worker's last act."""
        if self.upkeep is not None:
            self.upkeep.end(GRACE)


def _freeze(_arbiter: Arbiter | None) -> None:
    """Keep the collector away from what the master loaded: its memory then stays shared with the workers."""
    gc.freeze()
    gc.enable()


def _forget(_arbiter: Arbiter, worker: Worker) -> None:
    """Leave out the state of a worker that is gone; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
