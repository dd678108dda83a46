"""Alerts that update others, and which state of its alert a message shows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen alerts and the outbox; what was told so far was no update."""
    op.add_column("alerts", sa.Column("updates", sa.Text()))
    op.create_index(op.f("ix_alerts_updates"), "alerts", ["updates"])
    op.add_column("outbox", sa.Column("shows", sa.Text()))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("outbox", "shows")
    op.drop_index(op.f("ix_alerts_updates"), "alerts")
    op.drop_column("alerts", "updates")
