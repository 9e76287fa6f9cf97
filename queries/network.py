"""The meeting network: who is connected to whom, how often, and who sits between the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from queries.answers import Encounter
from queries.questions import Graph, who_met_whom
from queries.rows import Rows

if TYPE_CHECKING:
    import networkx

Of = Literal["persons", "states"]


@dataclass(frozen=True, slots=True)
class Centrality:
    """How central one person or state is.

    Attributes:
        partners: with how many different others there were meetings.
        meetings: in how many meetings.
        betweenness: share, 0 to 1, of the shortest ways between others that lead through it; a
            tie counts as shorter the more meetings it stands for.
        between: up to three pairs that have few other ways to each other, most meetings first.
    """

    name: str
    partners: int
    meetings: int
    betweenness: float
    between: tuple[str, ...]


def meeting_network(
    graph: Graph, *, of: Of = "states", since: str | None = None, until: str | None = None
) -> networkx.Graph[str]:
    """Held meetings as a weighted graph: `weight` is the number of meetings of the pair.

    Nodes are codes of states and organizations, or names of persons with their `state`; edges
    also carry `first` and `last`, the days of the first and last meeting.
    """
    import networkx

    network: networkx.Graph[str] = networkx.Graph()
    for (a, b), meetings in sorted(_pairs(who_met_whom(graph, since=since, until=until), of)):
        days = sorted(day for _, day in meetings if day)
        span = {"first": days[0], "last": days[-1]} if days else {}
        network.add_edge(a, b, weight=len({m for m, _ in meetings}), **span)
    return network


def _pairs(
    rows: Iterable[Encounter], of: Of
) -> Iterable[tuple[tuple[str, str], set[tuple[str, str | None]]]]:
    pairs: dict[tuple[str, str], set[tuple[str, str | None]]] = {}
    for row in rows:
        ends = (row.who_state, row.whom_state) if of == "states" else (row.who, row.whom)
        a, b = sorted(e or "" for e in ends)
        if a and a != b:
            pairs.setdefault((a, b), set()).add((row.meeting, row.date))
    return pairs.items()


def most_central(
    graph: Graph,
    *,
    of: Of = "states",
    top: int = 10,
    since: str | None = None,
    until: str | None = None,
) -> Rows[Centrality]:
    """Who is most central in the meeting network, and between whom.

    Betweenness after Freeman (1977) with Brandes' algorithm as networkx implements it, the length
    of a tie being one over its number of meetings.
    """
    import networkx

    network = meeting_network(graph, of=of, since=since, until=until)
    for _, _, data in network.edges(data=True):
        data["distance"] = 1 / data["weight"]
    betweenness = networkx.betweenness_centrality(network, weight="distance")
    ranked = sorted(network, key=lambda n: (-betweenness[n], -network.degree(n), n))[:top]
    rows = [
        Centrality(
            name=node,
            partners=network.degree(node),
            meetings=network.degree(node, weight="weight"),
            betweenness=round(betweenness[node], 4),
            between=_between(network, node),
        )
        for node in ranked
    ]
    return Rows(Centrality, rows)


def _between(network: networkx.Graph[str], node: str) -> tuple[str, ...]:
    """Pairs of partners who never met each other, by how much both met the one between them."""
    partners = sorted(network[node], key=lambda n: (-network[node][n]["weight"], n))[:40]
    pairs = [
        (min(network[node][a]["weight"], network[node][b]["weight"]), a, b)
        for i, a in enumerate(partners)
        for b in partners[i + 1 :]
        if not network.has_edge(a, b)
    ]
    return tuple(f"{a} – {b}" for _, a, b in sorted(pairs, key=lambda p: (-p[0], p[1], p[2]))[:3])
