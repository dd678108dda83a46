"""What people think of alerts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.errors import StoreError
from bot.ports.voices import Marked, Opinion, Tally, Voice
from bot.storage.channel_tables import voices
from bot.storage.database import Part, reads, writes
from bot.storage.jsontext import ALERT
from bot.storage.rows import ARTICLE, AnyRow, article_of
from bot.storage.tables import alerts, articles
from bot.storage.upsert import put_rows


class Voices(Part):
    """Fulfils `bot.ports.voices.VoiceStore`."""

    @writes
    def put_voice(self, tx: Connection, voice: Voice, *, now: datetime) -> Tally:
        """Count a voice."""
        first = func.coalesce(alerts.c.updates, alerts.c.id)
        first_id = tx.scalar(select(first).where(alerts.c.id == voice.alert_id))
        if first_id is None:
            raise StoreError(f"no alert `{voice.alert_id}` in the store")
        row = {
            "first_id": first_id,
            "kind": voice.kind,
            "user_id": voice.user,
            "alert_id": voice.alert_id,
            "opinion": voice.opinion,
            "at": now,
        }
        put_rows(tx, voices, [row])
        mine = select(voices.c.first_id.label("name"), voices.c.opinion, func.count().label("n"))
        mine = mine.where(voices.c.first_id == first_id)
        return _by_name(tx.execute(mine.group_by(voices.c.first_id, voices.c.opinion)))[first_id]

    @reads
    def tallies(self, tx: Connection) -> Mapping[str, Tally]:
        """The voices by rule."""
        columns = alerts.c.rule_id.label("name"), voices.c.opinion, func.count().label("n")
        query = select(*columns).join_from(voices, alerts, voices.c.first_id == alerts.c.id)
        return _by_name(tx.execute(query.group_by(alerts.c.rule_id, voices.c.opinion)))

    @reads
    def marked(self, tx: Connection, rule_id: str) -> Sequence[Marked]:
        """The judged alerts of a rule."""
        columns = voices.c.alert_id.label("name"), voices.c.opinion, func.count().label("n")
        tallies = _by_name(tx.execute(select(*columns).group_by(voices.c.alert_id, voices.c.opinion)))
        article = articles.c.id == alerts.c.article_id
        query = select(alerts.c.id.label("alert_id"), alerts.c.body, *ARTICLE)
        mine = query.join_from(alerts, articles, article).where(
            alerts.c.rule_id == rule_id, alerts.c.id.in_(list(tallies))
        )
        return [
            Marked(alert=ALERT.load(row.body), article=article_of(row), tally=tallies[row.alert_id])
            for row in tx.execute(mine.order_by(alerts.c.seq))
        ]


def _by_name(counted: Iterable[AnyRow]) -> dict[str, Tally]:
    counts: dict[str, dict[str, int]] = {}
    for row in counted:
        counts.setdefault(row.name, {})[row.opinion] = row.n
    return {name: _tally(found) for name, found in counts.items()}


def _tally(counts: Mapping[str, int]) -> Tally:
    return Tally(useful=counts.get(Opinion.USEFUL, 0), wrong=counts.get(Opinion.WRONG, 0))
