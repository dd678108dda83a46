"""Who may use the bot from a chat, what chats subscribe to, pauses of sending, destinations that moved."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Widen destinations and subscriptions, make the new tables."""
    op.add_column("destinations", sa.Column("moved_from", sa.Text()))
    op.create_index(op.f("ix_destinations_kind_address"), "destinations", ["kind", "address"])
    asked: sa.Column[bool] = sa.Column("asked", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("subscriptions", asked)
    index = op.f("ix_outbox_state_destination_id_due_at")
    op.create_index(index, "outbox", ["state", "destination_id", "due_at"])
    _pauses()
    _people()


def downgrade() -> None:
    """Take it all back."""
    for table in ("claim_tries", "claims", "members", "pauses"):
        op.drop_table(table)
    op.drop_index(op.f("ix_outbox_state_destination_id_due_at"), "outbox")
    op.drop_column("subscriptions", "asked")
    op.drop_index(op.f("ix_destinations_kind_address"), "destinations")
    op.drop_column("destinations", "moved_from")


def _text(name: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, primary_key=key)


def _pauses() -> None:
    op.create_table(
        "pauses",
        _text("scope", key=True),
        _text("reason"),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("broken", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
    )


def _people() -> None:
    seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "members",
        sa.Column("seq", seq, primary_key=True, autoincrement=True),
        *(_text(name) for name in ("kind", "id", "role", "name")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("kind", "id"),
    )
    op.create_table(
        "claims",
        _text("kind", key=True),
        *(_text(name) for name in ("salt", "digest")),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
    )
    op.create_table(
        "claim_tries",
        *(_text(name, key=True) for name in ("kind", "user_id")),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
    )
