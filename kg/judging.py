"""Judging: from what a person names to the two sides of a judgement, and into the graph.

What is named may be a meeting, one mention of it (`report/…#meeting-…`), a report that tells of one
meeting, a person or a visit. A meeting stands for the mentions that the rules alone put together,
so the order in which judgements are made leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from kg import ids
from kg.affected import PERSON, VISIT
from kg.clusters import Cluster, clusters
from kg.entities import Entities
from kg.errors import UnknownNameError, UsageError
from kg.identity import Identity
from kg.instance import meeting_iri
from kg.judgements import GRAPH, NONE, Judgement, Judgements, read_judgements
from kg.kept_names import nodes_of
from kg.namesakes import person_key
from kg.outlets import Outlets
from kg.resolve import Resolver
from kg.store.base import DEFAULT_GRAPH, Store, View
from kg.terms import DM, IDENTIFIER, IS_REPLACED_BY, LABEL, RDF_TYPE
from kg.told import Reader, Reports, report_of
from kg.touched import Touched
from kg.update import Updater

Kind = Choice["meeting", "person", "visit"]
FindPerson = Callable[[View, str], str]
_MEETING = ids.entity("meeting", "")
_REPORT = ids.BASE + "report/"
_SHORT = ("meeting/", "person/", "visit/", "report/")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a judgement as a person named it."""

    kind: Kind
    iris: frozenset[str]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A judgement with its number in the list, which `undo` takes."""

    number: int
    judgement: Judgement


class Judging:
    """Makes, lists and takes back the judgements of one store.

    Args:
        prepare: called before anything is changed.
    """

    def __init__(
        self,
        store: Store,
        resolver: Resolver,
        entities: Entities,
        find_person: FindPerson,
        prepare: Callable[[], None],
    ) -> None:
        self._store, self._prepare = store, prepare
        self._updater = Updater(store, resolver, entities)
        self._sides = _Sides(store, resolver, entities, find_person)

    def all(self) -> list[Numbered]:
        """The judgements there are, in the order of what they are about."""
        return [Numbered(n, j) for n, j in enumerate(self._judgements(), 1)]

    def judge(self, verdict: str, a: str, b: str) -> tuple[Judgement, bool]:
        """Record that two are the same or different; gives the judgement and whether it is new.

        Args:
            verdict: `same` or `different`.

        Raises:
            UnknownNameError: the graph knows nothing of that name.
            UsageError: the two are of different kinds or one already, or another judgement
                says the opposite.
        """
        self._prepare()
        same = verdict == "same"
        one, other = self._sides.side(a), self._sides.side(b)
        if one.kind != other.kind:
            raise UsageError(f"{a} is a {one.kind} and {b} a {other.kind}: they cannot be compared")
        judgement = self._judgement(same, one, other, (a, b))
        known = self._judgements()
        if judgement in known.all:
            return judgement, False
        self._refuse_contradiction(judgement, known)
        self._apply(Judgements((*known, judgement)))
        return judgement, True

    def undo(self, number: int) -> Judgement:
        """Take back the judgement of this number; the graph is as if it had never been made.

        Raises:
            UsageError: there is no such number.
        """
        self._prepare()
        listed = self.all()
        if not 1 <= number <= len(listed):
            have = f"there are {len(listed)}" if listed else "there are none"
            raise UsageError(f"no judgement {number}: {have}; see kg judge list")
        undone = listed[number - 1].judgement
        self._apply(Judgements(n.judgement for n in listed if n.number != number))
        return undone

    def _judgements(self) -> Judgements:
        return read_judgements(self._store.quads(graph=GRAPH))

    def _apply(self, judged: Judgements) -> None:
        self._store.apply(self._updater.change({}, judged=judged))

    def _judgement(self, same: bool, a: Side, b: Side, names: tuple[str, str]) -> Judgement:
        one, other = a.iris, b.iris
        if not same and one < other:
            other = other - one
        elif not same and other < one:
            one = one - other
        if one & other:
            raise UsageError(_already_one(same, names, one & other))
        return Judgement.of(same, one, other)

    def _refuse_contradiction(self, judgement: Judgement, known: Judgements) -> None:
        opposite = known.contradicted_by(judgement)
        if opposite is not None:
            number = known.all.index(opposite) + 1
            raise UsageError(
                f"this contradicts judgement {number} ({opposite.verdict}: {_shown(opposite)}); "
                f"take that back first: kg judge undo {number}"
            )


def _shown(judgement: Judgement) -> str:
    one, other = (side[0].removeprefix(ids.BASE) for side in (judgement.one, judgement.other))
    return f"{one} and {other}"


def _already_one(same: bool, names: tuple[str, str], shared: frozenset[str]) -> str:
    both = " and ".join(names)
    if same:
        return f"{both} are one already: there is nothing to judge"
    mentions = ", ".join(sorted(iri.removeprefix(ids.BASE) for iri in shared))
    return f"{both} are one by the rules; to part it, name what to part: {mentions}"


class _Sides:
    """Turns names into sides."""

    def __init__(
        self, view: View, resolver: Resolver, entities: Entities, find_person: FindPerson
    ) -> None:
        self._view, self._entities, self._find_person = view, entities, find_person
        self._reader = Reader(Identity(resolver, NONE), Outlets(resolver.lexicon), entities)

    def side(self, name: str) -> Side:
        """What a name means.

        Raises:
            UnknownNameError: nothing in the graph.
            UsageError: a report that tells of several meetings.
        """
        iri = ids.BASE + name if name.startswith(_SHORT) else name
        if iri.startswith(PERSON):
            return Side("person", frozenset((self._known(iri, "person"),)))
        if iri.startswith(VISIT):
            return Side("visit", frozenset((self._known(iri, "visit"),)))
        if iri.startswith(_MEETING):
            return Side("meeting", self._of_meeting(iri))
        if iri.startswith(_REPORT) and "#" in iri:
            return Side("meeting", frozenset((self._mention(iri),)))
        report = self._report(iri)
        if report is not None:
            return Side("meeting", frozenset((self._only_mention(report, name),)))
        return Side("person", frozenset((self._find_person(self._view, name),)))

    def _known(self, iri: str, kind: str) -> str:
        """A person or visit that the graph has, or had before it was judged to be another, or a
        person of reports who stands for one with a fuller name."""
        judged = read_judgements(self._view.quads(graph=GRAPH))
        in_graph = next(iter(self._view.quads(_node(iri, kind))), None) is not None
        in_graph = in_graph or bool(kind == "person" and nodes_of(self._view, person_key(iri)))
        if not in_graph and all(iri not in j.about for j in judged):
            raise UnknownNameError(kind, iri)
        return iri

    # Meetings

    def _of_meeting(self, iri: str) -> frozenset[str]:
        """The mentions that the rules alone put together around a meeting's first mention."""
        _node(iri, "meeting")
        return frozenset(m.iri for m in self._by_rules(self._first_mention(iri)))

    def _first_mention(self, meeting: str) -> str:
        """The mention that gave a meeting its IRI, even if it is part of another meeting now."""
        for target in (NamedNode(meeting), None):
            for quad in self._view.quads(None, IS_REPLACED_BY, target, DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode):
                    if self._gave_its_iri(quad.subject.value, meeting):
                        return quad.subject.value
        raise UnknownNameError("meeting", meeting)

    def _gave_its_iri(self, mention: str, meeting: str) -> bool:
        if not meeting.endswith("-" + ids.digest(mention, length=8)):
            return False
        told = self._reports().mention(mention)
        return told is not None and meeting_iri((told,)) == meeting

    def _by_rules(self, mention: str) -> Cluster:
        reports = self._reports()
        touched = Touched(
            self._view, reports, [mention], (NONE, NONE), self._entities.is_organization
        )
        for stretch in touched.stretches():
            if touched.home(mention) == stretch.block and mention in stretch.mentions:
                near = [i for i in stretch.mentions if touched.home(i) == stretch.block]
                told = (m for i in near if (m := reports.mention(i)))
                return next(c for c in clusters(told) if any(m.iri == mention for m in c))
        raise UnknownNameError("meeting", mention)

    def _reports(self) -> Reports:
        return Reports(self._view, self._reader, (), {})

    def _mention(self, iri: str) -> str:
        graph = _node(report_of(iri), "mention")
        found = self._view.quads(_node(iri, "mention"), RDF_TYPE, DM.ReportedMeeting, graph)
        if next(iter(found), None) is None:
            raise UnknownNameError("mention of a meeting", iri)
        return iri

    def _report(self, name: str) -> NamedNode | None:
        if name.startswith(_REPORT):
            return _node(name, "report")
        quads = self._view.quads(None, IDENTIFIER, Literal(name), DEFAULT_GRAPH)
        found = sorted((q.subject for q in quads if isinstance(q.subject, NamedNode)), key=str)
        if len(found) > 1:
            raise UnknownNameError("single report", name, tuple(f.value for f in found[:5]))
        return found[0] if found else None

    def _only_mention(self, report: NamedNode, name: str) -> str:
        found = sorted(self._mentions(report))
        if not found:
            raise UnknownNameError("meeting told by a report", name)
        if len(found) > 1:
            listed = ", ".join(iri.removeprefix(ids.BASE) for iri in found)
            raise UsageError(f"{name} tells of {len(found)} meetings; name one of them: {listed}")
        return found[0]

    def _mentions(self, report: NamedNode) -> Iterator[str]:
        for quad in self._view.quads(None, RDF_TYPE, DM.ReportedMeeting, report):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value


def _node(iri: str, kind: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise UnknownNameError(kind, iri) from error


def label_of_side(view: View, iri: str) -> tuple[str | None, str | None]:
    """IRI and label of what a side leads to in the graph now: of a person or visit that was judged
    to be another, that one. None twice if it is not there."""
    found = _leads_to(view, iri)
    if found[0] is None and iri.startswith((PERSON, VISIT)):
        same = read_judgements(view.quads(graph=GRAPH)).same_as(iri)
        others = (_leads_to(view, other) for other in sorted(same))
        found = next((other for other in others if other[0]), found)
    return found


def _leads_to(view: View, iri: str) -> tuple[str | None, str | None]:
    node = NamedNode(iri)
    leads = next(iter(view.quads(node, IS_REPLACED_BY, None, DEFAULT_GRAPH)), None)
    target = leads.object if leads and isinstance(leads.object, NamedNode) else node
    labels = sorted(
        q.object.value
        for q in view.quads(target, LABEL, None, DEFAULT_GRAPH)
        if isinstance(q.object, Literal)
    )
    return (target.value, labels[0]) if labels else (None, None)
