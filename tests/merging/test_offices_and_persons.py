"""Whom an office and a surname mean: short forms of an office, offices to come, namesakes."""

from __future__ import annotations

import pytest

from kg.dates import When
from kg.model import Participant
from kg.resolve import Resolver
from ontology import lexicon


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(lexicon())


@pytest.mark.parametrize(
    ("name", "office", "state", "day", "meant"),
    [
        ("Arafat", "Chairman", "PSE", "1998-10-15", "yasser-arafat"),
        ("Arafat", "Chairman", "PLO", "1994-04-27", "yasser-arafat"),
        ("Gorbachev", "Chairman", "SUN", "1989-12-03", "mikhail-gorbachev"),
        ("Kadar", "First Secretary", "HUN", "1985-10-15", "janos-kadar"),
        ("Sodano", "Cardinal", "VAT", "2005-03-01", "angelo-sodano"),
        ("Chinchilla", "President-elect", "CRI", "2010-03-01", "laura-chinchilla"),
        # Nobody takes up that office within a year.
        ("Chinchilla", "President-elect", "CRI", "2008-03-01", "CRI-chinchilla"),
        # Hua Guofeng was chairman, Huang Hua foreign minister.
        ("Hua", "Chairman", "CHN", "1981-01-01", "hua-guofeng"),
        # A governor of that surname is not the president.
        ("Lukashenko", "Governor", "BLR", "2019-10-25", "BLR-lukashenko"),
        ("Tokayev", "Chairman", "KAZ", "2020-10-25", "KAZ-tokayev"),
        # Nor is a deputy minister, in whatever field.
        ("Lee", "Deputy Minister for Trade", "SGP", "2021-05-08", "SGP-lee"),
    ],
)
def test_the_person_meant(
    resolver: Resolver, name: str, office: str, state: str, day: str, meant: str
) -> None:
    participant = Participant(name, name, office, state)
    found = resolver.resolve(participant, When.parse(day))
    assert str(found.iri).rpartition("/")[2] == meant
