"""Digests, quiet hours, approval, and what people think of an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OUTBOX = ("channel", "held", "editors_id", "told_in", "bundle")


def upgrade() -> None:
    """Widen the outbox: nothing is held; tables of what people decide."""
    for name in OUTBOX:
        op.add_column("outbox", sa.Column(name, sa.Text()))
    op.add_column("outbox", sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_outbox_told_in"), "outbox", ["told_in"])
    _approvals_and_retractions()
    op.create_table(
        "mutes",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "address", "subject", name=op.f("pk_mutes")),
    )
    _voices()
    op.create_table(
        "chat_hours",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Text()),
        sa.Column("digest", sa.Text()),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "address", name=op.f("pk_chat_hours")),
    )


def _approvals_and_retractions() -> None:
    op.create_table(
        "approvals",
        sa.Column("alert_id", sa.Text(), sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("editors_id", sa.Text(), sa.ForeignKey("destinations.id"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decider_id", sa.Text()),
        sa.PrimaryKeyConstraint("alert_id", "editors_id", name=op.f("pk_approvals")),
    )
    op.create_index(op.f("ix_approvals_state_until"), "approvals", ["state", "until"])
    op.create_table(
        "retractions",
        sa.Column("alert_id", sa.Text(), sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_retractions")),
    )


def _voices() -> None:
    op.create_table(
        "voices",
        sa.Column("first_id", sa.Text(), sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Text(), sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("first_id", "kind", "user_id", name=op.f("pk_voices")),
    )


def downgrade() -> None:
    """Take it back."""
    for name in ("chat_hours", "voices", "mutes", "retractions", "approvals"):
        op.drop_table(name)
    op.drop_index(op.f("ix_outbox_told_in"), "outbox")
    for name in (*OUTBOX, "asks"):
        op.drop_column("outbox", name)
