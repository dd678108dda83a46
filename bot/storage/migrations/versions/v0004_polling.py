"""What is learnt of a source, what an article said before it was edited, and hubs that push feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Widen sources and articles, make the new tables."""
    op.add_column("sources", sa.Column("set_interval", sa.Integer()))
    op.add_column("sources", sa.Column("learnt", sa.Text()))
    _articles()
    _editions()
    _hubs()


def downgrade() -> None:
    """Take it all back."""
    op.drop_table("hubs")
    op.drop_table("editions")
    for index in ("check_at", "source_id_twin", "state_silent_dated_at_seq"):
        op.drop_index(op.f(f"ix_articles_{index}"), "articles")
    op.create_index(op.f("ix_articles_state_silent_seq"), "articles", ["state", "silent", "seq"])
    for column in (
        "paywalled",
        "author",
        "checks",
        "check_at",
        "edition",
        "twin",
        "face",
        "dated_at",
        "edited",
    ):
        op.drop_column("articles", column)
    op.drop_column("sources", "learnt")
    op.drop_column("sources", "set_interval")


def _articles() -> None:
    for name in ("edited", "face", "twin", "author"):
        op.add_column("articles", sa.Column(name, sa.Text()))
    op.add_column("articles", sa.Column("paywalled", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("dated_at", "check_at"):
        op.add_column("articles", sa.Column(name, MOMENT))
    for name, default in (("edition", "1"), ("checks", "0")):
        counted: sa.Column[int] = sa.Column(name, sa.Integer(), nullable=False, server_default=default)
        op.add_column("articles", counted)
    op.execute("UPDATE articles SET dated_at = created_at")
    op.drop_index(op.f("ix_articles_state_silent_seq"), "articles")
    waiting = ["state", "silent", "dated_at", "seq"]
    op.create_index(op.f("ix_articles_state_silent_dated_at_seq"), "articles", waiting)
    op.create_index(op.f("ix_articles_source_id_twin"), "articles", ["source_id", "twin"])
    op.create_index(op.f("ix_articles_check_at"), "articles", ["check_at"])


def _editions() -> None:
    article = sa.ForeignKey("articles.id", name=op.f("fk_editions_article_id"))
    op.create_table(
        "editions",
        sa.Column("article_id", sa.Text(), article, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("entry", "published", "edited")),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_editions")),
    )


def _hubs() -> None:
    source = sa.ForeignKey("sources.id", name=op.f("fk_hubs_source_id"))
    op.create_table(
        "hubs",
        sa.Column("source_id", sa.Text(), source, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("hub", "topic", "token", "secret", "state")
        ),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("pushed_at", MOMENT),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_hubs")),
        sa.UniqueConstraint("token", name=op.f("uq_hubs_token")),
    )
    op.create_index(op.f("ix_hubs_next_at"), "hubs", ["next_at"])
