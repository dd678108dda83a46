"""Slack's markup in text: what must be escaped so that words of an article stay words.

Slack reads `<…>` as a control sequence: `<!channel>` rings everybody, `<url|label>` hides where a link
leads. Three characters are escaped, and no control sequence can arise. Slack has no escape for its
formatting signs; where an article's words stand beside markup of ours, look-alikes take their place.
"""

import re

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LOOK_ALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
_EMOJI = re.compile(r":(?=[A-Za-z0-9_+'-]+:)")
_WEB = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_UNSAFE_IN_LINK = str.maketrans({"|": "%7C", "<": "%3C", ">": "%3E", '"': "%22", "`": "%60"})
_UNESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def escaped(text: str) -> str:
    """The text as Slack shows it character by character, but for formatting signs."""
    return text.translate(_ESCAPES)


def literal(text: str) -> str:
    """The text without any markup in it: escaped, formatting signs and emoji codes made harmless."""
    return escaped(_EMOJI.sub("∶", text).translate(_LOOK_ALIKES))


def unescaped(text: str) -> str:
    """What a person typed, from what Slack sends."""
    for escape, character in _UNESCAPES:
        text = text.replace(escape, character)
    return text


def web_address(url: str | None, limit: int) -> str | None:
    """The address if Slack takes it as a link: http or https, without spaces, short enough."""
    if not url or not url.isprintable() or not _WEB.fullmatch(url):
        return None
    safe = url.translate(_UNSAFE_IN_LINK)
    return safe if len(safe) <= limit else None


def link(url: str, label: str) -> str:
    """A link with a label of any words; `url` comes from `web_address`."""
    return f"<{escaped(url)}|{literal(label)}>"
