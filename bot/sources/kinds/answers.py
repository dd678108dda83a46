"""Answers of other people's servers as trees and values that may be asked for anything."""

import json
from typing import Any

import lxml.html
from lxml import etree

from bot.article.charset import decode
from bot.article.markup import legal_markup
from bot.errors import SourceError
from bot.sources.client import Response


def html_tree(response: Response) -> Any:
    """The page as an lxml tree.

    Raises:
        SourceError: It is empty.
    """
    text = legal_markup(decode(response.body, response.content_type).text)
    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True)
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceError("the page is empty") from error


def inner_html(element: Any) -> str:
    """What stands inside an element, as HTML."""
    outer: str = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return outer


def text_of(element: Any) -> str:
    """The words in an element, in one line; the empty text for None."""
    return "" if element is None else " ".join(str(element.text_content()).split())


def json_answer(response: Response) -> Any:
    """The value that a server answered.

    Raises:
        SourceError: It is no JSON, or half of it.
    """
    if not response.complete:
        raise SourceError("the answer is cut off in the middle")
    try:
        return json.loads(decode(response.body, response.content_type).text)
    except (ValueError, RecursionError) as error:
        raise SourceError("the server did not answer in JSON") from error


def dig(value: Any, *path: str) -> Any:
    """What lies at a path of keys, or None where the path ends early."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def words_at(value: Any, *path: str) -> str:
    """The text at a path of keys; empty where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, str) else ""


def list_at(value: Any, *path: str) -> list[Any]:
    """The list at a path of keys; empty where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, list) else []
