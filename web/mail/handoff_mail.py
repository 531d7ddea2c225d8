"""What a mail about a hand-off says: the customer, his message, and the conversation so far."""

import json
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from kb.model import Language
from web.storage.mail_queue import WaitingMail

# Signs of the case's id that stand in the subject.
_REFERENCE = 8


def handoff_mail(waiting: WaitingMail, sender: str) -> EmailMessage:
    """The mail, in the conversation's language. Its Message-ID is the same each time that it is made."""
    words = _words(Language(waiting.language))
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(addr_spec=sender)
    mail["To"] = Address(addr_spec=waiting.recipient)
    # An address of its own kind: nothing in a name can become another header or another recipient.
    mail["Reply-To"] = Address(display_name=" ".join(waiting.name.split()), addr_spec=waiting.reply_to)
    mail["Subject"] = words["subject"].format(reference=waiting.handoff_id[:_REFERENCE])
    mail["Date"] = format_datetime(datetime.fromtimestamp(waiting.created, UTC))
    mail["Message-ID"] = f"<handoff-{waiting.handoff_id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine should answer
    mail.set_content("\n".join(_lines(waiting, words)), cte="base64")
    return mail


def _lines(waiting: WaitingMail, words: dict[str, str]) -> list[str]:
    created = datetime.fromtimestamp(waiting.created, UTC).strftime("%Y-%m-%d %H:%M UTC")
    facts = {
        "name": waiting.name,
        "reply_to": waiting.reply_to,
        "country": waiting.country,
        "created": created,
        "reference": waiting.handoff_id,
    }
    lines = [words["lead"], "", *(words[name].format(value=value) for name, value in facts.items() if value)]
    if waiting.message:
        lines += ["", words["message"], "", waiting.message]
    lines += ["", words["conversation"], ""]
    for turn in waiting.turns:
        lines += [
            words["customer"].format(value=turn.message or "…"),
            "",
            words["assistant"].format(value=turn.told().get("text", "…")),
            "",
        ]
    return lines


def _words(language: Language) -> dict[str, str]:
    read: dict[str, str] = json.loads((Path(__file__).parent / f"handoff.{language}.json").read_text(encoding="utf-8"))
    return read
