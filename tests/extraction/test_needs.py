"""What a pattern row asks of a sentence before it is tried is never more than a match holds."""

from __future__ import annotations

import pytest

from loaders.extraction.contacts import _table, grammar
from loaders.extraction.needs import holds, needs_of
from loaders.extraction.sketch import Unit, sketch

ROWS = _table("contacts.toml")["pattern"]
TEXTS = [row[key] for row in ROWS for key in ("example", "counterexample")]
NOUNS = ["talk", "Talks", "Meeting", "negotiations", "consultations", "Summits", "discussion", "encounter", "trilateral",
         "conversation", "interactions", "session", "pull-aside", "audience", "dialogue", "engagement", "contacts",
         "exchange of views", "tête-à-tête", "round of talks"]  # fmt: skip
CALLS = ["call", "phone call", "telephone talks", "online meeting", "videoconference", "Teleconferences",
         "virtual summit", "conversation by phone"]  # fmt: skip


@pytest.mark.parametrize("row", grammar().rows, ids=lambda row: row.id)
def test_a_row_that_matches_a_sentence_is_never_passed_over(row: object) -> None:
    for text in TEXTS:
        drawn = sketch(Unit(text, 0, len(text), 0, "title")).text
        if row.pattern.search(drawn):  # type: ignore[attr-defined]
            assert holds(drawn, row.needs), text  # type: ignore[attr-defined]


@pytest.mark.parametrize("noun", NOUNS)
def test_each_noun_of_contact_is_let_through(noun: str) -> None:
    (during,) = (row for row in grammar().rows if row.id == "during-talks")
    assert holds(f"during the {noun} with X", during.needs)


@pytest.mark.parametrize("noun", CALLS)
def test_each_noun_of_remote_contact_is_let_through(noun: str) -> None:
    (held,) = (row for row in grammar().rows if row.id == "held-call")
    assert holds(f"held a {noun} with X", held.needs)


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("left (?:right )?up", (("left ",), ("up",))),
        ("(?:by|from) {word}", (("from", "by"), ("w",))),
        ("(?:by|[fg]rom) x", (("by", "rom"), (" x",))),
        ("(?:by|[fg]) x", ((" x",),)),
        ("a(?!b)c", (("a",), ("c",))),
        ("ab?c", (("a",), ("c",))),
    ],
)
def test_only_what_every_match_holds_is_asked_for(
    pattern: str, needs: tuple[tuple[str, ...], ...]
) -> None:
    found = needs_of(pattern, {"word": ("w",)})
    assert {frozenset(n) for n in found} == {frozenset(n) for n in needs}
