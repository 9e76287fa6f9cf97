"""Who is meant: state, office and day first, the name second, and no guessing."""

from __future__ import annotations

import pytest

from kg.dates import When
from kg.model import Participant
from kg.resolve import Resolver
from ontology import lexicon

RESOLVER = Resolver(lexicon())


def meant(name: str | None, office: str | None, state: str | None, day: str | None) -> str:
    """Slug of the person and how it was found."""
    when = When.parse(day) if day else None
    found = RESOLVER.resolve(Participant(name, name or "he", office, state, "principal"), when)
    slug = (found.iri or "nobody").rpartition("/")[2]
    return f"{slug} {found.basis}"


@pytest.mark.parametrize(
    ("name", "office", "state", "day", "who"),
    [
        ("Lukashenko", "President", "BLR", "2019-10-25", "aleksandr-lukashenko tenure"),
        ("A. Lukashenka", "President", "BLR", "2019-10-25", "aleksandr-lukashenko tenure"),
        (None, "President", "BLR", "2019-10-25", "aleksandr-lukashenko tenure"),
        ("George Bush", "President", "USA", "1990-05-31", "george-h-w-bush tenure"),
        ("George Bush", "President", "USA", "2005-05-31", "george-w-bush tenure"),
        ("Aliyev", "President", "AZE", "2002-06-01", "heydar-aliyev tenure"),
        ("Aliyev", "President", "AZE", "2012-06-01", "ilham-aliyev tenure"),
        ("Shevardnadze", "Foreign Minister", "SUN", "1988-06-01", "eduard-shevardnadze tenure"),
        # A slip of the pen, where the post has one holder on that day.
        ("Panandreou", "Prime Minister", "GRC", "2011-07-17", "george-papandreou tenure"),
        ("Ermando Guebuza", "President", "MOZ", "2014-08-05", "armando-guebuza tenure"),
        ("Kurt Carstens", "President", "DEU", "1983-10-04", "karl-carstens tenure"),
        ("Panandreou", "Foreign Minister", "GRC", "2011-07-17", "GRC-panandreou own"),
        ("Panandreou", "Prime Minister", "GRC", "2014-07-17", "GRC-panandreou own"),
        ("Papadakis", "Prime Minister", "GRC", "2011-07-17", "GRC-papadakis own"),
        ("Maria Papandreou", "Prime Minister", "GRC", "2011-07-17", "GRC-maria-papandreou own"),
        # Offices that many bear say little.
        ("Shushkevich", "Chairman", "BLR", "1994-01-15", "stanislav-shushkevich tenure"),
        # Another minister of the leader's surname.
        ("Lukashenko", "Minister of Trade", "BLR", "2019-10-25", "BLR-lukashenko own"),
        # After the time in office, where only one can be meant.
        ("Mandela", "Former President", "ZAF", "2009-01-01", "nelson-mandela name"),
        ("Bush", None, "USA", "2016-01-01", "USA-bush own"),
        # Without a day, where only one can be meant.
        ("Lukashenko", "President", "BLR", None, "aleksandr-lukashenko name"),
        ("Bush", "President", "USA", None, "USA-bush own"),
        ("Lukashenko", None, None, "2019-10-25", "XX-lukashenko own"),
    ],
)
def test_a_name_means_the_holder_of_that_day_or_nobody_known(
    name: str | None, office: str | None, state: str | None, day: str | None, who: str
) -> None:
    assert meant(name, office, state, day) == who


@pytest.mark.parametrize(
    ("state", "written", "other", "same"),
    [
        ("JPN", "Hara Kenji", "Kenji Hara", True),
        ("KOR", "Noh Sang-uk", "Sang Uk Noh", True),
        ("HUN", "Kelemen Ágnes", "Agnes Kelemen", True),
        ("RUS", "Иванов Лев", "Lev Ivanov", True),
        ("KGZ", "Asanova Aigul Bekovna", "Aigul Bekovna Asanova", True),
        # Where the order tells the son from the father, or nothing tells which name is the family's.
        ("EGY", "Hassan Omar", "Omar Hassan", False),
        ("GBR", "Martin Henry", "Henry Martin", False),
        ("KAZ", "Nurlan Bolat", "Bolat Nurlan", False),
    ],
)
def test_the_order_of_words_makes_two_of_nobody_where_both_orders_are_in_use(
    state: str, written: str, other: str, same: bool
) -> None:
    one, two = (meant(name, "Deputy Minister", state, "2021-06-01") for name in (written, other))
    assert one.endswith("own") and (one == two) is same
