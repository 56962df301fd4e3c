"""What is in flight is found by its state and lease alone, however many messages have been sent."""

from collections.abc import Sequence

from alembic import op

revision: str = "0002_in_flight"
down_revision: str | None = "0001_start"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_index("ix_deliveries_state", table_name="deliveries")
    op.create_index("ix_deliveries_state", "deliveries", ["state", "workspace_id", "method", "ready_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_deliveries_state", table_name="deliveries")
    op.create_index("ix_deliveries_state", "deliveries", ["state", "workspace_id", "method"], unique=False)
