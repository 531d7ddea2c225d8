"""What leads look at, made ready before they look: figures of past days, and what was asked in vain as vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; the upkeep fills them."""
    op.create_table(
        "meanings",
        sa.Column("message_id", sa.String, sa.ForeignKey("turns.message_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("index_name", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("nearest", sa.String, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_index("meanings_of", "meanings", ["message_id", "index_name", "text"])
    op.create_index("meanings_text", "meanings", ["text", "index_name"])
    op.create_table(
        "day_shares",
        sa.Column("begin", MOMENT, primary_key=True, autoincrement=False),
        sa.Column("until", MOMENT, primary_key=True, autoincrement=False),
        sa.Column("counted_by", sa.String, primary_key=True),
        sa.Column("value", sa.String, primary_key=True),
        sa.Column("conversations", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("resolved", sa.Integer, nullable=False),
    )
    upkeep = op.create_table(
        "upkeep", sa.Column("name", sa.String, primary_key=True), sa.Column("begun", MOMENT, nullable=False)
    )
    op.bulk_insert(upkeep, [{"name": name, "begun": 0} for name in ("day_shares", "meanings")])
    # Lists filter conversations by their own columns, and ask turns for kind and entry only.
    for name in ("confidence", "said", "kind", "entry_id", "language", "country", "model"):
        op.drop_index(f"turns_{name}", "turns")
    op.create_index("turns_kind", "turns", ["kind", "created", "confidence", "message_id", "conversation_id"])
    op.create_index("turns_said", "turns", ["conversation_id", "number", "kind", "entry_id", "message_id"])
    op.create_index("turns_entry", "turns", ["entry_id", "kind", "conversation_id"])
