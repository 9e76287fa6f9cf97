"""Reads a question in English as one of the catalogue's, or says that it cannot.

A small grammar, not a language model: the words decide which question is meant, and the names in
it must be known to the graph. What is not understood is refused with the list of questions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from kg.errors import UnknownNameError, UsageError
from kg.store.base import View
from queries.lookup import find

_NAME = r"(?:the )?(?P<{}>[^?]+?)"
_WHEN = re.compile(
    r"\b(?:(?P<since>since|after|from)|(?P<until>until|before|up to)|in|during)\s+"
    r"(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)\b"
)


def _pattern(text: str) -> re.Pattern[str]:
    filled = re.sub(r"\{(\w+)\}", lambda m: _NAME.format(m[1]), text)
    return re.compile(filled + r"\s*\??\Z", re.IGNORECASE)


@cache
def forms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Question, pattern and example of every form, in the order in which they are tried."""
    text = files("queries").joinpath("english.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["form"]
    return tuple((r["question"], _pattern(r["form"]), r["example"]) for r in rows)


_KINDS: Mapping[str, str] = {
    "a": "entity", "b": "entity", "party": "entity", "with": "entity",
    "person": "entity", "state": "party", "topic": "topic",
}  # fmt: skip


def read_question(view: View, sentence: str) -> tuple[str, dict[str, str]]:
    """The question meant and its parameters.

    Raises:
        UsageError: the sentence is in none of the forms.
        UnknownNameError: it names somebody or something that the graph does not know.
    """
    dates, text = _dates(" ".join(sentence.split()))
    unknown: UnknownNameError | None = None
    for name, pattern, _ in forms():
        found = pattern.match(text)
        if not found:
            continue
        try:
            given = _checked(view, name, {k: v for k, v in found.groupdict().items() if v})
        except UnknownNameError as error:
            unknown = unknown or error
            continue
        return name, given | (dates if name not in _UNDATED else {})
    if unknown:
        raise unknown
    raise UsageError(
        f"{sentence!r} is not in a form that is understood; kg ask --list shows the questions"
    )


_UNDATED = frozenset({"pair-history", "topics-of-pair", "who-met-both", "where-reports-disagree"})


def _dates(text: str) -> tuple[dict[str, str], str]:
    dates: dict[str, str] = {}
    for found in _WHEN.finditer(text):
        if not found["until"]:
            dates["since"] = found["date"]
        if not found["since"]:
            dates["until"] = found["date"]
    return dates, " ".join(_WHEN.sub(" ", text).split()).replace(" ?", "?")


def _checked(view: View, question: str, names: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for parameter, name in names.items():
        iri = find(view, _KINDS[parameter], name.strip()).value
        is_party = "/person/" not in iri
        if parameter == "person" and is_party:
            parameter = "state"
        given[parameter] = name.strip()
    if question == "visits" and "state" in given and "person" in names:
        raise UnknownNameError("person", names["person"])
    return given
