"""What a pattern row asks of a sentence before it is tried is never more than a match holds."""

from __future__ import annotations

import pytest

from loaders.extraction.contact_rows import Row, grammar, table
from loaders.extraction.contacts import _rows_on
from loaders.extraction.needs import Sieve, needs_of, ways_of
from loaders.extraction.sketch import Unit, sketch

ROWS = table("contacts.toml")["pattern"]
TEXTS = [row[key] for row in ROWS for key in ("example", "counterexample")]
NOUNS = ["talk", "Talks", "Meeting", "negotiations", "consultations", "Summits", "discussion", "encounter", "trilateral",
         "conversation", "interactions", "session", "pull-aside", "audience", "dialogue", "engagement", "contacts",
         "exchange of views", "tête-à-tête", "round of talks"]  # fmt: skip
CALLS = ["call", "phone call", "telephone talks", "online meeting", "videoconference", "Teleconferences",
         "virtual summit", "conversation by phone"]  # fmt: skip


def asked(row_id: str, text: str) -> bool:
    (row,) = (row for row in grammar().rows if row.id == row_id)
    return bool(Sieve([(frozenset(), row.ways)]).passing(text.lower()))


@pytest.mark.parametrize("row", grammar().rows, ids=lambda row: row.id)
def test_a_row_that_matches_a_sentence_is_never_passed_over(row: Row) -> None:
    for text in TEXTS:
        unit = Unit(text, 0, len(text), 0, "title", listed=True)
        drawn = sketch(unit).text
        if row.pattern.pattern.search(drawn):
            assert row in _rows_on(drawn, unit), text


@pytest.mark.parametrize("row", grammar().rows, ids=lambda row: row.id)
def test_the_matches_of_a_row_are_those_of_its_pattern(row: Row) -> None:
    for text in (*TEXTS, " ".join(TEXTS)):
        drawn = sketch(Unit(text, 0, len(text), 0, "title")).text
        assert [m.span() for m in row.pattern.finditer(drawn)] == [
            m.span() for m in row.pattern.pattern.finditer(drawn)
        ]


@pytest.mark.parametrize("noun", NOUNS)
def test_each_noun_of_contact_is_let_through(noun: str) -> None:
    assert asked("during-talks", f"during the {noun} with X")


@pytest.mark.parametrize("noun", CALLS)
def test_each_noun_of_remote_contact_is_let_through(noun: str) -> None:
    assert asked("held-call", f"held a {noun} with X")


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("Left (?:right )?up", (("left ",), ("up",))),
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


def test_each_way_asks_for_what_its_own_matches_hold() -> None:
    found = ways_of("x(?: (?:met|saw) [a-z]+ here| was with| came)(?= on (?:Monday|Friday))", {})
    assert {frozenset(map(frozenset, way)) for way in found} == {
        frozenset({*map(frozenset, way), frozenset({"x"}), frozenset({"monday", "friday"}), frozenset({" on "})})
        for way in ([["met", "saw"], [" here"]], [[" was with"]], [[" came"]])
    }  # fmt: skip


def test_ways_that_would_be_too_many_ask_for_what_is_common_to_them() -> None:
    each = "(?:ab[0-9]cd|ef[0-9]gh)"
    assert len(ways_of(each * 6, {})) <= 12
    sieve = Sieve([(frozenset(), ways_of(each * 6, {}))])
    assert sieve.lets("ab1cdef2gh") and not sieve.lets("ab1ef2")


def test_a_row_passes_by_its_words_and_by_its_needs() -> None:
    sieve = Sieve([(frozenset({"met"}), ((),)), (frozenset(), ((("call", "talk"), ("with",)),))])
    assert sieve.passing("a met b") == [0]
    assert sieve.passing("talks with b") == [1]
    assert sieve.passing("talks on trade") == []
