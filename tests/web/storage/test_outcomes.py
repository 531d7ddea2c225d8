"""What came of a conversation stands in its own row."""

from bot.state import DialogueState
from tests.web.storage.conftest import Execute
from tests.web.storage.turns import record
from web.storage.conversations import Answer, ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.handoffs import HandoffRequest, HandoffStore
from web.storage.ratings import Rating, RatingStore
from web.storage.retention import Retention
from web.storage.turns import TurnIds, TurnRecord

CAME = "SELECT last_kind, last_entry, rating, handed_off IS NOT NULL FROM conversations"


def replying(kind: str, entry_id: str | None = None) -> Answer:
    """A turn of that kind that replies with the conversation's id and the reply's own."""

    def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        return record(f"{ids.conversation_id} {ids.message_id}", kind=kind, entry_id=entry_id), state

    return answer


def test_the_last_reply_that_is_more_than_small_talk_is_kept(store: ConversationStore, execute: Execute) -> None:
    talk, _ = store.take_turn(MessageKey(None), replying("smalltalk")).split()
    assert execute(CAME) == [(None, None, None, False)]
    for kind, entry_id, told in (("answer", "a", ("answer", "a")), ("smalltalk", None, ("answer", "a"))):
        store.take_turn(MessageKey(talk), replying(kind, entry_id))
        assert execute(CAME)[0][:2] == told
    store.take_turn(MessageKey(talk), replying("no_answer"))
    assert execute(CAME)[0][:2] == ("no_answer", None)


def test_the_last_rating_and_the_first_wish_for_a_person_are_kept(
    store: ConversationStore, ratings: RatingStore, database: Database, execute: Execute
) -> None:
    talk, message_id = store.take_turn(MessageKey(None), replying("answer")).split()
    for rating in ("up", "down"):
        ratings.rate(Rating(message_id, rating))
        assert execute(CAME)[0][2] == rating
    handoffs = HandoffStore(database, Retention(90), lambda _: None)
    handoffs.add(HandoffRequest(talk, "jan@example.com"))
    execute("UPDATE conversations SET handed_off = 1")
    handoffs.add(HandoffRequest(talk, "jan@example.com", message="ještě něco"))
    assert execute("SELECT handed_off FROM conversations") == [(1,)]
