"""The catalogue's questions as Python functions with typed rows.

`graph` is what `kg.open` gives, or any read-only view. Names are whatever a person would type: a
code, a full name, a surname that only one person has, an IRI; see `queries.lookup`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from kg.store.base import View
from queries.answers import (
    EDGES,
    ROW_TYPES,
    Agreement,
    Call,
    Contact,
    Disagreement,
    Encounter,
    MetBoth,
    SharedTopic,
    VisitRow,
)
from queries.catalogue import question
from queries.rows import Rows
from queries.running import HasView, select, view_of

Graph = View | HasView


def run(name: str, graph: Graph, **parameters: Any) -> Rows[Any]:
    """Ask any question of the catalogue by its name.

    Raises:
        UnknownNameError: no such question, or a name that the graph does not know.
        UsageError: a parameter that the question does not have, or a wrong value.
    """
    asked = question(name)
    rows = select(view_of(graph), asked, parameters)
    return as_rows(name, rows)


def as_rows(name: str, rows: list[dict[str, Any]]) -> Rows[Any]:
    """Plain rows of a question as typed ones."""
    kind = ROW_TYPES[name]
    names = {f.name for f in fields(kind)}
    typed = [kind(**{k if k in names else k + "_": v for k, v in row.items()}) for row in rows]
    return Rows(kind, typed, EDGES.get(name))


def who_met_whom(
    graph: Graph,
    *,
    person: str | None = None,
    state: str | None = None,
    with_: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    until: str | None = None,
    format: str | None = None,
    agreed: bool = False,
    status: str | None = None,
) -> Rows[Encounter]:
    """Who met whom, when, where and on what; newest first.

    Args:
        person: `who` is then this person.
        state: `who` then represents this state or organization.
        with_: a person or party on the other side.
        topic: a topic or any broader one.
        since: first day, or month or year, as ISO text; `until` likewise.
        format: in-person, phone, video or unspecified.
        agreed: only meetings at which something was agreed.
        status: held (default), planned, cancelled, denied, background or all.

    Raises:
        UnknownNameError: a name that the graph does not know; lists the nearest.
        UsageError: a value that is none of the possible ones.
    """
    return run(
        "who-met-whom", graph, person=person, state=state, topic=topic, since=since, until=until,
        format=format, agreed=agreed, status=status, **{"with": with_},
    )  # fmt: skip


def pair_history(graph: Graph, a: str, b: str) -> Rows[Contact]:
    """Everything reported between two persons or parties, oldest first."""
    return run("pair-history", graph, a=a, b=b)


def what_was_agreed(
    graph: Graph,
    *,
    party: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Rows[Agreement]:
    """Agreed points and signed documents, newest first."""
    return run("what-was-agreed", graph, party=party, topic=topic, since=since, until=until)


def topics_of_pair(graph: Graph, a: str, b: str) -> Rows[SharedTopic]:
    """What two persons or parties talk about, most frequent first."""
    return run("topics-of-pair", graph, a=a, b=b)


def calls(
    graph: Graph, *, party: str | None = None, since: str | None = None, until: str | None = None
) -> Rows[Call]:
    """Phone calls and video talks, newest first."""
    return run("calls", graph, party=party, since=since, until=until)


def visits(
    graph: Graph,
    *,
    person: str | None = None,
    state: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Rows[VisitRow]:
    """Who visited which state, newest first."""
    return run("visits", graph, person=person, state=state, since=since, until=until)


def who_met_both(graph: Graph, a: str, b: str) -> Rows[MetBoth]:
    """Persons who met a and who met b."""
    return run("who-met-both", graph, a=a, b=b)


def where_reports_disagree(
    graph: Graph, *, party: str | None = None, about: str | None = None
) -> Rows[Disagreement]:
    """Meetings for which reports give different values, with who says what."""
    return run("where-reports-disagree", graph, party=party, about=about)
