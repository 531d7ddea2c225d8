"""What a server's process asks of the system before it forks its workers."""

import atexit
import ctypes
import os
import resource
import shutil
import tempfile

# Of glibc's malloc.h: how many heaps there may be.
M_ARENA_MAX = -8
# Files that a worker has open beside its connections: the database, the log, the numbers.
FILES = 200


def share_heap() -> None:
    """Let all threads allocate from one heap, where the C library is glibc.

    It gives each thread that allocates at once a heap of its own, up to eight a core; replies are computed one at a
    time, so that these only keep the same memory several times (docs/performance.md).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)


def allow_connections(connections: int) -> None:
    """Let the workers have as many files open as they may have connections, as far as the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + FILES
    if soft not in {resource.RLIM_INFINITY, hard} and soft < wanted:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


def share_numbers() -> None:
    """Make the folder through which the workers add up what they count; it goes with the server."""
    folder = tempfile.mkdtemp(prefix="radce-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    master = os.getpid()

    def remove() -> None:
        if os.getpid() == master:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
