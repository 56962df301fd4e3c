"""A takeaway names the story it came from, so that only that story's card counts what became of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019_named_story"
down_revision: str | None = "0018_reactions"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("story_takeaways") as table:
        table.add_column(sa.Column("telling_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_story_takeaways_telling_id_story_tellings"),
            "story_tellings",
            ["telling_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("story_takeaways") as table:
        table.drop_constraint(op.f("fk_story_takeaways_telling_id_story_tellings"), type_="foreignkey")
        table.drop_column("telling_id")
