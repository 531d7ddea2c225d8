"""What was said before helps a message that leans on it, and changes no other."""

from collections.abc import Sequence

import pytest

from bot.assistant import Assistant
from bot.message import Message
from bot.reply import Reply
from bot.state import DialogueState, EntryShown
from kb.model import Language
from tests.bot.conftest import Talk


def after(assistant: Assistant, entry_id: str, said: str, language: Language) -> Reply:
    """The reply to a message that comes after an entry."""
    state = DialogueState(language=language).apply(EntryShown(entry_id, 0.99))
    return assistant.reply(Message(said, language=language), state)[0]


@pytest.mark.parametrize("language", Language)
def test_a_title_question_is_answered_with_its_entry_whatever_was_said_before(
    assistant: Assistant, language: Language
) -> None:
    entries = assistant.index.base.entries
    found = {}
    for last, entry in zip(entries, (*entries[1:], entries[0]), strict=True):
        found[entry.id] = after(assistant, last.id, entry.question.text(language), language).entry_id
    assert {entry_id: shown for entry_id, shown in found.items() if shown != entry_id} == {}


OUTSIDE: Sequence[tuple[Language, str]] = (
    (Language.CS, "a jaké bude zítra počasí?"),
    (Language.CS, "a kolik váží?"),
    (Language.CS, "a kde koupím zimní pneumatiky?"),
    (Language.EN, "and what's for lunch?"),
    (Language.EN, "and how heavy is it?"),
    (Language.EN, "and who won the match?"),
    (Language.CS, "a kolik stojí výměna oleje?"),
    (Language.EN, "and how much is a new windscreen?"),
    (Language.CS, "ztratil jsem ho"),
    (Language.EN, "and is it safe?"),
    (Language.CS, "a v zimě?"),
    (Language.CS, "a kolik to má koní?"),
)


@pytest.mark.parametrize(("language", "said"), OUTSIDE)
def test_what_has_nothing_to_do_with_the_last_entry_is_declined_after_any(
    assistant: Assistant, language: Language, said: str
) -> None:
    ids = [entry.id for entry in assistant.index.base.entries]
    shown = {entry_id: after(assistant, entry_id, said, language).entry_id for entry_id in ids}
    assert {last: entry_id for last, entry_id in shown.items() if entry_id} == {}


def test_the_words_for_what_an_entry_is_about_find_its_subject(assistant: Assistant) -> None:
    reply = after(assistant, "fod-billing", "and how do I activate them?", Language.EN)
    assert reply.entry_id == "fod-activate"
    assert after(assistant, "charging-price", "and how do I activate them?", Language.EN).entry_id is None


@pytest.mark.parametrize(
    ("language", "said"), [(Language.CS, "a kolik to stojí?"), (Language.EN, "and how much does it cost?")]
)
def test_what_something_costs_is_answered_only_where_an_answer_tells_it(
    assistant: Assistant, language: Language, said: str
) -> None:
    entries = assistant.index.base.entries
    shown = {after(assistant, entry.id, said, language).entry_id for entry in entries}
    told = {entry_id for entry_id in shown if entry_id and not assistant.follow_ups.vocabulary.tells_cost(entry_id)}
    assert "roaming-activate" in shown
    assert told == set()


TOLD: Sequence[tuple[Sequence[str], str]] = (
    (("selling my 911", "will my account be deleted?"), "account-after-sale"),
    (("selling my 911", "do I keep my Porsche ID?"), "account-after-sale"),
    (("I'm selling my Taycan", "what happens to my services?"), "sell-vehicle-services"),
    (("prodávám panameru 2019", "zůstane mi účet?"), "account-after-sale"),
    (("prodavam panameru 2019", "zustane mi ucet?", "a co functions on demand?"), "fod-sell-vehicle"),
    (("prodávám panameru 2019", "co Functions on Demand?"), "fod-sell-vehicle"),
    (("prodávám panameru 2019", "kolik za ni dostanu?", "zůstane mi účet?"), "account-after-sale"),
    # What is asked plainly stays what it is.
    (("prodávám panameru 2019", "jak smažu účet?"), "account-delete"),
    (("prodávám panameru 2019", "jak zruším služby?"), "service-cancel"),
    (("selling my 911", "how do I delete my account?"), "account-delete"),
    (("selling my 911", "where are my charging invoices?"), "charging-invoices"),
)


@pytest.mark.parametrize(("turns", "entry_id"), TOLD)
def test_what_was_told_counts_for_the_questions_after_it(talk: Talk, turns: Sequence[str], entry_id: str) -> None:
    assert talk(turns)[0].entry_id == entry_id


@pytest.mark.parametrize(
    "question",
    [
        "kdo plati dan?",
        "co technicak?",
        "musim neco podepsat?",
        "kde ji mám inzerovat?",
        "vrátíte mi peníze?",
        "jaká je záruka?",
        "what is it worth?",
        "does the warranty stay?",
        "do I have to cancel my insurance?",
        "can I keep the number plates?",
        "what papers do I need?",
    ],
)
def test_a_sale_that_was_told_answers_no_question_that_the_content_does_not_hold(talk: Talk, question: str) -> None:
    assert [talk([told, question])[0].entry_id for told in ("prodávám panameru 2019", "selling my 911")] == [None, None]


AGAIN = [
    ("pairing-code", "a kam ho napisu", Language.CS),
    ("pairing-code", "kde ho zadam", Language.CS),
    ("security-code", "a kde ho zadám?", Language.CS),
    ("security-code", "where do I enter it?", Language.EN),
    ("data-consent", "a jaky to ma nasledky?", Language.CS),
    ("data-consent", "and what are the consequences?", Language.EN),
    ("account-delete", "a jaké to má důsledky?", Language.CS),
]


@pytest.mark.parametrize(("last", "said", "language"), AGAIN)
def test_an_answer_that_tells_where_something_is_entered_or_what_follows_is_shown_again(
    assistant: Assistant, last: str, said: str, language: Language
) -> None:
    assert after(assistant, last, said, language).entry_id == last


ELSEWHERE = [
    ("charging-invoices", "kde je zadam", Language.CS),
    ("account-delete", "kde ho zadám?", Language.CS),
    ("app-video", "a kam ho napíšu?", Language.CS),
    ("roaming-countries", "a kam to zadám?", Language.CS),
    ("charging-history", "where do I type it?", Language.EN),
    ("app-language", "a jaké to má následky?", Language.CS),
    ("carplay-bluetooth", "a jaké to má následky?", Language.CS),
    ("charging-price", "and what are the consequences?", Language.EN),
    ("sim-pin", "a jaký to má důsledek?", Language.CS),
    ("roaming-activate", "a jaké to má následky?", Language.CS),
]


@pytest.mark.parametrize(("last", "said", "language"), ELSEWHERE)
def test_an_answer_that_does_not_tell_it_is_not_shown_again(
    assistant: Assistant, last: str, said: str, language: Language
) -> None:
    assert after(assistant, last, said, language).entry_id != last
