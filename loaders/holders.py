"""Who held an office on a day: the state that a person of the reference data stood for."""

from __future__ import annotations

from datetime import date

from kg.ids import fold
from ontology.lexicon import Tenure, at_hand, for_each_lexicon


def state_of_holder(name: str, day: date) -> str | None:
    """Code of the only state (or organization) in which somebody of that full name held an office.

    The day of handover counts for both. None for a name that the reference data does not know on
    that day, and for one that several states or organizations know.
    """
    persons = _persons().get(fold(name), frozenset())
    held = {t.state for t in at_hand().tenures if t.person in persons and _covers(t, day)}
    return held.pop() if len(held) == 1 else None


def _covers(tenure: Tenure, day: date) -> bool:
    text = day.isoformat()
    # A month or year as a bound holds with all its days: compared as far as it is written.
    begun = tenure.from_ <= text
    return begun and (not tenure.until or text[: len(tenure.until)] <= tenure.until)


@for_each_lexicon
def _persons() -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for person in at_hand().persons.values():
        for name in (person.label, *person.names):
            index.setdefault(fold(name), set()).add(person.slug)
    return {name: frozenset(slugs) for name, slugs in index.items()}
