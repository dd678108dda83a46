# ruff: noqa: E501  (a row of the tables stays one line)
from textwrap import dedent

import pytest

from bot.rules.loader import load_rule

HEAD = "id: r\ntitle: t\nstatus: shadow\n"  # three lines: what follows begins on line 4


def issues_of(text: str, place: str = "r.yml") -> list[str]:
    """All issues as `line:column severity message`."""
    _, issues = load_rule(text, place)
    return [f"{issue.line}:{issue.column} {issue.severity} {issue.message}" for issue in issues]


WHOLE = [
    ("", "0:0 error the file is empty"),
    ("# only a comment\n", "0:0 error the file is empty"),
    ("- a\n- b\n", "1:1 error a rule must be a block of keys"),
    ("just words", "1:1 error a rule must be a block of keys"),
    ("id: r\n\tstatus: live\n", "2:1 error not valid YAML"),
    ("id: r\nid: s\n", "2:1 error the key `id` stands twice"),
    ("id: &a r\ntitle: *a\n", "1:5 error anchors and aliases"),
    ("id: !!python/object:os.system r\n", "1:5 error tags"),
    ("title: t\nstatus: live\nwhen: {text: a}\n", "1:1 error the key “id” is missing"),
    ("id: r\nstatus: live\nwhen: {text: a}\n", "1:1 error the key “title” is missing"),
    ("id: r\ntitle: t\nwhen: {text: a}\n", "1:1 error the key “status” is missing: draft"),
    ("id: r\ntitle: t\nstatus: live\n", "1:1 error the key “when” is missing"),
    ("id: My Rule\ntitle: t\nstatus: shadow\nwhen: {text: a}\n", "1:5 error an id has small letters, digits and hyphens, such as “my-rule”"),
    ("id: [a]\ntitle: t\nstatus: shadow\nwhen: {text: a}\n", "1:5 error id must be text, not a list"),
    ("id: other\ntitle: t\nstatus: shadow\nwhen: {text: a}\n", "1:5 warning the file is called r.yml: call it other.yml"),
    ("id: r\ntitle: {fr: t}\nstatus: shadow\nwhen: {text: a}\n", "2:9 error unknown key “fr” in title"),
    ("id: r\ntitle: {}\nstatus: shadow\nwhen: {text: a}\n", "2:8 error title needs a text in de or en"),
    ("id: r\ntitle:\nstatus: shadow\nwhen: {text: a}\n", "2:7 error title must be text, it is empty"),
    ("id: r\ntitle: t\nstatus: aktiv\nwhen: {text: a}\n", "3:9 error unknown status “aktiv”; known: draft, live, shadow"),
    ("id: r\ntitle: t\nstatus: on\nwhen: {text: a}\n", "3:9 error unknown status “on”"),
    ("id: r\ntitle: t\nstatus: live\nwhen: {text: a}\n", "3:1 warning the rule is live and has no tests"),
]  # fmt: skip

