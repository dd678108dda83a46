"""Mutes and voices of the store in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import StoreError
from bot.ports.mutes import Mute
from bot.ports.voices import Marked, Opinion, Tally, Voice
from tests.fakes.store_outbox import FakeOutbox
from tests.fakes.store_rows import FakeArticle


@dataclass(kw_only=True)
class FakeOpinions(FakeOutbox):
    """Fulfils `MuteStore` and `VoiceStore`."""

    articles: dict[str, FakeArticle] = field(default_factory=dict)
    muted: dict[tuple[str, str, str], Mute] = field(default_factory=dict)
    opinions: dict[tuple[str, str, str], Voice] = field(default_factory=dict)

    # --- mutes

    async def mute(self, mute: Mute) -> None:
        """Put a mute."""
        self.muted[mute.kind, mute.address, mute.subject] = mute

    async def unmute(self, kind: str, address: str, subject: str | None = None) -> int:
        """Take mutes back."""
        these = [key for key in self.muted if key[:2] == (kind, address) and subject in (None, key[2])]
        for key in these:
            del self.muted[key]
        return len(these)

    async def mutes(self, now: datetime) -> Sequence[Mute]:
        """Those that last."""
        lasting: Iterable[Mute] = (one for one in self.muted.values() if one.until > now)
        return sorted(lasting, key=lambda one: (one.until, one.kind, one.address, one.subject))

    async def story_of(self, alert_id: str) -> str | None:
        """The story of an alert's article."""
        known = self.alerts.get(alert_id)
        return self.articles[known.alert.article.id].story if known else None

    # --- voices

    async def put_voice(self, voice: Voice, *, now: datetime) -> Tally:  # noqa: ARG002
        """Count a voice."""
        known = self.alerts.get(voice.alert_id)
        if known is None:
            raise StoreError(f"no alert `{voice.alert_id}` in the store")
        first = known.alert.updates or voice.alert_id
        self.opinions[first, voice.kind, voice.user] = voice
        return _tally(one for key, one in self.opinions.items() if key[0] == first)

    async def tallies(self) -> Mapping[str, Tally]:
        """The voices by rule."""
        by_rule: dict[str, list[Voice]] = {}
        for (first, _, _), voice in self.opinions.items():
            by_rule.setdefault(self.alerts[first].alert.rule_id, []).append(voice)
        return {rule: _tally(voices) for rule, voices in by_rule.items()}

    async def marked(self, rule_id: str) -> Sequence[Marked]:
        """The judged alerts of a rule."""
        by_alert: dict[str, list[Voice]] = {}
        for voice in self.opinions.values():
            by_alert.setdefault(voice.alert_id, []).append(voice)
        return [
            Marked(alert=one.alert, article=self.articles[one.alert.article.id].article,
                   tally=_tally(by_alert[name]))
            for name, one in self.alerts.items()
            if name in by_alert and one.alert.rule_id == rule_id
        ]  # fmt: skip


def _tally(voices: Iterable[Voice]) -> Tally:
    opinions = [voice.opinion for voice in voices]
    return Tally(useful=opinions.count(Opinion.USEFUL), wrong=opinions.count(Opinion.WRONG))
