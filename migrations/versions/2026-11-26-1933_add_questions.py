"""Questions: who was asked, what was said, checklists, how people like to help, and mutes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0010_questions"
down_revision: str | None = "0009_archive"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "question_alias_mutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("asker_hash", sa.LargeBinary(), nullable=False),
        sa.Column("asker_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_question_alias_mutes_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_alias_mutes")),
        sa.UniqueConstraint("workspace_id", "asker_hash", name=op.f("uq_question_alias_mutes_workspace_id_asker_hash")),
    )
    op.create_table(
        "question_helping",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("how_hidden", sa.Boolean(), nullable=False),
        sa.Column("changed_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_question_helping_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_question_helping_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_question_helping")),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("asker_hash", sa.LargeBinary(), nullable=False),
        sa.Column("asker_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asker_place", sa.LargeBinary(), nullable=True),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("checklist", sa.String(), nullable=True),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("channel_ts", sa.String(), nullable=True),
        sa.Column("first_answer_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("last_said_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("quiet_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("closing", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_due_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["members.id"], name=op.f("fk_questions_asker_id_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["questions.id"],
            name=op.f("fk_questions_merged_into_id_questions"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_questions_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("token", name=op.f("uq_questions_token")),
    )
    op.create_index("ix_questions_asker", "questions", ["workspace_id", "asker_hash", "state"], unique=False)
    op.create_index("ix_questions_asker_place", "questions", ["workspace_id", "asker_place"], unique=False)
    op.create_index("ix_questions_channel", "questions", ["workspace_id", "channel", "channel_ts"], unique=False)
    op.create_index("ix_questions_due", "questions", ["due_at"], unique=False)
    op.create_index("ix_questions_merged", "questions", ["merged_into_id"], unique=False)
    op.create_index("ix_questions_outcome", "questions", ["outcome_due_at"], unique=False)
    op.create_index("ix_questions_quiet", "questions", ["quiet_at"], unique=False)
    op.create_index("ix_questions_state", "questions", ["workspace_id", "state", "asked_at"], unique=False)
    op.create_table(
        "answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("by_asker", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("edited_ts", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("helped_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_answers_author_id_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_answers_question_id_questions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_answers_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("workspace_id", "place", name=op.f("uq_answers_workspace_id_place")),
    )
    op.create_index("ix_answers_author", "answers", ["workspace_id", "author_id", "helped_at"], unique=False)
    op.create_index("ix_answers_question", "answers", ["workspace_id", "question_id", "id"], unique=False)
    op.create_table(
        "question_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("asked_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("put_off_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("checked_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("pass_reason", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_question_asked_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_asked_question_id_questions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_question_asked_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_asked")),
        sa.UniqueConstraint("question_id", "member_id", name=op.f("uq_question_asked_question_id_member_id")),
    )
    op.create_index("ix_question_asked_member", "question_asked", ["workspace_id", "member_id", "state"], unique=False)
    op.create_index("ix_question_asked_at", "question_asked", ["workspace_id", "asked_at"], unique=False)
    op.create_index("ix_question_asked_due", "question_asked", ["due_at"], unique=False)
    op.create_index("ix_question_asked_place", "question_asked", ["workspace_id", "channel", "ts"], unique=False)
    op.create_table(
        "question_review_notes",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.LargeBinary(), nullable=True),
        sa.Column("noted_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_question_review_notes_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_review_notes_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_question_review_notes_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "member_id", "point", name=op.f("pk_question_review_notes")),
    )
    op.create_table(
        "question_skills",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_skills_question_id_questions"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_question_skills_skill_id_skills"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_question_skills_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "skill_id", name=op.f("pk_question_skills")),
    )


def downgrade() -> None:
    op.drop_table("question_skills")
    op.drop_table("question_review_notes")
    op.drop_table("question_asked")
    op.drop_table("answers")
    op.drop_table("questions")
    op.drop_table("question_helping")
    op.drop_table("question_alias_mutes")
