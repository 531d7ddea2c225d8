"""The same client_message_id again returns the same reply and does nothing twice."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def new_id() -> str:
    return str(uuid.uuid4())


def test_a_first_message_sent_twice_opens_one_conversation(ask: Any) -> None:
    name = new_id()
    first = ask("How do I switch on roaming?", client_message_id=name)
    assert ask("How do I switch on roaming?", client_message_id=name) == first


def test_a_later_message_sent_twice_is_one_turn(ask: Any) -> None:
    first = ask("How do I switch on roaming?")
    talk, name = first["conversation_id"], new_id()
    second = ask("Taycan", conversation_id=talk, client_message_id=name)
    assert second["entry_id"] == "roaming-activate"
    later = ask("Good morning", conversation_id=talk)
    assert ask("Taycan", conversation_id=talk, client_message_id=name) == second
    assert later["message_id"] != second["message_id"]


def test_a_first_message_sent_again_with_its_conversation_is_the_same_message(ask: Any) -> None:
    name = new_id()
    first = ask("hello", client_message_id=name)
    assert ask("hello", client_message_id=name, conversation_id=first["conversation_id"]) == first


def test_two_first_messages_at_once_get_one_reply(ask: Any) -> None:
    for _ in range(5):
        name = new_id()
        with ThreadPoolExecutor(4) as threads:
            turns = [threads.submit(ask, "jak zapnu roaming", client_message_id=name) for _ in range(4)]
            first, *others = [turn.result() for turn in turns]
        assert all(other == first for other in others)


def test_two_later_messages_at_once_get_one_reply(ask: Any) -> None:
    talk = ask("jak zapnu roaming")["conversation_id"]
    for _ in range(5):
        name = new_id()
        with ThreadPoolExecutor(4) as threads:
            turns = [threads.submit(ask, "Taycan", conversation_id=talk, client_message_id=name) for _ in range(4)]
            first, *others = [turn.result() for turn in turns]
        assert all(other == first for other in others)


def test_the_same_id_in_another_conversation_is_another_message(ask: Any) -> None:
    name = new_id()
    talks = [ask("hello")["conversation_id"] for _ in range(2)]
    replies = [ask("Taycan", conversation_id=talk, client_message_id=name) for talk in talks]
    assert [reply["conversation_id"] for reply in replies] == talks


def test_customers_whose_pages_count_from_one_do_not_share_a_conversation(ask: Any) -> None:
    one = ask("How do I switch on roaming?", client_message_id="1")
    other = ask("Where do I find my charging invoices?", client_message_id="1")
    assert one["conversation_id"] != other["conversation_id"]
    assert one["entry_id"] != other["entry_id"]
