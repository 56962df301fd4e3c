"""Reactions: who reacted to which reply of a written roundtable, until its words are forgotten."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018_reactions"
down_revision: str | None = "0017_live_roundtables"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "roundtable_reactions",
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.Column("changed_ts", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_roundtable_reactions_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["roundtable_replies.id"],
            name=op.f("fk_roundtable_reactions_reply_id_roundtable_replies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_roundtable_reactions_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reply_id", "member_id", "mark", name=op.f("pk_roundtable_reactions")),
    )
    op.create_index("ix_roundtable_reactions_member", "roundtable_reactions", ["workspace_id", "member_id"])


def downgrade() -> None:
    op.drop_index("ix_roundtable_reactions_member", table_name="roundtable_reactions")
    op.drop_table("roundtable_reactions")
