"""Takeaways: what people take from a gathering and share, when they are asked, and who wants no such question."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0020_takeaways"
down_revision: str | None = "0019_named_story"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("gatherings", sa.Column("takeaways_at", bot.db.UTCDateTime(timezone=True), nullable=True))
    op.create_index("ix_gatherings_takeaways", "gatherings", ["takeaways_at"], unique=False)
    op.create_table(
        "takeaways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("said_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("ask_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gatherings.id"], name=op.f("fk_takeaways_gathering_id_gatherings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_takeaways_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_takeaways_proposal_id_proposals"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_takeaways_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeaways")),
        sa.UniqueConstraint("gathering_id", "member_id", name=op.f("uq_takeaways_gathering_id_member_id")),
    )
    op.create_index("ix_takeaways_due", "takeaways", ["ask_at"], unique=False)
    op.create_index("ix_takeaways_member", "takeaways", ["member_id"], unique=False)
    op.create_table(
        "no_takeaways",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_no_takeaways_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_no_takeaways_program_id_programs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_no_takeaways_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("program_id", "member_id", name=op.f("pk_no_takeaways")),
    )
    op.create_index("ix_no_takeaways_member", "no_takeaways", ["member_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_no_takeaways_member", table_name="no_takeaways")
    op.drop_table("no_takeaways")
    op.drop_index("ix_takeaways_member", table_name="takeaways")
    op.drop_index("ix_takeaways_due", table_name="takeaways")
    op.drop_table("takeaways")
    op.drop_index("ix_gatherings_takeaways", table_name="gatherings")
    op.drop_column("gatherings", "takeaways_at")
