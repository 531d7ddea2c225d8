"""The tables of the versions before there were migrations; a database that has them is taken as it is.

Those versions knew SQLite only.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make what is missing."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("updated", MOMENT, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "replies",
        sa.Column(
            "conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("client_message_id", sa.String, primary_key=True),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("opening", sa.String, unique=True),
        sa.Column("reply", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "feedback",
        sa.Column("message_id", sa.String, primary_key=True),
        sa.Column("conversation_id", sa.String, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("rating", sa.String, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        if_not_exists=True,
    )
    op.create_index("conversations_updated", "conversations", ["updated"], if_not_exists=True)
    op.create_index("feedback_conversation", "feedback", ["conversation_id"], if_not_exists=True)
