"""Reads a question in English as one of the catalogue's, or says that it cannot.

A small grammar, not a language model: the words decide which question is meant, and the names in
it must be known to the graph. What is not understood is refused with the forms nearest to it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from kg.errors import UnknownNameError, UsageError
from kg.store.base import View
from queries.catalogue import catalogue
from queries.english_dates import dates_in
from queries.lookup import find

_NAME = r"(?:the )?(?P<{}>[^?]+?)"
_KINDS: Mapping[str, str] = {
    "a": "entity", "b": "entity", "party": "entity", "with": "entity",
    "person": "entity", "state": "party", "topic": "topic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask one of the questions.

    Attributes:
        pattern: over the sentence without its dates; its groups are parameters of the question.
        example: a sentence in this form.
        given: parameters that the words themselves give.
        dated: the question meant where the sentence has dates and `question` takes none.
        renamed: what `dated` calls the parameters.
    """

    question: str
    pattern: re.Pattern[str]
    example: str
    given: Mapping[str, str]
    dated: str | None
    renamed: Mapping[str, str]


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order in which they are tried."""
    text = files("queries").joinpath("english.toml").read_text(encoding="utf-8")
    return tuple(
        Form(
            question=row["question"],
            pattern=_pattern(row["form"]),
            example=row["example"],
            given=row.get("given", {}),
            dated=row.get("dated"),
            renamed=row.get("as", {}),
        )
        for row in tomllib.loads(text)["form"]
    )


def _pattern(text: str) -> re.Pattern[str]:
    filled = re.sub(r"\{(\w+)\}", lambda m: _NAME.format(m[1]), text)
    return re.compile(filled + r"\s*[?.]?\Z", re.IGNORECASE)


def read_question(view: View, sentence: str) -> tuple[str, dict[str, str]]:
    """The question meant and its parameters.

    Raises:
        UsageError: the sentence is in none of the forms, or has dates and means a question
            without; the message names the nearest forms.
        UnknownNameError: it names somebody or something that the graph does not know.
    """
    dates, text = dates_in(" ".join(sentence.split()))
    unknown: UnknownNameError | None = None
    for form in forms():
        found = form.pattern.match(text)
        if not found:
            continue
        names = {k: v.strip() for k, v in found.groupdict().items() if v}
        try:
            return _asked(view, form, names, dates)
        except UnknownNameError as error:
            unknown = unknown or error
    if unknown:
        raise unknown
    near = " or ".join(repr(example) for example in nearest(text))
    raise UsageError(
        f"{sentence!r} is in no form that is understood; nearest are {near}; "
        "kg ask --list shows the questions"
    )


def nearest(text: str) -> list[str]:
    """The two examples that share most with a sentence."""
    wanted = text.casefold().split()

    def unlike(example: str) -> float:
        words = example.casefold().rstrip("?").split()
        return -SequenceMatcher(None, wanted, words, autojunk=False).ratio()

    return sorted(dict.fromkeys(form.example for form in forms()), key=unlike)[:2]


def _asked(
    view: View, form: Form, names: Mapping[str, str], dates: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    question, given = form.question, names
    if dates and not _takes_dates(question):
        if form.dated is None:
            title = catalogue()[question].title
            raise UsageError(f"{title!r} takes no dates: leave them out")
        question = form.dated
        given = {form.renamed.get(name, name): value for name, value in names.items()}
    return question, {**_checked(view, question, given), **form.given, **dates}


def _takes_dates(question: str) -> bool:
    return any(p.name == "since" for p in catalogue()[question].parameters)


def _checked(view: View, question: str, names: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for parameter, name in names.items():
        is_party = "/person/" not in find(view, _kind(question, parameter), name).value
        if parameter == "person" and is_party:
            parameter = "state"
        elif parameter == "state" and not is_party:
            parameter = "person"
        if parameter in given:
            raise UnknownNameError("person", name)
        given[parameter] = name
    return given


def _kind(question: str, parameter: str) -> str:
    """A visited state is a state; the state that meets may be spoken of by its leader's name."""
    return "entity" if (question, parameter) == ("who-met-whom", "state") else _KINDS[parameter]
