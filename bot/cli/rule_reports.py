"""How mistakes in rules and outcomes of their tests are printed: for people, scripts, GitHub and JUnit."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from xml.etree import ElementTree as ET

from bot.errors import Issue
from bot.rules.checking import TestResult


def _text(issues: Sequence[Issue]) -> list[str]:
    return [str(issue) for issue in issues]


def _json(issues: Sequence[Issue]) -> list[str]:
    return [json.dumps([asdict(issue) for issue in issues], ensure_ascii=False, indent=2)]


def _github(issues: Sequence[Issue]) -> list[str]:
    """Workflow commands: an annotation at its line in the changed files."""
    return [
        f"::{issue.severity} file={_property(issue.place)},line={max(1, issue.line)},"
        f"col={max(1, issue.column)}::{_escaped(issue.message)}"
        for issue in issues
    ]


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Issue]], list[str]]] = {"text": _text, "json": _json, "github": _github}


def junit(results: Sequence[TestResult]) -> bytes:
    """The outcomes as JUnit's XML: a suite for each rule."""
    root = ET.Element("testsuites", name="depesche rules")
    for rule in dict.fromkeys(result.rule.id for result in results):
        of_rule = [result for result in results if result.rule.id == rule]
        failures = sum(not result.passed for result in of_rule)
        suite = ET.SubElement(root, "testsuite", name=rule, tests=str(len(of_rule)), failures=str(failures))
        for result in of_rule:
            _case(suite, result)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _case(suite: ET.Element, result: TestResult) -> None:
    wants = "fires" if result.test.fires else "stays silent"
    case = ET.SubElement(
        suite,
        "testcase",
        classname=result.rule.id,
        name=f"line {result.test.line}: {wants}",
        file=result.rule.place,
        line=str(result.test.line),
    )
    if result.problem:
        failure = ET.SubElement(case, "failure", message=_printable(result.problem))
        failure.text = _printable("\n".join([result.test.text, *result.explanation.lines()]))


def _printable(text: str) -> str:
    """XML has no place for control signs."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
