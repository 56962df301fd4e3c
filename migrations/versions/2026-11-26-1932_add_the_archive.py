"""Insight cards: versions, quotes, tags, words, bookmarks, trials and collections."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0009_archive"
down_revision: str | None = "0008_load_and_reports"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_collections_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collections")),
        sa.UniqueConstraint("workspace_id", "slug", name=op.f("uq_collections_workspace_id_slug")),
    )
    op.create_table(
        "insight_words",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.Column("kin", sa.String(), nullable=False),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_insight_words_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "word", name=op.f("pk_insight_words")),
    )
    op.create_index("ix_insight_words_kin", "insight_words", ["workspace_id", "kin"], unique=False)
    op.create_index("ix_insight_words_stem", "insight_words", ["workspace_id", "stem"], unique=False)
    op.create_table(
        "insights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("gist", sa.String(), nullable=False),
        sa.Column("tips", sa.String(), nullable=False),
        sa.Column("published_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("look_again_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("look_asked_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("worked", sa.Integer(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("search_words", sa.String(), nullable=False),
        sa.Column("due_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_insights_made_by_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_insights_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insights")),
        sa.UniqueConstraint("workspace_id", "source", name=op.f("uq_insights_workspace_id_source")),
    )
    op.create_index("ix_insights_due", "insights", ["due_at"], unique=False)
    op.create_index("ix_insights_look_again", "insights", ["look_asked_at", "look_again_at"], unique=False)
    op.create_index("ix_insights_newest", "insights", ["workspace_id", "state", "id"], unique=False)
    op.create_table(
        "bookmarks",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_bookmarks_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_bookmarks_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_bookmarks_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "insight_id", name=op.f("pk_bookmarks")),
    )
    op.create_index("ix_bookmarks_insight", "bookmarks", ["insight_id"], unique=False)
    op.create_table(
        "collection_cards",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name=op.f("fk_collection_cards_collection_id_collections"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_collection_cards_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_collection_cards_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection_id", "insight_id", name=op.f("pk_collection_cards")),
    )
    op.create_index("ix_collection_cards_insight", "collection_cards", ["insight_id"], unique=False)
    op.create_table(
        "insight_tags",
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_insight_tags_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_insight_tags_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("insight_id", "kind", "slug", name=op.f("pk_insight_tags")),
    )
    op.create_index(
        "ix_insight_tags_slug", "insight_tags", ["workspace_id", "kind", "slug", "insight_id"], unique=False
    )
    op.create_table(
        "insight_trials",
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("told_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_insight_trials_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_insight_trials_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_insight_trials_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("insight_id", "member_id", name=op.f("pk_insight_trials")),
    )
    op.create_table(
        "insight_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_insight_versions_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_insight_versions_made_by_members"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_insight_versions_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_versions")),
        sa.UniqueConstraint("insight_id", "number", name=op.f("uq_insight_versions_insight_id_number")),
    )
    op.create_table(
        "insight_pieces",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("member_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("may_be_quoted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_insight_pieces_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_insight_pieces_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_insight_pieces_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_pieces")),
    )
    op.create_index("ix_insight_pieces_insight", "insight_pieces", ["workspace_id", "insight_id", "id"], unique=False)
    op.create_index("ix_insight_pieces_member", "insight_pieces", ["workspace_id", "member_id"], unique=False)
    op.create_index(
        "ix_insight_pieces_alias",
        "insight_pieces",
        ["workspace_id", "insight_id"],
        unique=False,
        sqlite_where=sa.text("member_id IS NULL"),
        postgresql_where=sa.text("member_id IS NULL"),
    )
    op.create_table(
        "insight_quotes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("insight_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("member_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("words_hash", sa.LargeBinary(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_insight_quotes_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_insight_quotes_member_id_members"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["insight_versions.id"],
            name=op.f("fk_insight_quotes_version_id_insight_versions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_insight_quotes_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insight_quotes")),
        sa.UniqueConstraint("version_id", "person", name=op.f("uq_insight_quotes_version_id_person")),
    )
    op.create_index("ix_insight_quotes_insight", "insight_quotes", ["workspace_id", "insight_id"], unique=False)
    op.create_index("ix_insight_quotes_member", "insight_quotes", ["workspace_id", "member_id", "state"], unique=False)


def downgrade() -> None:
    op.drop_table("insight_quotes")
    op.drop_table("insight_pieces")
    op.drop_table("insight_versions")
    op.drop_table("insight_trials")
    op.drop_table("insight_tags")
    op.drop_table("collection_cards")
    op.drop_table("bookmarks")
    op.drop_table("insights")
    op.drop_table("insight_words")
    op.drop_table("collections")
