"""Storytelling: whose turn it is to tell, what they prepare, and what listeners take away."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0015_storytelling"
down_revision: str | None = "0014_recognition"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "story_sessions",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("due_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("told_host_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("harvest_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["gathering_id"],
            ["gatherings.id"],
            name=op.f("fk_story_sessions_gathering_id_gatherings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_story_sessions_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("gathering_id", name=op.f("pk_story_sessions")),
    )
    op.create_index("ix_story_sessions_due", "story_sessions", ["due_at"], unique=False)
    op.create_index("ix_story_sessions_harvest", "story_sessions", ["harvest_at"], unique=False)
    op.create_table(
        "story_takeaways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("ask_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gathering_id"],
            ["gatherings.id"],
            name=op.f("fk_story_takeaways_gathering_id_gatherings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_story_takeaways_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_story_takeaways_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_takeaways")),
        sa.UniqueConstraint("gathering_id", "member_id", name=op.f("uq_story_takeaways_gathering_id_member_id")),
    )
    op.create_index("ix_story_takeaways_due", "story_takeaways", ["ask_at"], unique=False)
    op.create_table(
        "story_tellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answer_by", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("swap_with", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gathering_id"],
            ["gatherings.id"],
            name=op.f("fk_story_tellings_gathering_id_gatherings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_story_tellings_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["swap_with"], ["members.id"], name=op.f("fk_story_tellings_swap_with_members")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_story_tellings_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_tellings")),
        sa.UniqueConstraint("gathering_id", "member_id", name=op.f("uq_story_tellings_gathering_id_member_id")),
    )
    op.create_index("ix_story_tellings_open", "story_tellings", ["workspace_id", "state"], unique=False)
    op.create_index("ix_story_tellings_member", "story_tellings", ["member_id"], unique=False)
    op.create_table(
        "story_pages",
        sa.Column("telling_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("shared_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_story_pages_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["telling_id"],
            ["story_tellings.id"],
            name=op.f("fk_story_pages_telling_id_story_tellings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_story_pages_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("telling_id", name=op.f("pk_story_pages")),
    )


def downgrade() -> None:
    op.drop_table("story_pages")
    op.drop_index("ix_story_tellings_member", table_name="story_tellings")
    op.drop_index("ix_story_tellings_open", table_name="story_tellings")
    op.drop_table("story_tellings")
    op.drop_index("ix_story_takeaways_due", table_name="story_takeaways")
    op.drop_table("story_takeaways")
    op.drop_index("ix_story_sessions_harvest", table_name="story_sessions")
    op.drop_index("ix_story_sessions_due", table_name="story_sessions")
    op.drop_table("story_sessions")
