"""What a story is known by."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep of each article what its story is known by."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "profiles",
        sa.Column("seq", number, autoincrement=True, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_profiles_article_id")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_profiles_story_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_profiles")),
        sa.UniqueConstraint("article_id", name=op.f("uq_profiles_article_id")),
    )
    op.create_index(op.f("ix_profiles_story_id_seq"), "profiles", ["story_id", "seq"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("profiles")
