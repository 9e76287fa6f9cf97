"""The names of those whom only reports know, as the graph keeps them: whom each stands for.

A mention of such a person points at a node that says the name, the post and the year
(`dm:wrote`); nodes are shared, and found by family (`dm:nameKey`). So asking whom a name stands for
costs as much in a large graph as in a small one. Says it for the graph as it is before a change and
as it is after; both follow from the mentions alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kg.judgements import Judgements
from kg.namesakes import Written, families, name_words, one_of, person_key, read_back
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM

Stands = Mapping[str, str | None]


class KeptNames:
    """Whom the names of reports stand for.

    Args:
        gone: IRIs of reports whose mentions do not count.
        now: names that count beside those kept.
    """

    def __init__(
        self,
        view: View,
        judged: Judgements,
        gone: Collection[str] = (),
        now: Iterable[Written] = (),
    ) -> None:
        self._view, self._judged, self._gone = view, judged, gone
        self._now: dict[str, set[Written]] = {}
        for name in now:
            for key in name.families:
                self._now.setdefault(key, set()).add(name)
        self._memo: dict[str, Stands] = {}

    def stands_for(self, person: str, name: str) -> tuple[str, bool]:
        """The identity that one of state and name stands for; and whether several could be meant,
        so that it stands for itself."""
        told = [self.of_family(key) for key in families(person, name_words(name))]
        found = {stands[person] for stands in told if person in stands}
        meant = found - {None}
        if len(found) == 1 and meant:
            (one,) = meant
            return one or person, False
        return person, bool(found)

    def of_family(self, key: str) -> Stands:
        """Whom the identities of a family stand for."""
        if key not in self._memo:
            names = self._now.get(key, set()) | set(self._kept(key))
            several = len({n.person for n in names}) > 1
            self._memo[key] = one_of(names, self._judged.apart) if several else {}
        return self._memo[key]

    def _kept(self, key: str) -> Iterator[Written]:
        for node in nodes_of(self._view, key):
            if not self._gone or any(report not in self._gone for report in self._told_by(node)):
                yield read_back(node)

    def _told_by(self, node: str) -> Iterator[str]:
        return (mention.partition("#")[0] for mention in mentions_of(self._view, node))


def nodes_of(view: View, key: str) -> list[str]:
    """IRIs of the kept names of a family or of an identity."""
    found = view.quads(None, DM.nameKey, Literal(key), DEFAULT_GRAPH)
    return sorted(q.subject.value for q in found if isinstance(q.subject, NamedNode))


def mentions_of(view: View, node: str) -> Iterator[str]:
    """Mentions that have a kept name."""
    for quad in view.quads(None, DM.wrote, NamedNode(node), DEFAULT_GRAPH):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def mentions_of_person(view: View, person: str) -> Iterator[str]:
    """Mentions of an identity of state and name, whomever it stands for."""
    for node in nodes_of(view, person_key(person)):
        yield from mentions_of(view, node)


def restood(view: View, keys: Iterable[str], before: KeptNames, after: KeptNames) -> Iterator[str]:
    """Stored mentions of those in these families who stand for somebody else after a change."""
    for key in sorted(set(keys)):
        old, new = before.of_family(key), after.of_family(key)
        for person in sorted(old.keys() | new.keys()):
            if old.get(person, person) != new.get(person, person):
                yield from mentions_of_person(view, person)
