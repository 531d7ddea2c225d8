"""The tables of the database. Message texts are in none of them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

METADATA = MetaData()

# `state` is DialogueState's versioned JSON; `turn` counts the turns, so that a turn knows that nobody was faster.
CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String, primary_key=True),
    Column("state", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("created", Integer, nullable=False),  # seconds since 1970
    Column("updated", Integer, nullable=False),
)

# Replies by the page's own message id: the same id again gets the same reply. `opening` is set where the message
# opened the conversation: it then came without a conversation id, and is found again by this alone.
REPLIES = Table(
    "replies",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("client_message_id", String, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("opening", String, unique=True),
    Column("reply", Text, nullable=False),
)


_EXPIRY = Index("conversations_updated", CONVERSATIONS.c.updated)


def create_tables(connection: Connection) -> None:
    """Make what is missing of the tables; two processes may do it at once."""
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
    connection.execute(CreateIndex(_EXPIRY, if_not_exists=True))
