"""The headline of an alert: the rule's own template where it has one, else title, who and where to."""

from collections.abc import Mapping

from bot.alerts.amounts import amount_in, amount_shown
from bot.alerts.model import Alert
from bot.alerts.wording import day_in, name_in, without_article, words
from bot.article.cleaning import one_line
from bot.extraction.findings import Actor
from bot.rules.headlines import filled

NAMES = 3  # named in a headline before "and n more"
NAME_LIMIT = 60  # characters
HEADLINE_LIMIT = 160


def headline(alert: Alert, lang: str) -> str:
    """What the rule's own template says; else the usual: `Neue Truppenzusage: Norwegen → Litauen`.

    A template with a slot that is empty and in no brackets says nothing.
    """
    template = alert.rule_headline.get(lang)
    told = filled(template, slot_values(alert, lang)) if template else None
    return one_line(told or _usual(alert, lang), HEADLINE_LIMIT)


def slot_values(alert: Alert, lang: str) -> Mapping[str, str]:
    """What a template can speak of, in the reader's language; what is not known is empty."""
    wordings = words(lang)
    places = (alert.place,) if alert.place else ()
    return {
        "title": _title(alert, lang),
        "actor": _names(alert.actors or alert.participants, alert, lang, ", "),
        "target": _names(alert.targets, alert, lang, ", "),
        "participant": _names(alert.participants or alert.actors, alert, lang, " – "),
        "place": _names(places, alert, lang, ", "),
        "date": day_in(alert.date, lang) if alert.date else "",
        "quantity": amount_shown(alert.quantity, alert.article.lang, lang) if alert.quantity else "",
        "medium": str(wordings["medium"][alert.medium]) if alert.medium else "",
        "modality": str(wordings["modality"][alert.modality]) if alert.modality else "",
        "speaker": one_line(alert.quote.speaker, NAME_LIMIT) if alert.quote and alert.quote.speaker else "",
        "source": one_line(alert.article.source_name, NAME_LIMIT) if alert.article.source_name else "",
    }


def is_counted(actor: Actor, alert: Alert) -> bool:
    """Whether the quantity is who acts: `more than 30 countries`."""
    return alert.quantity is not None and actor.start == alert.quantity.start


def _usual(alert: Alert, lang: str) -> str:
    who = _names(alert.participants or alert.actors, alert, lang, " – " if alert.participants else ", ")
    where = _where(alert, lang)
    if who and where:
        who += f", {where}" if alert.participants else f" → {where}"
    told = f": {who}" if who else f" → {where}" if where else ""
    return f"{_title(alert, lang)}{told}"


def _title(alert: Alert, lang: str) -> str:
    return alert.rule_title.get(lang) or next(iter(alert.rule_title.values()), alert.rule_id)


def _where(alert: Alert, lang: str) -> str:
    """For consultations the place; else whom it is meant for, or the place."""
    if alert.participants and alert.place:
        return name_in(alert.place, lang)
    named = {name_in(actor, lang) for actor in alert.actors}
    targets = [target for target in alert.targets if name_in(target, lang) not in named]
    if targets and not alert.participants:
        return _names(tuple(targets), alert, lang, ", ")
    return name_in(alert.place, lang) if alert.place else ""


def _names(actors: tuple[Actor, ...], alert: Alert, lang: str, joint: str) -> str:
    names = list(dict.fromkeys(one_line(_name(actor, alert, lang), NAME_LIMIT) for actor in actors))
    shown = joint.join(names[:NAMES])
    if len(names) > NAMES:
        shown += " " + words(lang)["more_names"].format(n=len(names) - NAMES)
    return shown


def _name(actor: Actor, alert: Alert, lang: str) -> str:
    """Countries that are only counted in numbers; others by name, without the article before it."""
    if is_counted(actor, alert) and alert.quantity:
        return amount_in(alert.quantity, lang)
    return without_article(name_in(actor, lang), alert.article.lang)
