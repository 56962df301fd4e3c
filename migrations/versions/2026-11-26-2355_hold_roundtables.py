"""Roundtables: the prompt of a round, its threads and what was said there, and whose tags may inspire prompts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0016_roundtables"
down_revision: str | None = "0015_storytelling"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "roundtable_tag_choices",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("skills", sa.Boolean(), nullable=False),
        sa.Column("goals", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_roundtable_tag_choices_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_roundtable_tag_choices_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_roundtable_tag_choices")),
    )
    op.create_table(
        "roundtable_threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("closing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_roundtable_threads_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_roundtable_threads_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundtable_threads")),
        sa.UniqueConstraint("round_id", "channel", name=op.f("uq_roundtable_threads_round_id_channel")),
    )
    op.create_index(
        "ix_roundtable_threads_place", "roundtable_threads", ["workspace_id", "channel", "ts"], unique=False
    )
    op.create_table(
        "roundtable_turns",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_roundtable_turns_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_roundtable_turns_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_roundtable_turns_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "member_id", name=op.f("pk_roundtable_turns")),
    )
    op.create_index("ix_roundtable_turns_member", "roundtable_turns", ["workspace_id", "member_id"], unique=False)
    op.create_table(
        "roundtable_replies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("edited_ts", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_roundtable_replies_member_id_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_roundtable_replies_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"],
            ["roundtable_threads.id"],
            name=op.f("fk_roundtable_replies_thread_id_roundtable_threads"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_roundtable_replies_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundtable_replies")),
        sa.UniqueConstraint(
            "workspace_id", "channel", "ts", name=op.f("uq_roundtable_replies_workspace_id_channel_ts")
        ),
    )
    op.create_index("ix_roundtable_replies_round", "roundtable_replies", ["round_id", "id"], unique=False)
    op.create_table(
        "roundtables",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("opened_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("closes_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("due_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.Column("moderator_id", sa.Integer(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["members.id"], name=op.f("fk_roundtables_moderator_id_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_roundtables_program_id_programs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_roundtables_proposal_id_proposals")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_roundtables_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_roundtables_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_roundtables")),
    )
    op.create_index("ix_roundtables_due", "roundtables", ["due_at"], unique=False)
    op.create_index("ix_roundtables_program", "roundtables", ["program_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_roundtables_program", table_name="roundtables")
    op.drop_index("ix_roundtables_due", table_name="roundtables")
    op.drop_table("roundtables")
    op.drop_index("ix_roundtable_replies_round", table_name="roundtable_replies")
    op.drop_table("roundtable_replies")
    op.drop_index("ix_roundtable_turns_member", table_name="roundtable_turns")
    op.drop_table("roundtable_turns")
    op.drop_index("ix_roundtable_threads_place", table_name="roundtable_threads")
    op.drop_table("roundtable_threads")
    op.drop_table("roundtable_tag_choices")
