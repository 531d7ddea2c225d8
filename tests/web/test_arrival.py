"""A request on its way: when it is whole, however it is cut into pieces, and what is none."""

from http import HTTPStatus
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.arrival import LARGEST_CHUNKED, LARGEST_HEAD, Arrival
from web.json_body import LARGEST_BODY

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:  5 \r\n\r\nhello"
CHUNKED = (
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'5\r\nhello\r\n5;a="b"\r\n0\r\n\r\n\r\n00a\r\n0123456789\r\n0\r\n\r\n'
)
CHUNKED_HEAD = CHUNKED.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
EXPECTING = b"POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n"


def arrival(*pieces: bytes) -> Arrival:
    """What has come in these pieces."""
    came = Arrival()
    for piece in pieces:
        came.add(piece)
    return came


@pytest.mark.parametrize("request_", [GET, POST, CHUNKED], ids=["get", "length", "chunks"])
def test_a_request_is_whole_with_its_last_byte_and_not_before(request_: bytes) -> None:
    for end in range(len(request_)):
        cut = arrival(request_[:end])
        assert not cut.done
        cut.add(request_[end:])
        assert cut.whole
        assert not cut.refusal
        assert bytes(cut) == request_


@given(st.sampled_from([GET, POST, CHUNKED]), st.lists(st.integers(0, len(CHUNKED)), max_size=6), st.booleans())
def test_pieces_make_no_difference_and_the_next_request_may_follow(
    request_: bytes, cuts: list[int], more: bool
) -> None:
    sent = request_ + (GET if more else b"")
    places = [0, *sorted(cuts), len(sent)]
    came = arrival(*(sent[begin:end] for begin, end in pairwise(places)))
    assert came.whole
    assert bytes(came) == sent


def test_an_empty_line_before_a_request_is_let_pass() -> None:
    assert not arrival(b"\r\n\r\n").done
    assert bytes(arrival(b"\r\n", GET)) == GET


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"x" * LARGEST_HEAD, HTTPStatus.REQUEST_URI_TOO_LONG),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * LARGEST_HEAD, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * LARGEST_HEAD + b"\r\n\r\n", HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
        (CHUNKED_HEAD + b"ZZ\r\n", HTTPStatus.BAD_REQUEST),
        (CHUNKED_HEAD + b"-1\r\n", HTTPStatus.BAD_REQUEST),
        (CHUNKED_HEAD + b"\r\n", HTTPStatus.BAD_REQUEST),
        (CHUNKED_HEAD + b"5 x\r\nhello\r\n", HTTPStatus.BAD_REQUEST),
        (CHUNKED_HEAD + b"5\r\nhello, you\r\n", HTTPStatus.BAD_REQUEST),
        (CHUNKED_HEAD + b"0\r\nX-Trailer: 1\r\n\r\n", HTTPStatus.BAD_REQUEST),
        (CHUNKED_HEAD + b"FFFFFF\r\n" + b"x" * (LARGEST_CHUNKED + 1), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (CHUNKED_HEAD + b"1\r\nx\r\n" * (LARGEST_CHUNKED // 6 + 1), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_what_is_no_request_is_refused(sent: bytes, status: HTTPStatus) -> None:
    came = arrival(sent)
    assert (came.refusal, came.whole) == (status, False)


@pytest.mark.parametrize("length", [LARGEST_BODY + 2, 10**30])
def test_a_body_that_is_too_large_is_not_waited_for(length: int) -> None:
    came = arrival(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % length)
    assert (came.whole, came.cut) == (True, True)


def test_what_ends_too_early_is_refused_and_who_has_said_nothing_is_not() -> None:
    for begun in (GET[:9], POST[:-1], CHUNKED[:-1]):
        ended, late = arrival(begun), arrival(begun)
        ended.end()
        late.expire()
        assert (ended.refusal, late.refusal) == (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_TIMEOUT)
    for close in (Arrival.end, Arrival.expire):
        silent = arrival()
        close(silent)
        assert (silent.done, silent.refusal) == (True, None)


def test_who_waits_to_be_asked_for_a_body_is_known() -> None:
    assert not arrival(EXPECTING[:-2]).awaits_word
    assert arrival(EXPECTING).awaits_word
    assert not arrival(EXPECTING + b"hello").awaits_word
