"""The fake server reads HTML as Telegram does: its errors, its counts, its entities."""

import pytest

from tests.fakes.telegram.entities import MarkupError, parse_html, units

SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
    " surrogate code units"
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<script>x", 'Unsupported start tag "script" at byte offset 0'),
        ("ä <3", "Unclosed start tag at byte offset 3"),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=x_y>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "&#xd83d;",
            SURROGATE,
        ),
    ],
)
def test_what_cannot_be_parsed(source: str, said: str) -> None:
    """Errors name the byte, not the character."""
    with pytest.raises(MarkupError) as raised:
        parse_html(source)
    assert str(raised.value) == said


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;&#39;&#x27;", "<>&\"''"),
        ("a &nbsp; &copy b & c &", "a &nbsp; &copy b & c &"),
        ("&amp;lt;", "&lt;"),
        ("&lt", "<"),
        ("  <b> x </b>  ", "x"),
        ("&#x1F9E8;", "🧨"),
        ("&#0;", "&#0;"),
    ],
)
def test_references(source: str, text: str) -> None:
    """Four names and all numbers are known; the rest stands for itself; the ends are trimmed."""
    assert parse_html(source).text == text


def test_entities_are_counted_in_utf_16() -> None:
    """Offsets and lengths are those of the Bot API: a sign beyond the basic plane counts twice."""
    found = parse_html(
        '🧨 <a href="https://example.org/?a&amp;b"><b>ä🧨</b></a> <blockquote expandable>x</blockquote>'
    )
    assert found.entities == [
        {"type": "bold", "offset": 3, "length": 3},
        {"type": "text_link", "offset": 3, "length": 3, "url": "https://example.org/?a&b"},
        {"type": "expandable_blockquote", "offset": 7, "length": 1},
    ]
    assert units(found.text) == 8


@pytest.mark.parametrize("href", ["javascript:alert(1)", "localhost", "http://", "https://intranet/x"])
def test_bad_links_are_dropped(href: str) -> None:
    """The text stays, the link does not."""
    assert parse_html(f'<a href="{href}">x</a>').entities == []


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "blockquote inside blockquote"),
        ("<code><b>a</b></code>", "<b> inside code or pre"),
        ('<a href="https://a.example">a<a href="https://b.example">b</a></a>', "link inside link"),
    ],
)
def test_what_the_documentation_forbids(source: str, rule: str) -> None:
    """What the server silently changes is noted all the same."""
    assert parse_html(source).broken_rules == [rule]


def test_a_language_in_pre_is_allowed() -> None:
    """The one nesting that code may have."""
    assert parse_html('<pre><code class="language-yaml">a: 1</code></pre>').broken_rules == []
