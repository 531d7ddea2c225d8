"""Turns in place of replies, hand-offs with their mail, users of the console."""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Replies that are read and written at once.
BATCH = 500


def upgrade() -> None:
    """Make the tables, and move the replies."""
    for column in (
        sa.Column("language", sa.String),
        sa.Column("country", sa.String),
        sa.Column("model", sa.String),
        sa.Column("model_year", sa.Integer),
    ):
        op.add_column("conversations", column)
    op.create_index("feedback_created", "feedback", ["created"])
    _move_replies(_turns())
    op.drop_table("replies")
    # Made last: filling a table that has no index yet is faster.
    op.create_index("turns_created", "turns", ["created"])
    for name in ("kind", "entry_id", "language", "country", "model"):
        op.create_index(f"turns_{name}", "turns", [name, "created"])
    _users()
    _handoffs()


def _turns() -> sa.Table:
    return op.create_table(
        "turns",
        sa.Column(
            "conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("client_message_id", sa.String),
        sa.Column("opening", sa.String),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("entry_id", sa.String),
        sa.Column("variants", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("country", sa.String),
        sa.Column("model", sa.String),
        sa.Column("model_year", sa.Integer),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.UniqueConstraint("message_id", name="turns_message_id"),
        sa.UniqueConstraint("opening", name="turns_opening"),
        sa.UniqueConstraint("conversation_id", "client_message_id", name="turns_client_message_id"),
    )


def _move_replies(turns: sa.Table) -> None:
    """Every reply becomes a turn; when it was is not known: the conversation's last moment."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return  # no version before this one stored anything elsewhere
    query = sa.text(
        "SELECT replies.rowid, replies.*, conversations.updated FROM replies JOIN conversations"
        " ON conversations.id = conversation_id WHERE replies.rowid > :last ORDER BY replies.rowid LIMIT :batch"
    )
    numbers: Counter[str] = Counter()
    last = 0
    while rows := connection.execute(query, {"last": last, "batch": BATCH}).mappings().all():
        last = rows[-1]["rowid"]
        moved = []
        for row in rows:
            numbers[row["conversation_id"]] += 1
            moved.append(_turn_of(row, numbers[row["conversation_id"]]))
        connection.execute(sa.insert(turns), moved)


def _turn_of(row: sa.RowMapping, number: int) -> dict[str, object]:
    told = _told(row["reply"])
    vehicle = told.get("vehicle")
    vehicle = vehicle if isinstance(vehicle, dict) else {}
    kept = ("conversation_id", "message_id", "client_message_id", "opening", "reply")
    return {
        **{name: row[name] for name in kept},
        "number": number,
        "message": "",
        "kind": told.get("kind", ""),
        "entry_id": told.get("entry_id"),
        "variants": json.dumps(told.get("variants", [])),
        "confidence": told.get("confidence", 0.0),
        "language": told.get("language", ""),
        "country": told.get("country"),
        "model": vehicle.get("model"),
        "model_year": vehicle.get("model_year"),
        "created": row["updated"],
        "milliseconds": 0,
    }


def _told(reply: str) -> dict[str, object]:
    try:
        told = json.loads(reply)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("password_hash", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("disabled", MOMENT),
        sa.CheckConstraint("role IN ('agent', 'lead')", name="users_role_known"),
        sa.UniqueConstraint("name", name="users_name"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String, primary_key=True),
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
    )
    op.create_index("sessions_user", "sessions", ["user_id"])
    op.create_index("sessions_expires", "sessions", ["expires"])
    op.create_table(
        "login_failures",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('account', 'address')", name="login_failures_kind_known"),
    )
    op.create_index("login_failures_last", "login_failures", ["last"])
    op.create_table(
        "pins",
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("entry_id", sa.String, primary_key=True),
        sa.Column("created", MOMENT, nullable=False),
    )


def _handoffs() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("client_message_id", sa.String),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("reply_to", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("country", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("taken_by", sa.Integer, sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("taken", MOMENT),
        sa.Column("closed", MOMENT),
        sa.CheckConstraint("state IN ('open', 'taken', 'closed')", name="handoffs_state_known"),
        sa.UniqueConstraint("conversation_id", "client_message_id", name="handoffs_client_message_id"),
    )
    op.create_index("handoffs_state", "handoffs", ["state", "created"])
    op.create_table(
        "mail_queue",
        sa.Column("handoff_id", sa.String, sa.ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", MOMENT, nullable=False),
        sa.Column("claim", sa.String),
        sa.Column("claimed_until", MOMENT),
        sa.Column("failure", sa.Text),
        sa.Column("sent", MOMENT),
    )
    op.create_index("mail_queue_next", "mail_queue", ["sent", "next_attempt"])
