"""What came of each conversation, in its own row: lists and figures read one table."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# The last turn of a conversation that was more than small talk.
_LAST = (
    "(SELECT {column} FROM turns WHERE turns.conversation_id = conversations.id AND turns.kind NOT IN ('smalltalk', '')"
    " ORDER BY turns.number DESC LIMIT 1)"
)
_FIRST_HANDOFF = "(SELECT min(handoffs.created) FROM handoffs WHERE handoffs.conversation_id = conversations.id)"
_RATING = (
    "(SELECT rating FROM feedback WHERE feedback.conversation_id = conversations.id"
    " ORDER BY feedback.created DESC LIMIT 1)"
)


def upgrade() -> None:
    """Add the columns, fill them, and index what lists and figures ask for."""
    for column in (
        sa.Column("last_kind", sa.String),
        sa.Column("last_entry", sa.String),
        sa.Column("rating", sa.String),
        sa.Column("handed_off", MOMENT),
    ):
        op.add_column("conversations", column)
    op.execute(
        f"UPDATE conversations SET last_kind = {_LAST.format(column='kind')},"
        f" last_entry = {_LAST.format(column='entry_id')}, rating = {_RATING}, handed_off = {_FIRST_HANDOFF}"
    )
    op.drop_index("conversations_updated", "conversations")
    op.create_index("conversations_updated", "conversations", ["updated", "id"])
    for name in ("country", "model"):
        op.create_index(f"conversations_{name}", "conversations", [name, "updated", "id"])
    told = ["updated", "last_kind", "rating", "handed_off", "language", "country", "model", "last_entry"]
    op.create_index("conversations_told", "conversations", told)
    op.create_index("turns_confidence", "turns", ["kind", "confidence", "created", "conversation_id", "number"])
    op.create_index("turns_said", "turns", ["conversation_id", "kind", "entry_id"])
    op.create_index("handoffs_created", "handoffs", ["created"])
