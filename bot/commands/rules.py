"""`/rules`: which rules there are and how much they tell; `/rules resume ID` lets a held one run again."""

from collections.abc import Mapping
from datetime import timedelta

from bot.alerts.decide import Reason
from bot.alerts.wording import words
from bot.article.cleaning import one_line
from bot.commands.asking import Asked, Level
from bot.commands.fitting import answer, clipped, fitted
from bot.commands.status import moment
from bot.commands.wording import closest
from bot.ports.conversation import Answer
from bot.ports.rules import HeldRule
from bot.ports.voices import Tally
from bot.rules.model import Rule, Status

COUNTED = timedelta(days=7)
RESUME = "resume"
ON_TRIAL = (Reason.SHADOW, Reason.RAN_AWAY)


async def rules(ask: Asked) -> Answer:
    """The rules, those whose id, title or tag has the word that was given."""
    word = ask.request.arguments.strip().casefold()
    if word.partition(" ")[0] == RESUME:
        return await _resume(ask, word.removeprefix(RESUME).strip())
    chosen = [rule for _, rule in sorted(ask.desk.rules().items()) if word in _searchable(rule, ask.lang)]
    if not chosen:
        return answer(ask.say("no_such_rule", word=clipped(word, 60)) if word else ask.say("no_rules"))
    since = ask.desk.clock.now() - COUNTED
    pushed = await ask.desk.store.pushed_by_rule(since=since)
    counted = await ask.desk.store.counted_by_rule(ON_TRIAL, since=since)
    held = {one.rule_id: one for one in await ask.desk.store.held_rules()}
    tallies = await ask.desk.store.tallies()
    texts = (
        _described(ask, rule, pushed, counted, held.get(rule.id)) + _judged(ask, tallies.get(rule.id))
        for rule in chosen
    )
    return fitted(ask, texts, ask.say("rules", n=len(chosen)))


def _judged(ask: Asked, tally: Tally | None) -> str:
    """How many of those who judged its alerts found them useful."""
    if tally is None or tally.precision is None:
        return ""
    return f" · {ask.say('precision', percent=round(100 * tally.precision), n=tally.n)}"


async def _resume(ask: Asked, rule_id: str) -> Answer:
    """Let a rule run again that ran away."""
    if ask.level < Level.OWNER:
        return answer(ask.say("owner_only"))
    if ask.desk.resume and await ask.desk.resume(rule_id):
        return answer(ask.say("rule_resumed", rule=rule_id))
    close = closest(rule_id, [one.rule_id for one in await ask.desk.store.held_rules()])
    hint = ask.say("did_you_mean", word=close) if close else ""
    return answer(ask.say("rule_not_held", rule=clipped(rule_id, 60)) + hint)


def _described(
    ask: Asked, rule: Rule, pushed: Mapping[str, int], counted: Mapping[str, int], held: HeldRule | None
) -> str:
    facts = [words(ask.lang)["severity"][rule.severity], _status(ask, rule, held)]
    if rule.status is Status.LIVE:
        facts.append(ask.say("pushed_lately", n=pushed.get(rule.id, 0)))
    if rule.id in counted or rule.status is Status.SHADOW:
        facts.append(ask.say("counted_lately", n=counted.get(rule.id, 0)))
    return f"{one_line(rule.title[ask.lang], 100)}\n{rule.id} · {' · '.join(facts)}"


def _status(ask: Asked, rule: Rule, held: HeldRule | None) -> str:
    """Live, in shadow or a draft; or set to shadow since then, as long as its file is the same."""
    if rule.status is Status.LIVE and held and held.version == rule.version:
        return ask.say("rule_held", time=moment(held.since, ask.desk.clock.now(), ask.zone))
    return ask.say(f"rule_{rule.status}")


def _searchable(rule: Rule, lang: str) -> str:
    return " ".join((rule.id, rule.title[lang], *rule.tags)).casefold()
