"""Web pages: who has been let in, and which links were used up."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0012_pages"
down_revision: str | None = "0011_find_insights"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "page_sessions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        *_whose("page_sessions"),
        sa.Column("began_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_page_sessions_token_hash")),
    )
    op.create_index("ix_page_sessions_expires", "page_sessions", ["expires_at"], unique=False)
    op.create_index("ix_page_sessions_member", "page_sessions", ["workspace_id", "member_id"], unique=False)
    op.create_table(
        "page_links_spent",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        *_whose("page_links_spent"),
        sa.Column("spent_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_page_links_spent")),
    )
    op.create_index("ix_page_links_spent_expires", "page_links_spent", ["expires_at"], unique=False)


def _whose(table: str) -> list[sa.schema.SchemaItem]:
    """The columns that say to whom a row belongs."""
    return [
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f(f"fk_{table}_workspace_id_workspaces"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f(f"fk_{table}_member_id_members"), ondelete="CASCADE"
        ),
    ]


def downgrade() -> None:
    op.drop_table("page_links_spent")
    op.drop_table("page_sessions")
