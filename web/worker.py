"""gunicorn's worker, with manners more: no client holds a thread by being slow, and errors are problems.

The main loop waits for clients: until a request has come whole (`arrival.py`), until a response has gone, and until
who is hung up on has heard it. Threads do the rest.
"""

import json
import secrets
import selectors
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from http import HTTPStatus

from gunicorn.http import get_parser
from gunicorn.http.errors import ExpectationFailed, LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from web.arrival import Arrival
from web.headers import is_https, security_headers
from web.problems import problem_fields

# Seconds that a request may take to arrive. On a bad line 24 kB take less.
LONGEST_ARRIVAL = 10
# Seconds that a response may take to be read: 100 kB on a bad line.
LONGEST_DEPARTURE = 30
# Seconds, and bytes, that who is hung up on may still send: closed before, the response might not reach them.
LINGER = 2
LINGER_BYTES = 1 << 20
# Bytes that are read from a client at once.
PIECE = 1 << 16
_STATUS = {
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
}
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_SERVER = b"Server: gunicorn\r\n"


class HttpWorker(ThreadWorker):  # type: ignore[misc]
    """A worker of several threads."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        # Connections that are written to, or hung up on, and until when, in the order of these moments.
        self._departing: dict[TConn, float] = {}
        self._lingering: dict[TConn, float] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for a request of the connection, and give it to a thread once it has come whole."""
        conn.arrival = Arrival()
        conn.sock.setblocking(False)
        if conn.initialized:  # what came behind the last request
            conn.arrival.add(conn.parser.unreader.take_buffered())
        _receive(conn)
        if conn.arrival.done:
            self._begin(conn)
            return
        conn.timeout = time.monotonic() + LONGEST_ARRIVAL
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: TConn, _client: socket.socket) -> None:
        """Take what has come."""
        _receive(conn)
        if conn.arrival.done:
            self._leave_pending(conn)
            self._begin(conn)

    def _leave_pending(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)

    def _begin(self, conn: TConn) -> None:
        """Give a whole request to a thread; it has all of it, and reads nothing from the client."""
        arrival, conn.unsent = conn.arrival, b""
        if arrival.refusal:
            self._refuse(conn, arrival.refusal)
        elif arrival.whole:
            if not conn.initialized:
                conn.parser, conn.data_ready = get_parser(self.cfg, (), conn.client), True
            conn.parser.unreader.unread(bytes(arrival))
            super().enqueue_req(conn)
        else:
            self._close(conn)

    def handle_request(self, req: Request, conn: TConn) -> object:
        """Answer; what the client does not take at once is sent by the main loop."""
        connection = conn.sock
        conn.sock = response = _Response(connection)
        req.must_close = req.must_close or conn.arrival.cut
        try:
            keep = super().handle_request(req, conn)
            response.flush()
        finally:
            conn.sock, conn.unsent = connection, memoryview(response.unsent)
        return keep

    def finish_request(self, conn: TConn, fs: "Future[object]") -> None:
        """What comes after a response: the rest of it, the next request, or the end."""
        if fs.cancelled() or fs.exception():
            self._close(conn)
        elif conn.unsent:
            conn.sock.setblocking(False)
            self._departing[conn] = time.monotonic() + LONGEST_DEPARTURE
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._send, conn, fs))
        elif fs.result():
            super().finish_request(conn, fs)
        else:
            self._hang_up(conn)

    def _send(self, conn: TConn, fs: "Future[object]", _client: socket.socket) -> None:
        """Send what the client takes of the rest."""
        try:
            conn.unsent = conn.unsent[conn.sock.send(conn.unsent) :]
        except BlockingIOError:
            return
        except OSError:  # the client is gone
            self._leave(conn, self._departing)
            self._close(conn)
            return
        if not conn.unsent:
            self._leave(conn, self._departing)
            self.finish_request(conn, fs)

    def _refuse(self, conn: TConn, status: HTTPStatus) -> None:
        """Tell a request that can't be read, as a problem."""
        self.log.warning("a request is refused before it is read: %d", status)
        with suppress(OSError):  # who does not listen is not told
            conn.sock.send(_problem(status, https=self._https))
        self._hang_up(conn)

    def _hang_up(self, conn: TConn) -> None:
        """Send nothing more, and close once the client has, too (RFC 9112, 9.6): gunicorn waits in its loop."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:  # the client was first
            self._close(conn)
            return
        conn.sock.setblocking(False)
        conn.ignored = 0
        self._lingering[conn] = time.monotonic() + LINGER
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._ignore, conn))

    def _ignore(self, conn: TConn, client: socket.socket) -> None:
        try:
            piece = client.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        conn.ignored += len(piece)
        if not piece or conn.ignored > LINGER_BYTES:
            self._leave(conn, self._lingering)
            self._close(conn)

    def _leave(self, conn: TConn, waiting: dict[TConn, float]) -> None:
        self.poller.unregister(conn.sock)
        del waiting[conn]

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """gunicorn calls this every second: it ends those whose time is up."""
        now = time.monotonic()
        if not self.alive:  # who has said nothing yet does not hold up a worker that is to stop
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, now + LINGER)
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            conn = self.pending_conns[0]
            self._leave_pending(conn)
            conn.arrival.expire()
            self._begin(conn)
        for waiting in (self._departing, self._lingering):
            while waiting and (first := next(iter(waiting))) and waiting[first] <= now:
                self._leave(first, waiting)
                self._close(first)

    def _keepalive_after(self, conn: TConn, keepalive: object) -> bool:
        """Whether the next request may follow: not behind a body that still comes."""
        return not conn.arrival.cut and bool(super()._keepalive_after(conn, keepalive))

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception) -> None:
        """Tell a request that can't be read, as a problem; all else is gunicorn's."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status = _STATUS.get(type(exc), HTTPStatus.BAD_REQUEST)
        self.log.warning("a request can't be read: %d", status)
        with suppress(OSError):  # nobody waits for it
            client.send(_problem(status, https=self._https), socket.MSG_DONTWAIT)

    @property
    def _https(self) -> bool:
        return is_https(self.app.settings.public_url)


