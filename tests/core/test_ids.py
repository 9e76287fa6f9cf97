"""IRIs are built from names of any length."""

from __future__ import annotations

import pytest

from kg import ids

LONG = "Word " * 100_000


@pytest.mark.parametrize(
    "made", [ids.person, ids.outlet, lambda name: ids.person(name, "FRA"), lambda n: ids.outlet(f"{n}.org")]
)  # fmt: skip
def test_the_iri_of_a_name_is_short_and_no_two_long_names_share_one(made) -> None:  # type: ignore[no-untyped-def]
    one, other = made(LONG + "One"), made(LONG + "Two")
    assert len(one) < 300
    assert one != other
    assert one == made(LONG + "One")


def test_a_name_of_a_usual_length_is_its_iri() -> None:
    name = "a" * ids.LONGEST
    assert ids.person(name) == f"{ids.BASE}person/{name}"
