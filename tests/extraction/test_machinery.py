"""What makes reading quick changes nothing of what is read."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extraction import amounts, modality
from loaders.extraction.alternation import by_first_letter, prefixes
from loaders.extraction.attendance import _TRIGGER, _WORDS
from loaders.extraction.contact_rows import table
from loaders.extraction.mention import Mention
from loaders.extraction.values import quickly_made

RULES = table("modality.toml")["rule"]
TEXTS = [row[key] for row in (*RULES, *table("attendance.toml")["pattern"]) for key in ("example", "counterexample")]  # fmt: skip
PATTERNS = [
    _WORDS,
    r"(?:told|urged) [a-z]+|[Mm]et|mets?\b|a?bc|(?<=x)with|[^a]b",
    "talks?|t[êe]te-|(?:a|b)+c",
]


@quickly_made
@dataclass(frozen=True, slots=True)
class Pair:
    left: int
    right: tuple[str, ...] = ()


def test_prefixes_match_what_begins_with_one_of_the_words() -> None:
    pattern = re.compile(prefixes(["meet", "met", "meeting", "talk"]))
    assert pattern.match("meetings") and pattern.match("metal") and pattern.match("talks")
    assert not pattern.match("me") and not pattern.match("tal")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_alternatives_joined_by_their_letters_match_where_they_did(pattern: str) -> None:
    joined = re.compile(by_first_letter(pattern))
    for text in TEXTS:
        assert (joined.search(text) is None) == (re.search(pattern, text) is None), text


@given(st.text(alphabet="Mmetsabcxwiholdurg[ -ê", max_size=20))
def test_joined_alternatives_match_in_any_text_where_they_did(text: str) -> None:
    for pattern in PATTERNS[1:]:
        joined = re.compile(by_first_letter(pattern))
        assert (joined.search(text) is None) == (re.search(pattern, text) is None)


def test_the_words_of_attendance_are_not_tried_one_by_one_at_each_letter() -> None:
    assert len(re.findall(r"\|", _TRIGGER.pattern)) > 40
    assert _TRIGGER.pattern != _WORDS


@pytest.mark.parametrize("number", range(len(RULES)), ids=[r["id"] for r in RULES])
def test_a_rule_of_modality_that_matches_is_never_passed_over(number: int) -> None:
    rule = modality.rules()[number]
    for text in TEXTS:
        if rule.pattern.search(text):
            assert number in modality._sieve().passing(text.lower()), text


def test_a_value_made_quickly_is_frozen_and_compared_as_any_other() -> None:
    pair = Pair(1)
    assert pair == Pair(left=1, right=()) != Pair(1, ("a",))
    assert hash(pair) == hash(Pair(1)) and replace(pair, left=2) == Pair(2)
    with pytest.raises(FrozenInstanceError):
        pair.left = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]


def test_a_mention_keeps_each_of_its_fields_in_its_place() -> None:
    made = Mention(1, 2, name="Ann Lee", office="premier", states=("PER",), kind="person")
    assert (made.start, made.end, made.name, made.office, made.kind) == (1, 2, "Ann Lee", "premier", "person")  # fmt: skip
    assert replace(made, start=5).states == ("PER",)


@pytest.mark.parametrize(
    "text",
    [
        "the two sides met; trade came to US$ 3.4 bln and aid to half a million euros, as in 2019",
        "a loan of Rs. 500 crore, and seventy-five thousand tonnes",
        "nothing is counted here at all",
        "12,000 people; the-hundred mark; €5 - €6 billion",
    ],
)
def test_numbers_are_found_where_a_search_of_every_letter_finds_them(text: str) -> None:
    at, found, every = 0, [], [m.span() for m in amounts._number().finditer(text)]
    while (match := amounts._next_number(text, at, len(text))) is not None:
        found.append(match.span())
        at = match.end()
    assert found == every
