"""The generated files are what their sources give, and nothing else."""

from __future__ import annotations

from dataclasses import fields

from ontology.build import leader_rows, lexicon_source, stale, vocabulary_source
from tests.ontology.reference import LEXICON


def test_vocabulary_and_lexicon_are_fresh() -> None:
    assert stale() == []


def test_generating_twice_gives_the_same_bytes() -> None:
    assert (vocabulary_source(), lexicon_source()) == (vocabulary_source(), lexicon_source())


def test_no_section_of_the_lexicon_is_empty() -> None:
    assert all(getattr(LEXICON, field.name) for field in fields(LEXICON))
    assert len(LEXICON.tenures) <= sum(1 for _ in leader_rows())
