"""The tables of the database. Texts of messages are in none of them; a comment on a reply is in FEEDBACK."""

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

# What customers think of replies: the last word on each. It goes with its conversation.
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("message_id", String, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("rating", String, nullable=False),  # "up" or "down"
    Column("comment", Text, nullable=False),
    Column("created", Integer, nullable=False),  # seconds since 1970
)

_INDEXES = (
    Index("conversations_updated", CONVERSATIONS.c.updated),
    Index("replies_message", REPLIES.c.message_id),
    Index("feedback_conversation", FEEDBACK.c.conversation_id),
)


def create_tables(connection: Connection) -> None:
    """Make what is missing of the tables; two processes may do it at once."""
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
    for index in _INDEXES:
        connection.execute(CreateIndex(index, if_not_exists=True))
