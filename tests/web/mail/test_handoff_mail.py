"""Nothing that a customer writes can become another header or recipient of a mail."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.web.mail.mailbox import parsed
from web.mail.addresses import LONGEST_ADDRESS, is_address
from web.mail.handoff_mail import handoff_mail
from web.storage.mail_queue import WaitingMail
from web.storage.records import StoredTurn

HEADERS = [
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
]  # fmt: skip
ENCODABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(ENCODABLE, ENCODABLE, st.sampled_from(["cs", "en"]))
@example("Jan\r\nBcc: eva@example.com", "\r\n.\r\nRCPT TO:<eva@example.com>", "cs")
@example("Jan\u2028Bcc: eva@example.com\x85X: y\x0bZ: z", "From here\n.", "en")
@example('"<eva@example.com>, ', "=?utf-8?q?=0ABcc:_x?=", "en")
def test_a_mail_has_its_own_headers_and_no_others(name: str, message: str, language: str) -> None:
    turn = StoredTurn(number=1, created=0, message=message, reply='{"text": "Dobrý den."}')
    waiting = WaitingMail(
        "case", "team@example.com", 1, "", 0, "jan@example.com", name, message, "CZ", language, (turn,)
    )
    content = handoff_mail(waiting, "radce@example.com").as_bytes()
    mail = parsed(content)
    assert sorted(mail.keys()) == sorted(HEADERS)
    assert mail["To"].addresses[0].addr_spec == "team@example.com"
    assert [address.addr_spec for address in mail["Reply-To"].addresses] == ["jan@example.com"]
    assert mail.defects == []
    told = mail.get_content()
    assert " ".join(message.split()) in " ".join(told.split())
    assert "Dobrý den." in told


@pytest.mark.parametrize(
    "address", ["jan@example.com", "jan.novak+porsche@mail.example.co.uk", "o'neil@example.ie", "1@2.cz"]
)
def test_an_address_is_taken(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "", "jan", "jan@", "@example.com", "jan@example", "jan@example..com", ".jan@example.com", "jan.@example.com",
        "a@b.cz, c@d.cz", "a@b.cz\nBcc: c@d.cz", "a@b.cz\n", "Jan <jan@example.com>", '"jan novak"@example.com',
        "jan@-example.com", "jan@[127.0.0.1]", "jan@exa mple.com", "žan@example.com", "a" * 65 + "@example.com",
        "jan@" + ("a" * 60 + ".") * 5 + "com", "a@b@c.cz", "a%0a@b.cz\r",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_address_is_refused(text: str) -> None:
    assert not is_address(text)
    assert not is_address("a@" + "b." * LONGEST_ADDRESS + "cz")
