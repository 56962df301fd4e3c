"""Recognition: thanks, milestones and a monthly page; what was said after introductions is said here from now on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0014_recognition"
down_revision: str | None = "0013_gatherings"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        _workspace(),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", _moment(), nullable=False),
        sa.Column("may_share", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("shared_at", _moment(), nullable=True),
        sa.Column("put_away", sa.Boolean(), nullable=False),
        sa.Column("folded_on", sa.Date(), nullable=True),
        *_belongs("thanks", "giver_id", "receiver_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
    )
    op.create_index("ix_thanks_giver", "thanks", ["workspace_id", "giver_id", "given_at"], unique=False)
    op.create_index("ix_thanks_receiver", "thanks", ["workspace_id", "receiver_id", "given_at"], unique=False)
    op.create_index("ix_thanks_occasion", "thanks", ["workspace_id", "occasion"], unique=False)
    op.create_index("ix_thanks_shared", "thanks", ["workspace_id", "shared_at"], unique=False)
    op.create_table(
        "member_milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        _workspace(),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reached_at", _moment(), nullable=False),
        sa.Column("shared_at", _moment(), nullable=True),
        sa.Column("put_away", sa.Boolean(), nullable=False),
        *_belongs("member_milestones", "member_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_milestones")),
        sa.UniqueConstraint("member_id", "kind", "about_id", name=op.f("uq_member_milestones_member_id_kind_about_id")),
    )
    op.create_index("ix_member_milestones_shared", "member_milestones", ["workspace_id", "shared_at"], unique=False)
    op.create_table(
        "recognition_likings",
        sa.Column("member_id", sa.Integer(), nullable=False),
        _workspace(),
        sa.Column("volume", sa.String(), nullable=False),
        sa.Column("by_message", sa.Boolean(), nullable=False),
        *_belongs("recognition_likings", "member_id"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_recognition_likings")),
    )
    _months()
    with op.batch_alter_table("introduction_members") as table:
        table.drop_column("thanks")
        table.drop_column("shareable")


def _months() -> None:
    op.create_table(
        "thanks_places",
        _workspace(),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("tz", sa.String(), nullable=False),
        sa.Column("chosen_at", _moment(), nullable=False),
        sa.Column("due_at", _moment(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        *_belongs("thanks_places"),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_thanks_places")),
    )
    op.create_index("ix_thanks_places_due", "thanks_places", ["due_at"], unique=False)
    op.create_table(
        "thanks_pages",
        sa.Column("id", sa.Integer(), nullable=False),
        _workspace(),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("begins_at", _moment(), nullable=False),
        sa.Column("ends_at", _moment(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        *_belongs("thanks_pages"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks_pages")),
        sa.UniqueConstraint("workspace_id", "month", name=op.f("uq_thanks_pages_workspace_id_month")),
    )


def _moment() -> bot.db.UTCDateTime:
    return bot.db.UTCDateTime(timezone=True)


def _workspace() -> sa.Column[int]:
    return sa.Column("workspace_id", sa.Integer(), nullable=False)


def _belongs(table: str, *people: str) -> list[sa.schema.SchemaItem]:
    """To whom a row belongs, and with whom it goes."""
    whose = [("workspace_id", "workspaces"), *((each, "members") for each in people)]
    return [
        sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE"
        )
        for column, other in whose
    ]


def downgrade() -> None:
    with op.batch_alter_table("introduction_members") as table:
        table.add_column(sa.Column("thanks", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("shareable", sa.Boolean(), nullable=False, server_default=sa.false()))
    for each in ("thanks_pages", "thanks_places", "recognition_likings", "member_milestones", "thanks"):
        op.drop_table(each)
