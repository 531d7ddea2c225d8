"""gunicorn's worker, with manners more: no client holds a thread by saying nothing or by sending slowly, and errors are
problems.
"""

import json
import selectors
import socket
import time
from functools import partial
from http import HTTPStatus

from gunicorn.http.errors import ExpectationFailed, LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import TConn, ThreadWorker

from web.problems import problem_fields

# Seconds that a request may take to arrive. On a bad line 24 kB take less; who needs more holds a thread.
LONGEST_ARRIVAL = 10
# Bytes of a response that are sent together.
TOGETHER = 1 << 16
# Seconds that those who have said nothing yet may stay connected to a worker that is to stop.
LINGER = 2
_STATUS = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
}


class HttpWorker(ThreadWorker):  # type: ignore[misc]
    """A worker of several threads."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self._arriving: dict[TConn, float] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, once it has said something.

        gunicorn lets a new one have a thread for five seconds: with 2,000 idle ones all others wait for minutes.
        """
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + LONGEST_ARRIVAL
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def murder_pending(self) -> None:
        """gunicorn calls this every second: it closes those who have said nothing for too long."""
        if not self.alive:
            end = time.monotonic() + LINGER
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, end)
        super().murder_pending()

    def handle(self, conn: TConn) -> object:
        """Take a request and answer it; it has arrived in time, or is cut off."""
        self._arriving[conn] = time.monotonic() + LONGEST_ARRIVAL
        try:
            return super().handle(conn)
        finally:
            self._arriving.pop(conn, None)

    def handle_request(self, req: object, conn: TConn) -> object:
        """Answer; gunicorn sends head and body one after the other, and each sending lets other threads go first."""
        connection = conn.sock
        conn.sock = together = _Together(connection)
        try:
            keep = super().handle_request(req, conn)
            together.flush()
        finally:
            conn.sock = connection
        return keep

    def murder_keepalived(self, force: bool = False) -> None:
        """gunicorn calls this every second: nothing more is read from those whose time is up; answers still go out."""
        super().murder_keepalived(force)
        now = time.monotonic()
        for conn in [conn for conn, end in self._arriving.copy().items() if end < now]:
            try:
                conn.sock.shutdown(socket.SHUT_RD)
            except OSError:  # it is closed already
                self._arriving.pop(conn, None)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception) -> None:
        """Tell a request that can't be read, as a problem; all else is gunicorn's."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status = _STATUS.get(type(exc), HTTPStatus.BAD_REQUEST)
        self.log.warning("a request can't be read: %s", type(exc).__name__)
        try:
            write_nonblock(client, _response(status))
        except OSError:  # nobody waits for it
            self.log.debug("the client is gone")


class _Together:
    """A socket that sends what is small together; for anything but sending, all is sent first."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held: list[bytes] = []
        self._size = 0

    def sendall(self, piece: bytes) -> None:
        self._held.append(piece)
        self._size += len(piece)
        if self._size >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        if self._held:
            pieces, self._held, self._size = self._held, [], 0
            self._connection.sendall(b"".join(pieces))

    def __getattr__(self, name: str) -> object:
        self.flush()
        return getattr(self._connection, name)


def _response(status: HTTPStatus) -> bytes:
    body = json.dumps(problem_fields(status, f"The request can't be read: {status.phrase}.")).encode()
    head = (
        f"HTTP/1.1 {status} {status.phrase}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
        f"X-Content-Type-Options: nosniff\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
