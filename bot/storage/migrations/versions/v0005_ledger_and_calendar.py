"""The ledger of commitments and the calendar of what is coming."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables; they begin empty, earlier articles are not read again."""
    _ledger()
    _calendar()
    op.create_table(
        "kept_alerts",
        _text("alert_id", key=True),
        _text("entry_id", key=True),
        _text("book"),
    )


def downgrade() -> None:
    """Take them back."""
    for table in ("calendar_links", "calendar", "kept_alerts", "ledger_log", "ledger"):
        op.drop_table(table)


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, primary_key=key)


def _seq() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("seq", kind, primary_key=True, autoincrement=True)


def _ledger() -> None:
    op.create_table(
        "ledger",
        _seq(),
        *(_text(name) for name in ("id", "kind", "who", "named")),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _text("body"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_ledger_kind_who"), "ledger", ["kind", "who"])
    op.create_index(op.f("ix_ledger_dropped_changed_at"), "ledger", ["dropped", "changed_at"])
    op.create_table(
        "ledger_log",
        _seq(),
        *(_text(name) for name in ("entry_id", "what")),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        _text("by"),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index(op.f("ix_ledger_log_entry_id"), "ledger_log", ["entry_id"])


def _calendar() -> None:
    op.create_table(
        "calendar",
        _seq(),
        *(_text(name) for name in ("id", "first_day", "last_day", "status")),
        sa.Column("changed_at", MOMENT, nullable=False),
        _text("body"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_calendar_last_day"), "calendar", ["last_day"])
    op.create_table(
        "calendar_links",
        _text("digest", key=True),
        *(_text(name) for name in ("kind", "user_id", "lang")),
        sa.Column("created_at", MOMENT, nullable=False),
    )
