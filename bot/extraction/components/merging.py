"""Mentions of names that overlap: which of them stay."""

from collections.abc import Iterable, Sequence

from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.persons import taken


def merged(mentions: Sequence[Mention], proposals: Iterable[Mention]) -> list[Mention]:
    """Mentions with those proposals that overlap none, or only shorter ones, which give way."""
    standing = taken(mentions)
    kept = {mention.first: mention for mention in mentions}
    for proposal in proposals:
        rivals = {standing[at] for at in range(proposal.first, proposal.end) if at in standing}
        size = proposal.end - proposal.first
        if any(rival.end - rival.first > size or _same_stretch(rival, proposal) for rival in rivals):
            continue
        for rival in rivals:
            kept.pop(rival.first, None)
        kept[proposal.first] = proposal
        standing |= taken([proposal])
    return [kept[first] for first in sorted(kept)]


def _same_stretch(rival: Mention, proposal: Mention) -> bool:
    """Of two for the same words the first stays, unless it was only a short name."""
    same = (rival.first, rival.end) == (proposal.first, proposal.end)
    return same and rival.sense is not Sense.SHORT
