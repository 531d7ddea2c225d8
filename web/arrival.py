"""A request on its way: the bytes that have come, and whether they are all of it.

The main loop of a worker gathers them, so that a thread is given to whole requests only: it never waits for a client.
"""

import re
from http import HTTPStatus

from gunicorn.http.body import CHUNK_EXT_RE

from web.json_body import LARGEST_BODY

# Bytes of a request's first line and headers together; browsers send one or two thousand.
LARGEST_HEAD = 32 * 1024
# Bytes of a body that comes in chunks, with what stands between these; it may hold LARGEST_BODY.
LARGEST_CHUNKED = 2 * LARGEST_BODY
END = b"\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(;.*)?", re.DOTALL)
# Digits of a length that is read; a longer one is too large in any case.
_LONGEST_LENGTH = 12


class Arrival:
    """A request of which some bytes have come; bytes of the next one may follow them.

    `whole`: it can be answered; `cut`: it can, but its body is too large to be waited for, and still comes;
    `over`: no more comes; `refusal`: it is none, and why; `awaits_word`: its body is only sent after a "100 Continue".
    """

    def __init__(self) -> None:
        self.whole = False
        self.cut = False
        self.over = False
        self.refusal: HTTPStatus | None = None
        self.awaits_word = False
        self._data = bytearray()
        self._body: int | None = None  # where it begins, once the head has come
        self._end: int | None = None  # where it ends; of chunks it is not known before
        self._chunk = 0  # where the chunk begins that has not come yet

    @property
    def done(self) -> bool:
        """Whether nothing more is waited for."""
        return self.whole or self.over or self.refusal is not None

    def __len__(self) -> int:
        """The bytes that have come."""
        return len(self._data)

    def __bytes__(self) -> bytes:
        """What has come."""
        return bytes(self._data)

    def add(self, piece: bytes) -> None:
        """Take the next bytes."""
        searched = max(0, len(self._data) - 3)
        self._data += piece if self._data else piece.lstrip(END)  # an empty line before a request is let pass
        if self._body is None:
            self._look_for_body(searched)
        if self._body is None or self.whole:
            return
        if self._end is None:
            self._follow_chunks()
        else:
            self.whole = len(self._data) >= self._end
        self.awaits_word = self.awaits_word and not self.whole

    def end(self) -> None:
        """No more comes."""
        self.over = True
        if self._data and not self.whole:
            self.refusal = HTTPStatus.BAD_REQUEST

    def expire(self) -> None:
        """What has not come has not come in time."""
        self.over = True
        if self._data and not self.whole:
            self.refusal = HTTPStatus.REQUEST_TIMEOUT

    def _look_for_body(self, searched: int) -> None:
        end = self._data.find(END + END, searched)
        if end < 0 or end > LARGEST_HEAD:
            if len(self._data) > LARGEST_HEAD:
                first = self._data.find(END)
                long_line = first < 0 or first > LARGEST_HEAD
                self.refusal = (
                    HTTPStatus.REQUEST_URI_TOO_LONG if long_line else HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                )
            return
        self._body = self._chunk = end + len(END + END)
        head = bytes(self._data[: end + len(END)])
        if _CHUNKED.search(head):
            self.awaits_word = bool(_CONTINUE.search(head))
            return
        length = _LENGTH.search(head)
        self._end = self._body
        if length is None:
            return
        if len(length[1]) > _LONGEST_LENGTH or int(length[1]) > LARGEST_BODY + 1:
            self.whole = self.cut = True
            return
        self._end += int(length[1])
        self.awaits_word = bool(_CONTINUE.search(head))

    def _follow_chunks(self) -> None:
        """Pass over the chunks that have come (RFC 9112, section 7.1); fields behind the last one are not taken."""
        while (line_end := self._data.find(END, self._chunk)) >= 0:
            line = _SIZE.fullmatch(bytes(self._data[self._chunk : line_end]))
            if line is None or (line[2] and not CHUNK_EXT_RE.fullmatch(line[2])):
                self.refusal = HTTPStatus.BAD_REQUEST
                return
            size = int(line[1], 16)
            after = line_end + len(END) + size
            closing = bytes(self._data[after : after + len(END)])
            if closing != END[: len(closing)]:
                self.refusal = HTTPStatus.BAD_REQUEST
            if len(closing) < len(END) or self.refusal:
                break
            if not size:
                self.whole = True
                return
            self._chunk = after + len(END)
        if self._body is not None and len(self._data) - self._body > LARGEST_CHUNKED and not self.refusal:
            self.refusal = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