def _receive(conn: TConn) -> None:
    """Take what the client has sent; who waits to be asked for a body is asked."""
    arrival: Arrival = conn.arrival
    if arrival.done:
        return
    try:
        piece = conn.sock.recv(PIECE)
        if piece:
            arrival.add(piece)
        else:
            arrival.end()
        if arrival.awaits_word:
            arrival.awaits_word = False
            conn.sock.send(_CONTINUE)
    except BlockingIOError:
        return
    except OSError:
        arrival.end()


class _Response:
    """A socket that takes a response in one piece or a few, and keeps what the client does not take at once."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held: list[bytes] = []
        self._size = 0
        self._begun = False
        self.unsent = b""

    def sendall(self, piece: bytes) -> None:
        self._held.append(piece)
        self._size += len(piece)
        if self._size >= PIECE:
            self.flush()

    def send(self, piece: bytes) -> int:
        self.sendall(piece)
        return len(piece)

    def flush(self) -> None:
        if not self._held:
            return
        pieces, self._held, self._size = b"".join(self._held), [], 0
        if not self._begun:
            self._begun, pieces = True, pieces.replace(_SERVER, b"", 1)
        if not self.unsent:
            with suppress(BlockingIOError):
                pieces = pieces[self._connection.send(pieces, socket.MSG_DONTWAIT) :]
        self.unsent += pieces

    def __getattr__(self, name: str) -> object:
        self.flush()
        return getattr(self._connection, name)


def _problem(status: HTTPStatus, *, https: bool) -> bytes:
    body = json.dumps(problem_fields(status, f"The request can't be read: {status.phrase}.")).encode()
    headers = {
        "Connection": "close",
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "X-Request-ID": secrets.token_hex(8),
        **security_headers(https=https),
    }
    lines = [f"HTTP/1.1 {status} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body