AFTER_HEAD = [
    ("wenn: {text: a}\nwhen: {text: a}", "4:1 error unknown key “wenn” in a rule: did you mean “when”?"),
    ("serverity: high\nwhen: {text: a}", "4:1 error unknown key “serverity” in a rule: did you mean “severity”?"),
    ("severity: hihg\nwhen: {text: a}", "4:11 error unknown severity “hihg”: did you mean “high”?"),
    ("severity: 3\nwhen: {text: a}", "4:11 error unknown severity “3”"),
    ("tags: [two words]\nwhen: {text: a}", "4:8 error a tag is one word"),
    ("when:", "4:6 error conditions must be a block of keys"),
    ("when: []", "4:7 error the list is empty"),
    ("when: {}", "4:7 error the block is empty"),
    ("when: [text]", "4:8 error conditions must be a block of keys"),
    ("when:\n  evnt: attack", "5:3 error unknown key “evnt” in conditions: did you mean “event”?"),
    ("when:\n  event: troop.commit", "5:10 error unknown event type “troop.commit”: did you mean “troops.commit”?"),
    ("when:\n  event: [attack, troups.*]", "5:19 error unknown event type “troups.*”"),
    ("when:\n  event: {type: attack}", "5:10 error event must be text, not a block"),
    ("when:\n  event: []", "5:10 error event: the list is empty"),
    ("when:\n  modality: planned", "5:13 error unknown modality “planned”"),
    ("when:\n  modality: [decided, decidet]", "5:23 error unknown modality “decidet”: did you mean “decided”?"),
    ("when:\n  modality: [decided, decided]", "5:23 warning modality “decided” stands twice"),
    ("when:\n  medium: phone", "5:11 error unknown medium “phone”"),
    ("when:\n  event: attack\n  medium: call", "6:11 error only consult.* and peace.talks have a medium"),
    ("when:\n  actor: {knd: country}", "5:11 error unknown key “knd” in actor: did you mean “kind”?"),
    ("when:\n  actor: {kind: contry}", "5:17 error unknown kind “contry”: did you mean “country”?"),
    ("when:\n  actor: {}", "5:10 error actor needs one of: kind, id, name, role, country, region"),
    ("when:\n  place: {region: Baltic}", "5:19 error unknown region “Baltic”: did you mean “Baltics”?"),
    ("when:\n  place: {region: Sahel, country: [DE, FR]}", "5:19 error none of these countries lies in Sahel"),
    ("when:\n  actor: {id: Germany}", "5:15 error “Germany” is no id"),
    ("when:\n  actor: {country: Germany}", "5:20 error unknown country “Germany”"),
    ("when:\n  actor: {country: [DE, NTAO]}", "5:25 error unknown country “NTAO”: write ISO 3166 codes such as DE: did you mean “NATO”?"),
    ("when:\n  actor: {role: head of goverment}", "5:17 warning role “head of goverment” is no group of offices: did you mean “head of government”?"),
    ("when:\n  actor: ''", "5:10 error actor must be text"),
    ("when:\n  quantity: 500", "5:13 error quantity must be a block of keys"),
    ("when:\n  quantity: {unit: soldiers, at_least: 5}", "5:20 error unknown unit “soldiers”: did you mean “soldier”?"),
    ("when:\n  quantity: {unit: EURO, at_least: 5}", "5:20 error unknown unit “EURO”"),
    ("when:\n  quantity: {at_least: many}", "5:24 error at_least must be a number such as 500, not “many”"),
    ("when:\n  quantity: {at_least: '500'}", "5:24 error at_least must be a number"),
    ("when:\n  quantity: {at_least: true}", "5:24 error at_least must be a number"),
    ("when:\n  quantity: {at_least: -5}", "5:24 error at_least must not be negative"),
    ("when:\n  quantity: {at_least: 10.000}", "5:24 warning at_least is read as 10"),
    ("when:\n  quantity: {at_least: 500, at_most: 50}", "5:29 error no number is at_least 500 and at_most 50"),
    ("when:\n  quantity: {more_than: 5, less_than: 5}", "5:28 error no number is more_than 5 and less_than 5"),
    ("when:\n  quantity: {unit: soldier, if_given: true}", "5:13 error quantity with if_given needs a bound"),
    ("when:\n  quantity: {at_least: 5, if_given: maybe}", "5:37 error if_given must be true or false, not “maybe”"),
    ("when:\n  date: {within: 10 Tage}", "5:18 error within must be a length of time such as 36h, 14d or 2w, not “10 Tage”"),
    ("when:\n  date: {within: 10}", "5:18 error within must be a length of time"),
    ("when:\n  date: {after: 2026-02-30}", "5:17 error after must be a day such as 2026-03-02"),
    ("when:\n  date: {after: 2026-03-02, before: 2026-03-02}", "5:29 error no day is after 2026-03-02 and before 2026-03-02"),
    ("when:\n  date: {}", "5:9 error date needs a condition"),
    ("when:\n  text: []", "5:9 error text: the list is empty"),
    ("when:\n  text: [Wort, '!!']", "5:16 error “!!”: there is no word in it"),
    ("when:\n  text: Trup*pen", "5:9 error “Trup*pen”: * stands at the start or end of a word"),
    ("when:\n  text: '*en'", "5:9 error “*en”: beside * a word needs 3 letters"),
    ("when:\n  text: {words: a, in: headline}", "5:24 error unknown place to look in “headline”"),
    ("when:\n  text: {in: title}", "5:9 error text needs words"),
    ("when:\n  text: {words: a, in: sentence}", "5:9 error in: sentence needs a condition on an event beside it"),
    ("when:\n  pattern: 'ab(c'", "5:13 error regular expression: missing ): ab(c"),
    ("when:\n  pattern: ab**", "5:14 error regular expression: bad repetition operator"),
    ("when:\n  pattern: 'Übung(?=en)'", "5:18 error regular expression: invalid perl operator"),
    ("when:\n  pattern: '(a)\\1'", "5:16 error regular expression: invalid escape sequence"),
    ("when:\n  pattern: 'x*'", "5:12 error the regular expression finds even an empty text"),
    ("when:\n  pattern: {rgx: a}", "5:13 error unknown key “rgx” in pattern: did you mean “regex”?"),
    ("when:\n  quote: {}", "5:10 error quote needs a condition"),
    ("when:\n  quote: {kind: literal}", "5:17 error unknown quote kind “literal”"),
    ("when:\n  language: german", "5:13 error unknown language “german”"),
    ("when:\n  any: {text: a}", "5:8 error any must be a list of blocks"),
    ("when:\n  any:\n    - text: a\n    - txt: b", "7:7 error unknown key “txt” in conditions: did you mean “text”?"),
    ("when:\n  not: {text: a}", "4:1 error when only excludes"),
    ("when: {event: attack, modality: decided}\nunless: {modality: [decided, denied]}", "5:20 error every modality that when asks for is excluded"),
    ("when: {text: a}\nnovelty: {window: 2y}", "5:19 error window must be a length of time"),
    ("when: {event: attack}\nnovelty: {key: [who]}", "5:17 error unknown novelty key “who”"),
    ("when: {event: attack}\nnovelty: {update_when: [modality changes 5%]}", "5:25 error unknown change “modality changes 5%”"),
    ("when: {event: attack}\nnovelty: {first: who}", "5:18 error unknown slot of first “who”"),
    ("when: {event: attack}\nnovelty: {first: actor, key: [type, place]}", "5:11 error actor must also stand in key: [type, actor]"),
    ("when: {event: attack}\nnovelty: {first: actor, update_when: quantity}", "5:25 error a rule with first tells each thing once"),
    ("when: {event: attack}\nnovelty: {learn: 14d}", "5:11 error learn goes with first"),
    ("when: {event: attack}\nheadline: {de: 'Angriff von {aktor}'}", "5:29 error unknown slot “aktor”: did you mean “actor”?"),
    ("when: {event: attack}\nheadline: {}", "5:11 error headline needs a text in de or en"),
    ("when: {event: attack}\nheadline: {fr: x}", "5:12 error unknown key “fr” in headline"),
    ("when: {event: attack}\nheadline: 'Angriff [{place}'", "5:20 error the “[” has no partner"),
    ("when: {text: a}\nheadline: '{actor} sagt'", "5:1 error the rule asks for no event: {actor} would always be empty"),
    ("when:\n  source: {tier: radio}", "5:18 error unknown tier “radio”; known: agency, broadcaster"),
    ("when:\n  source: {}", "5:11 error source needs name or tier"),
    ("when:\n  source: {tir: agency}", "5:12 error unknown key “tir” in source: did you mean “tier”?"),
    ("when: {text: a}\ntests:\n  - {text: a, published: 2026-03-02, fires: true, tier: tv}", "6:57 error unknown tier “tv”"),
    ("when: {text: a}\nquote: {prefer: boss}", "5:17 error unknown quote preference “boss”"),
    ("when: {text: a}\ntests: x", "5:8 error tests must be a list"),
    ("when: {text: a}\ntests:\n  - text: a\n    fires: true", "6:5 error the test has no “published”"),
    ("when: {text: a}\ntests:\n  - {text: a, published: gestern, fires: true}", "6:26 error published must be a day"),
    ("when: {text: a}\ntests:\n  - {text: a, published: 2026-03-02, fires: vielleicht}", "6:45 error fires must be true, false, or what is expected"),
    ("when: {text: a}\ntests:\n  - {text: a, published: 2026-03-02, fires: {who: DE}}", "6:46 error unknown key “who” in fires"),
    ("when: {text: a}\ntests:\n  - {text: a, published: 2026-03-02, fires: true, because: text}", "6:51 error because says why a rule does not fire"),
    ("when: {text: a}\ntests:\n  - {text: a, published: 2026-03-02, fires: false, because: modality}", "6:52 error the rule has no condition “modality”"),
    ("when: {text: a}\ntests:\n  - {text: a, published: 2026-03-02, fires: false, because: mode}", "6:61 error unknown condition “mode”"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WHOLE, ids=[row[1] for row in WHOLE])
def test_whole_file(text: str, expected: str) -> None:
    """A mistake in the file as a whole is named with line and column."""
    found = issues_of(text)
    assert any(issue.startswith(expected) for issue in found), found


@pytest.mark.parametrize(("rest", "expected"), AFTER_HEAD, ids=[row[1] for row in AFTER_HEAD])
def test_one_mistake(rest: str, expected: str) -> None:
    """Each mistake gives exactly one issue, at its line and column, with its mend."""
    found = issues_of(HEAD + rest + "\n")
    assert len(found) == 1, found
    assert found[0].startswith(expected), found


def test_several_mistakes_at_once() -> None:
    """All mistakes of a file are told in one go, in the order of their places."""
    text = dedent("""\
        id: Bad Id
        title: t
        status: shadow
        when:
          event: atack
          modality: plant
        """)
    assert [issue.split()[0] for issue in issues_of(text)] == ["1:5", "5:10", "6:13"]


def test_a_warning_keeps_the_rule() -> None:
    """A rule with warnings only is loaded."""
    rule, issues = load_rule(HEAD + "when: {quantity: {at_least: 10.000}}\n", "r.yml")
    assert rule is not None
    assert [issue.severity for issue in issues] == ["warning"]


def test_an_issue_prints_as_compilers_do() -> None:
    """An issue reads `file:line:column: severity: message`."""
    _, issues = load_rule(HEAD + "when: {txt: a}\n", "rules/my/r.yml")
    assert str(issues[0]).startswith("rules/my/r.yml:4:8: error: unknown key “txt”")
