"""Articles in their stories: what the story index is built from at the start."""

import json
from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    func,
    select,
)

from bot.ports.stories import Kept
from bot.storage.columns import Plain
from bot.storage.database import Part, reads
from bot.storage.tables import metadata
from bot.storage.upsert import insert_new
from bot.stories.profile import Profile

profiles = Table(
    "profiles",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False, unique=True),
    Column("story_id", ForeignKey("stories.id"), nullable=False),
    Column("origin", Plain, nullable=False),
    Column("body", Plain, nullable=False),  # JSON
    Index(None, "story_id", "seq"),
)


class Stories(Part):
    """Fulfils `bot.ports.stories.StoryStore`."""

    @reads
    def kept(self, tx: Connection, *, stories: int, articles: int) -> Sequence[Kept]:
        """The latest articles of the latest stories."""
        place, last = func.row_number(), func.max(profiles.c.seq)
        latest = (
            select(profiles.c.story_id).group_by(profiles.c.story_id).order_by(last.desc()).limit(stories)
        )
        newest = place.over(partition_by=profiles.c.story_id, order_by=profiles.c.seq.desc()).label("place")
        ranked = select(profiles, newest).where(profiles.c.story_id.in_(latest)).subquery()
        query = select(ranked).where(ranked.c.place <= articles).order_by(ranked.c.seq)
        return [
            Kept(profile=Profile.read(json.loads(row.body)), story=row.story_id, origin=row.origin)
            for row in tx.execute(query)
        ]


def put_kept(tx: Connection, one: Kept) -> None:
    """Keep an article in its story; one that is kept stays as it is."""
    body = json.dumps(one.profile.plain(), ensure_ascii=False, separators=(",", ":"))
    row = {"article_id": one.profile.id, "story_id": one.story, "origin": one.origin, "body": body}
    insert_new(tx, profiles, [row])
