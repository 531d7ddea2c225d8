"""HTTP over a kept connection, as little of it as the generator needs: it runs on the server's cores."""

import asyncio
import re

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_END = b"\r\n\r\n"


def client_address(network: int, number: int) -> str:
    """The address of a client of a network, as a proxy would tell it: each is another one to the rate limits."""
    third, fourth = divmod(number % 65_536, 256)
    return f"10.{network}.{third}.{fourth}"


class Connection(asyncio.Protocol):
    """One request at a time to a server that tells the length of its responses."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.usable = False

    @classmethod
    async def open(cls, host: str, port: int) -> "Connection":
        """A connection to the server. Raises OSError."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, host, port)
        return connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        assert isinstance(transport, asyncio.Transport)
        self._transport, self.usable = transport, True

    def data_received(self, data: bytes) -> None:
        """A piece of a response has come."""
        self._buffer += data
        end = self._buffer.find(_END)
        if end < 0 or self._waiting is None:
            return
        head = bytes(self._buffer[: end + 2])
        length = _LENGTH.search(head)
        whole = end + len(_END) + (int(length[1]) if length else 0)
        if len(self._buffer) < whole:
            return
        body = bytes(self._buffer[end + len(_END) : whole])
        del self._buffer[:whole]
        if _CLOSES.search(head):
            self.close()
        waiting, self._waiting = self._waiting, None
        if not waiting.done():
            waiting.set_result((int(head.split(b" ", 2)[1]), body))

    def connection_lost(self, _exc: Exception | None) -> None:
        """The server has closed the connection."""
        self.usable = False
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError("the server closed the connection"))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and the body of the response. Raises ConnectionError."""
        if self._transport is None or not self.usable:
            raise ConnectionError("the connection is closed")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        """Close the connection."""
        self.usable = False
        if self._transport is not None:
            self._transport.close()
