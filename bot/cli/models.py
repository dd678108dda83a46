"""`depesche models`."""

import sys
import textwrap
from pathlib import Path

import click
from babel.numbers import format_decimal, format_percent

from bot.app.models import standings, why_not
from bot.app.settings import language_of
from bot.cli.options import config_option, load_config
from bot.commands.wording import say
from bot.extraction.trained.standing import BUNDLED, SURE, Standing, State

COLUMNS = 80
INDENT = 10


@click.command()
@config_option
def models(config_path: Path | None) -> None:
    """List the trained model of each language, or why none is used."""
    config = load_config(config_path)
    lang = language_of(config)
    found = standings(config)
    for one in found:
        for line in lines(one, lang):
            click.echo(line)
    if any(one.wrong for one in found):
        sys.exit(1)


def lines(one: Standing, lang: str) -> list[str]:
    """What is used for a language and why, at most 80 columns wide."""
    label = say(lang, f"lang_{one.lang}").ljust(INDENT)
    return [
        line
        for number, text in enumerate(_told(one, lang))
        for line in textwrap.wrap(
            text,
            COLUMNS,
            initial_indent=label if number == 0 else " " * INDENT,
            subsequent_indent=" " * INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def _told(one: Standing, lang: str) -> list[str]:
    if one.state is not State.READY:
        why = why_not(one, lang)
        return [say(lang, "model_useless", why=why) if one.wrong else why]
    name = f"{one.meta.get('lang')}_{one.meta.get('name')}"
    key = "model_bundled" if one.choice == BUNDLED else "model_named"
    facts = [say(lang, key, name=name, version=one.version), one.licence, _megabytes(one.size, lang)]
    sources = ", ".join(one.sources)
    return [
        " · ".join(filter(None, facts)),
        *([say(lang, "model_sources", sources=sources)] if sources else ()),
        *_relations(one, lang),
    ]


def _relations(one: Standing, lang: str) -> list[str]:
    """Whether its parser is asked who does what, or why not; nothing where its makers tell nothing of it."""
    if one.scheme is None or one.right_relations is None:
        return []
    key = "model_relations" if one.asked_relations else "model_no_relations"
    share, least = (format_percent(number, locale=lang) for number in (one.right_relations, SURE))
    return [say(lang, key, scheme=one.scheme.name, share=share, least=least)]


def _megabytes(size: int, lang: str) -> str:
    return f"{format_decimal(max(size, 50_000) / 1e6, format='0.0', locale=lang)} MB"
