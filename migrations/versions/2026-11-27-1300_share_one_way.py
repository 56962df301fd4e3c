"""What listeners will try is a takeaway as any other: one table, one kind of post under a session, one name in reports."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import bot.db

revision: str = "0021_one_takeaway"
down_revision: str | None = "0020_takeaways"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = {
    "storytelling.gathered": "gatherings.gathered",
    "storytelling.gathered_changed": "gatherings.gathered_changed",
    "storytelling.tried": "gatherings.came_of_takeaway",
    "storytelling.takeaway_told": "gatherings.takeaway_told",
}


def upgrade() -> None:
    _drop_todays()
    with op.batch_alter_table("takeaways") as table:
        table.drop_constraint(op.f("fk_takeaways_proposal_id_proposals"), type_="foreignkey")
        table.drop_column("proposal_id")
        table.add_column(sa.Column("about", sa.Integer(), nullable=True))
    op.execute(
        "INSERT INTO takeaways "
        "(id, workspace_id, gathering_id, member_id, body, about, said_at, state, page, ask_at, outcome) "
        "SELECT id, workspace_id, gathering_id, member_id, body, telling_id, said_at, state, page, ask_at, tried "
        "FROM story_takeaways"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('takeaways', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM takeaways), false)"
        )
    # The posts under a session go on being redrawn, so that what is taken back leaves them.
    op.execute(
        "UPDATE deliveries SET subject = replace(subject, ':harvest:', ':takeaway:') WHERE subject LIKE 'gathering:%:harvest:%'"
    )
    for before, after in KINDS.items():
        op.execute(
            sa.text("UPDATE deliveries SET kind = :after WHERE kind = :before").bindparams(before=before, after=after)
        )
    op.execute(
        "UPDATE gatherings SET takeaways_at = (SELECT harvest_at FROM story_sessions WHERE gathering_id = gatherings.id) "
        "WHERE id IN (SELECT gathering_id FROM story_sessions WHERE harvest_at IS NOT NULL)"
    )
    op.drop_index("ix_story_takeaways_due", table_name="story_takeaways")
    op.drop_table("story_takeaways")
    op.drop_index("ix_story_sessions_harvest", table_name="story_sessions")
    op.drop_column("story_sessions", "harvest_at")


def _drop_todays() -> None:
    """Lines of roundtables go: they are a day old, never released, and sealed in a way that nothing opens any more."""
    op.execute("DELETE FROM takeaways")
    op.execute("DELETE FROM reports WHERE subject LIKE 'shared_takeaway:%'")
    op.execute("DELETE FROM deliveries WHERE subject LIKE 'shared_takeaway:%'")


def downgrade() -> None:
    op.add_column("story_sessions", sa.Column("harvest_at", bot.db.UTCDateTime(timezone=True), nullable=True))
    op.create_index("ix_story_sessions_harvest", "story_sessions", ["harvest_at"], unique=False)
    op.create_table(
        "story_takeaways",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("telling_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", bot.db.UTCDateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("ask_at", bot.db.UTCDateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.String(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [f"{one}_id"], [f"{table}.id"], name=op.f(f"fk_story_takeaways_{one}_id_{table}"), ondelete=gone
            )
            for one, table, gone in (
                ("gathering", "gatherings", "CASCADE"),
                ("member", "members", "CASCADE"),
                ("workspace", "workspaces", "CASCADE"),
                ("telling", "story_tellings", "SET NULL"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_takeaways")),
        sa.UniqueConstraint("gathering_id", "member_id", name=op.f("uq_story_takeaways_gathering_id_member_id")),
    )
    op.create_index("ix_story_takeaways_due", "story_takeaways", ["ask_at"], unique=False)
    op.execute("DELETE FROM takeaways WHERE gathering_id NOT IN (SELECT gathering_id FROM story_sessions)")
    op.execute(
        "INSERT INTO story_takeaways "
        "(id, workspace_id, gathering_id, member_id, body, telling_id, said_at, state, page, ask_at, tried) "
        "SELECT id, workspace_id, gathering_id, member_id, body, "
        "(SELECT story_tellings.id FROM story_tellings WHERE story_tellings.id = about), "
        "said_at, state, page, ask_at, outcome FROM takeaways"
    )
    op.execute("DELETE FROM takeaways")
    with op.batch_alter_table("takeaways") as table:
        table.drop_column("about")
        table.add_column(sa.Column("proposal_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_takeaways_proposal_id_proposals"), "proposals", ["proposal_id"], ["id"], ondelete="SET NULL"
        )
