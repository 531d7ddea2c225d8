"""What is erased is in none of SQLite's files any more."""

from pathlib import Path

from bot.state import DialogueState
from tests.web.storage.turns import record
from web.storage.conversations import ConversationStore, MessageKey
from web.storage.database import Database
from web.storage.records import RecordStore
from web.storage.retention import Retention
from web.storage.turns import TurnIds, TurnRecord

SECRET = "nezaměnitelný dotaz"


def test_the_words_of_an_erased_conversation_are_in_no_file(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/radce.db")
    store = ConversationStore(database, Retention(90))

    def answer(state: DialogueState, ids: TurnIds) -> tuple[TurnRecord, DialogueState]:
        return record(ids.conversation_id, message=SECRET), state

    talk = store.take_turn(MessageKey(None), answer)
    assert SECRET.encode() in stored(tmp_path)
    assert talk.encode() in stored(tmp_path)
    RecordStore(database, Retention(90)).erase(talk)
    assert SECRET.encode() not in stored(tmp_path)
    assert talk.encode() not in stored(tmp_path)
    database.close()


def stored(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())
