"""What was on the table: rows of cues find their own examples, passages give the items a reader finds."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.model import Participant, Report, Source
from loaders.extraction import extract
from loaders.extraction.content_cues import find_hits
from loaders.extraction.content_parties import Parties
from loaders.extraction.content_tables import table
from loaders.extraction.content_words import read_words
from loaders.extraction.topics import sentence_topics

CUES = table("topics")["cue"]
CASES = tomllib.loads(
    Path(__file__).with_name("topic_cases.toml").read_text(encoding="utf-8")
)["case"]  # fmt: skip
PEOPLE = tuple(
    Participant(name, name, office, state)
    for name, office, state in (
        ("Elena Paz", "Minister of Foreign Affairs", "PER"),
        ("Luis Mora", "President", "CRI"),
        ("Amina Wekesa", "Prime Minister", "KEN"),
        ("Rui Dizon", "Secretary of State", "PHL"),
        ("Karl Braun", "Chancellor", "AUT"),
        ("Tupou", "King", "TON"),
        ("Lin Bo", "Premier", "CHN"),
        ("Ove Dahl", "Special Envoy", "NOR"),
        ("Ara Hovsepyan", "Foreign Minister", "ARM"),
        ("Themba Moyo", "Foreign Minister", "ZWE"),
    )
)


def items_through(row: dict[str, Any], text: str) -> list[tuple[str, str]]:
    """Words and treatment of what the sentence puts on the table through one row alone."""
    words = read_words(text, 0, len(text))
    hits = [h for h in find_hits(words) if h.cue.id == row["id"]]
    return [(t.text, t.treatment) for t in sentence_topics(words, hits, Parties(PEOPLE))]


@pytest.mark.parametrize("row", CUES, ids=[row["id"] for row in CUES])
def test_a_cue_finds_the_topic_of_its_example(row: dict[str, Any]) -> None:
    assert row["meaning"]
    found = items_through(row, row["example"])
    assert found[0][0] == row["gives"]
    assert found[0][1] in (row["treatment"], row.get("alone"))


@pytest.mark.parametrize("row", CUES, ids=[row["id"] for row in CUES])
def test_a_cue_finds_nothing_in_its_counterexample(row: dict[str, Any]) -> None:
    assert items_through(row, row["counterexample"]) == []


def test_ids_of_cues_are_unique() -> None:
    assert len({row["id"] for row in CUES}) == len(CUES)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_items_are_those_a_reader_finds(case: dict[str, Any]) -> None:
    report = Report(
        id=case["id"], text=case["text"], source=Source("topic_cases.toml"),
        published=case.get("published", "2022-03-10"),
    )  # fmt: skip
    (meeting,) = [m for m in extract(report).meetings if m.status == "held"]
    found = [f"{t.treatment} | {t.text} | {t.by or '-'}" for t in meeting.topics]
    assert found == case["items"]


def test_there_are_enough_cases_of_topics() -> None:
    assert len(CASES) >= 30
