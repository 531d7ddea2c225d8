"""The tables as the newest migration leaves them (a test compares the two). Moments are seconds since 1970."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()
# SQLite's integers have 64 bits under any name; PostgreSQL's own would end in 2038.
MOMENT = BigInteger().with_variant(Integer(), "sqlite")
_TOLD = ("last_kind", "rating", "handed_off", "language", "country", "model", "last_entry")


def _conversation(*, unique: bool = False) -> Column[str]:
    """The conversation that a row belongs to and goes with."""
    owner = ForeignKey("conversations.id", ondelete="CASCADE")
    return Column("conversation_id", owner, nullable=False, unique=unique)


# `state` is DialogueState's versioned JSON; `turn` counts the turns, so that a turn knows that nobody was faster.
# Language, country and car are those last known, and the rest what came of it, for lists and figures: kind and entry of
# the last reply that was more than small talk, the last rating, and when a person was first asked for.
CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String, primary_key=True),
    Column("state", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("created", MOMENT, nullable=False),
    Column("updated", MOMENT, nullable=False),
    Column("language", String),
    Column("country", String),
    Column("model", String),
    Column("model_year", Integer),
    Column("last_kind", String),
    Column("last_entry", String),
    Column("rating", String),
    Column("handed_off", MOMENT),
    Index("conversations_updated", "updated", "id"),
    *(Index(f"conversations_{name}", name, "updated", "id") for name in ("country", "model")),
    # All that figures are counted from.
    Index("conversations_told", "updated", *_TOLD),
)

# What happened, turn by turn; nothing changes a row. `message` are the customer's words without personal data (empty
# where a version before this table stored the reply), `reply` the JSON as it was sent. `client_message_id` is the
# page's own id of the message: the same one again gets the same reply. `opening` is set where the message opened the
# conversation: it then came without a conversation id, and is found again by this alone.
TURNS = Table(
    "turns",
    METADATA,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("message_id", String, nullable=False),
    Column("client_message_id", String),
    Column("opening", String),
    Column("message", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("entry_id", String),
    Column("variants", Text, nullable=False),  # a JSON list
    Column("confidence", Float, nullable=False),
    Column("language", String, nullable=False),
    Column("country", String),
    Column("model", String),
    Column("model_year", Integer),
    Column("created", MOMENT, nullable=False),
    Column("milliseconds", Integer, nullable=False),  # that the reply took to compute
    UniqueConstraint("message_id", name="turns_message_id"),
    UniqueConstraint("opening", name="turns_opening"),
    UniqueConstraint("conversation_id", "client_message_id", name="turns_client_message_id"),
    Index("turns_created", "created"),
    Index("turns_kind", "kind", "created", "confidence", "message_id", "conversation_id"),
    Index("turns_entry", "entry_id", "kind", "conversation_id"),
    Index("turns_said", "conversation_id", "number", "kind", "entry_id", "message_id"),
)

# Messages that were asked in vain: `text` is the same for the same words, `vector` what the encoder makes of them
# (16-bit floats in little-endian order), `nearest` the entry that is most probably meant; of the index of this name.
MEANINGS = Table(
    "meanings",
    METADATA,
    Column("message_id", ForeignKey("turns.message_id", ondelete="CASCADE"), primary_key=True),
    Column("index_name", String, nullable=False),
    Column("text", String, nullable=False),
    Column("nearest", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index("meanings_of", "message_id", "index_name", "text"),
    Index("meanings_text", "text", "index_name"),
)

# What conversations whose last message came within a day came to, by something that is known of them (an empty value:
# it is not). A day is counted if it has a row by "day", whose value is its first moment.
DAY_SHARES = Table(
    "day_shares",
    METADATA,
    Column("begin", MOMENT, primary_key=True, autoincrement=False),
    Column("until", MOMENT, primary_key=True, autoincrement=False),
    Column("counted_by", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("conversations", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("resolved", Integer, nullable=False),
)

# When what is done again and again was last begun; its row is locked by who does it.
UPKEEP = Table(
    "upkeep",
    METADATA,
    Column("name", String, primary_key=True),
    Column("begun", MOMENT, nullable=False),
)

# What customers think of replies: the last word on each.
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("message_id", String, primary_key=True),
    _conversation(),
    Column("rating", String, nullable=False),  # "up" or "down"
    Column("comment", Text, nullable=False),
    Column("created", MOMENT, nullable=False),
    Index("feedback_conversation", "conversation_id"),
    Index("feedback_created", "created"),
)

# A customer who wants a person; `turns`: how many there were, which is what the person gets to read.
HANDOFFS = Table(
    "handoffs",
    METADATA,
    Column("id", String, primary_key=True),
    _conversation(),
    Column("client_message_id", String),
    Column("turns", Integer, nullable=False),
    Column("reply_to", String, nullable=False),
    Column("name", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("country", String),
    Column("language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("taken_by", ForeignKey("users.id", ondelete="SET NULL")),
    Column("created", MOMENT, nullable=False),
    Column("taken", MOMENT),
    Column("closed", MOMENT),
    CheckConstraint("state IN ('open', 'taken', 'closed')", name="handoffs_state_known"),
    UniqueConstraint("conversation_id", "client_message_id", name="handoffs_client_message_id"),
    Index("handoffs_state", "state", "created"),
    Index("handoffs_created", "created"),
)

# One mail a hand-off. Who sends it writes `claim` and until when it holds; `sent` ends it.
MAIL_QUEUE = Table(
    "mail_queue",
    METADATA,
    Column("handoff_id", ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True),
    Column("recipient", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", MOMENT, nullable=False),
    Column("claim", String),
    Column("claimed_until", MOMENT),
    Column("failure", Text),  # why the last attempt failed
    Column("sent", MOMENT),
    Index("mail_queue_next", "sent", "next_attempt"),
)

# People who sign in to the console. `name` in small letters; `disabled`: since when.
USERS = Table(
    "users",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("created", MOMENT, nullable=False),
    Column("disabled", MOMENT),
    CheckConstraint("role IN ('agent', 'lead')", name="users_role_known"),
    UniqueConstraint("name", name="users_name"),
)

# `token_hash`: of the cookie's token, which stands nowhere.
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", String, primary_key=True),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("created", MOMENT, nullable=False),
    Column("last_seen", MOMENT, nullable=False),
    Column("expires", MOMENT, nullable=False),
    Index("sessions_user", "user_id"),
    Index("sessions_expires", "expires"),
)

# Failures in a row since the last success: of an account ("account", its name) and from a network address ("address").
LOGIN_FAILURES = Table(
    "login_failures",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", MOMENT, nullable=False),
    CheckConstraint("kind IN ('account', 'address')", name="login_failures_kind_known"),
    Index("login_failures_last", "last"),
)

# Entries that a user keeps at hand.
PINS = Table(
    "pins",
    METADATA,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("entry_id", String, primary_key=True),
    Column("created", MOMENT, nullable=False),
)
