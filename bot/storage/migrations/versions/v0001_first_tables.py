"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them, those that others point to first."""
    _sources()
    _articles()
    _readings()
    _destinations()
    _outbox()


def downgrade() -> None:
    """Remove them."""
    for table in ("deliveries", "outbox", "subscriptions", "destinations"):
        op.drop_table(table)
    for table in ("alerts", "findings", "articles", "stories", "sources"):
        op.drop_table(table)


def _seq() -> sa.Column[int]:
    return sa.Column(
        "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
    )


def _text(name: str, *constraints: sa.ForeignKey, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), *constraints, nullable=null, primary_key=key)


def _sources() -> None:
    op.create_table(
        "sources",
        _text("id", key=True),
        _text("kind"),
        _text("url"),
        _text("name"),
        _text("options"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("next_poll_at", MOMENT, nullable=False),
        sa.Column("last_attempt_at", MOMENT),
        sa.Column("last_success_at", MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False),
        _text("last_error", null=True),
        _text("note", null=True),
        sa.Column("skipped", sa.Integer(), nullable=False),
        _text("etag", null=True),
        _text("last_modified", null=True),
        _text("body_hash", null=True),
    )
    op.create_index(op.f("ix_sources_active_next_poll_at"), "sources", ["active", "next_poll_at"])


def _articles() -> None:
    op.create_table(
        "stories",
        _text("id", key=True),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
    )
    op.create_table(
        "articles",
        _seq(),
        _text("id"),
        *(_text(name, null=True) for name in ("source_id", "source_name", "entry_key", "link", "entry")),
        *(_text(name, null=True) for name in ("url", "title")),
        _text("text"),
        *(_text(name, null=True) for name in ("lang", "published")),
        sa.Column("demo", sa.Boolean(), nullable=False),
        _text("state"),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _text("reason", null=True),
        _text("story_id", sa.ForeignKey("stories.id"), null=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("source_id", "entry_key"),
        sa.UniqueConstraint("source_id", "link"),
    )
    op.create_index(op.f("ix_articles_state_silent_seq"), "articles", ["state", "silent", "seq"])
    op.create_index(op.f("ix_articles_read_at"), "articles", ["read_at"])


def _readings() -> None:
    op.create_table(
        "findings",
        _text("article_id", sa.ForeignKey("articles.id"), key=True),
        sa.Column("schema", sa.Integer(), nullable=False),
        _text("body"),
    )
    op.create_table(
        "alerts",
        _seq(),
        _text("id"),
        _text("article_id", sa.ForeignKey("articles.id")),
        *(_text(name) for name in ("rule_id", "key", "reason")),
        sa.Column("pushed", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        _text("body"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_alerts_article_id"), "alerts", ["article_id"])
    op.create_index(op.f("ix_alerts_pushed_seq"), "alerts", ["pushed", "seq"])
    op.create_index(op.f("ix_alerts_rule_id_key_created_at"), "alerts", ["rule_id", "key", "created_at"])


def _destinations() -> None:
    op.create_table(
        "destinations",
        _text("id", key=True),
        *(_text(name) for name in ("kind", "address", "lang")),
        _text("zone", null=True),
    )
    op.create_table(
        "subscriptions",
        _seq(),
        _text("channel"),
        _text("destination_id", sa.ForeignKey("destinations.id")),
        sa.Column("configured", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("channel", "destination_id"),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        _seq(),
        _text("key"),
        _text("alert_id", sa.ForeignKey("alerts.id")),
        _text("destination_id", sa.ForeignKey("destinations.id")),
        _text("state"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        *(_text(name, null=True) for name in ("message_id", "reason")),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("alert_id", "destination_id"),
    )
    op.create_index(op.f("ix_outbox_state_seq"), "outbox", ["state", "seq"])
    op.create_table(
        "deliveries",
        _seq(),
        _text("key", sa.ForeignKey("outbox.key")),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        *(_text(name, null=True) for name in ("outcome", "reason")),
        sa.UniqueConstraint("key", "attempt"),
    )
