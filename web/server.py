"""Serving with gunicorn: everything is loaded once, before the workers are forked, and used only after it."""

import gc
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING

import click
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from web.errors import WebError
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
# Seconds that requests under way may take after SIGTERM.
GRACE = 10


def serve(settings: Settings) -> None:
    """Answer requests until SIGTERM or SIGINT. Raises WebError, KbError or IndexingError where it can't begin."""
    _check_address(settings)
    os.environ.update(ONE_THREAD)
    from web.app import create_app
    from web.service import open_assistant
    from web.storage.database import Database

    Database(settings.database_url).prepare()
    assistant = open_assistant(settings)
    _Server(settings, assistant, create_app(settings, assistant)).run()


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
    """gunicorn's master; Ctrl-C ends requests under way as gracefully as SIGTERM."""

    def handle_int(self) -> None:
        self.handle_term()


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn over one app."""

    def __init__(self, settings: Settings, assistant: "Assistant", app: "Flask") -> None:
        self.settings = settings
        self.assistant = assistant
        self.app = app
        self.upkeep: Upkeep | None = None  # of the worker
        super().__init__()

    def load_config(self) -> None:
        """gunicorn's settings: errors to stderr, no access log, no files."""
        chosen: dict[str, object] = {
            "bind": [address(self.settings)],
            "workers": self.settings.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "radce",
            "when_ready": _freeze,
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> "Flask":
        """The app."""
        return self.app

    def run(self) -> None:
        """Serve until a signal ends it."""
        _Master(self).run()

    def begin(self, worker: Worker) -> None:
        """A worker's first act: try everything once; the first worker then says that the server answers."""
        from bot.message import Message
        from bot.state import DialogueState

        # Ctrl-C reaches the workers, too; the master tells them when to stop.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from web.upkeep import Upkeep

        self.assistant.reply(Message("roaming"), DialogueState())  # the first reply takes longer than all others
        ready = self.app.test_client().get("/health/ready")
        if ready.status_code != 200:
            click.echo("radce: the server is not ready: the database does not answer", err=True)
            sys.exit(Arbiter.WORKER_BOOT_ERROR)  # any other code, and gunicorn would try again for ever
        self.upkeep = Upkeep(self.settings)
        if worker.age == 1:
            # The socket has been listening since before the fork: who connects now is answered.
            click.echo(f"Radce answers at http://{address(self.settings)}/")

    def end(self, _arbiter: Arbiter, _worker: Worker) -> None:
        """A worker's last act."""
        if self.upkeep is not None:
            self.upkeep.end(GRACE)


def _freeze(_arbiter: Arbiter) -> None:
    """Keep the collector away from what the master loaded: its memory then stays shared with the workers."""
    gc.collect()
    gc.freeze()
