"""What a merged meeting is made of: its cast, agenda, documents, figures and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import NamedNode

from kg import choose, ids
from kg.entities import Entities
from kg.fuller_names import fuller_names
from kg.ids import fold
from kg.judgements import Judgements
from kg.merge import Mention
from kg.model import ROLES, AgendaItem, Document, Figure, Participant, Report, Statement
from kg.rdf import GraphWriter, boolean, integer, number
from kg.resolved import BASES, SURE, Resolved
from kg.spelling import name_tokens
from kg.syndication import Syndication
from kg.terms import DM, LABEL, RDF_TYPE, TITLE

_ROLE_ORDER = ("principal", "envoy", "attendee")
assert set(_ROLE_ORDER) == set(ROLES)
_LESS_SURE = 0.05


@dataclass(frozen=True, slots=True)
class Background:
    """What the triples of a meeting depend on beside its mentions.

    Attributes:
        report: gives the report of an IRI, with its text.
    """

    entities: Entities
    judged: Judgements
    report: Callable[[str], Report]
    syndication: Syndication


@dataclass(slots=True)
class _Seat:
    """One person's (or unnamed side's) place at the table, over all mentions."""

    person: Resolved
    state: str | None
    offices: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)
    decisions: dict[tuple[str, float], list[tuple[str, str]]] = field(default_factory=dict)

    def decided(self, who: Resolved, participant: Participant, report: str) -> None:
        """Keep why this mention means the person of the seat."""
        if who.iri:
            key = (who.reason, who.score)
            named = participant.name or participant.as_written
            self.decisions.setdefault(key, []).append((named, report))

    @property
    def surest(self) -> tuple[str, float] | None:
        return min(self.decisions, key=lambda d: (-d[1], d[0]), default=None)

    def add(self, participant: Participant, report: str) -> None:
        self.state = self.state or participant.state
        self.roles.add(participant.role)
        self.reports.add(report)
        if participant.office:
            self.offices.append(participant.office)
        if participant.name:
            self.names.append(participant.name)

    @property
    def role(self) -> str:
        return next(r for r in _ROLE_ORDER if r in self.roles)

    @property
    def office(self) -> str | None:
        return choose.most_said(self.offices, tie=lambda o: (-len(o), o))


class Cast:
    """Everybody who took part, each once."""

    def __init__(self, cluster: Sequence[Mention], background: Background) -> None:
        self._entities = background.entities
        self.seats: dict[str, _Seat] = {}
        same = fuller_names(cluster, background.judged)
        for mention in cluster:
            for p, who in zip(mention.meeting.participants, mention.persons, strict=True):
                person = same.get(who.iri or "", who)
                key = person.iri or f"{p.state}|{fold(p.office or '')}"
                seat = self.seats.setdefault(key, _Seat(person, p.state))
                seat.add(p, mention.report)
                seat.decided(_named_less(who, person), p, mention.report)
        self._drop_unnamed_doubles()

    def _drop_unnamed_doubles(self) -> None:
        """A side that one report leaves unnamed is the side that another names."""
        named = {s.state for s in self.seats.values() if s.person.iri}
        for key in [k for k, s in self.seats.items() if not s.person.iri and s.state in named]:
            unnamed = self.seats.pop(key)
            for seat in self.seats.values():
                if seat.state == unnamed.state and seat.role == unnamed.role:
                    seat.reports |= unnamed.reports
                    break

    def ordered(self) -> list[_Seat]:
        """Principals first, then by party and name."""
        return sorted(
            self.seats.values(),
            key=lambda s: (_ROLE_ORDER.index(s.role), s.state or "~", s.person.iri or ""),
        )

    def shown(self) -> list[str]:
        """Names for a label: `Name (CODE)`, or the party's name where nobody is named."""
        seats = [s for s in self.ordered() if s.role != "attendee"] or self.ordered()
        return [self._shown(s) for s in seats]

    def _shown(self, seat: _Seat) -> str:
        if seat.person.iri is None:
            return self._entities.party_label(seat.state) if seat.state else "unnamed party"
        name = seat.person.label if seat.person.known else choose.best_name(seat.names)
        return f"{name} ({seat.state})" if seat.state else str(name)

    def person_named(self, name: str | None) -> str | None:
        """IRI of the participant that a speaker's name means; None if it is none or unclear."""
        tokens = name_tokens(name or "")
        if not tokens:
            return None
        fitting = {
            s.person.iri
            for s in self.seats.values()
            if s.person.iri and any(_names_meet(tokens, name_tokens(n)) for n in s.names)
        }
        return next(iter(fitting)) if len(fitting) == 1 else None

    def write(self, meeting: NamedNode, w: GraphWriter) -> None:
        """The participations and their short paths."""
        for seat in self.ordered():
            tail = (seat.person.iri or "").rsplit("/", 1)[1:] or [
                ids.slug(f"{seat.state}-{seat.office or 'unnamed'}")
            ]
            node = NamedNode(f"{meeting.value}/participation/{tail[0]}")
            w.add(meeting, DM.participation, node)
            w.add(node, RDF_TYPE, DM.Participation)
            w.add(node, DM.role, seat.role)
            w.add(node, DM.office, seat.office)
            if seat.state:
                w.add(node, DM.onBehalfOf, NamedNode(self._entities.party(seat.state)))
            if seat.person.iri:
                w.add(meeting, DM.participant, NamedNode(seat.person.iri))
                w.add(node, DM.person, NamedNode(seat.person.iri))
                w.add(node, DM.personName, choose.best_name(seat.names) or None)
                self._write_decisions(seat, node, meeting, w)
            for report in seat.reports:
                w.add(node, DM.reportedIn, NamedNode(report))

    def _write_decisions(
        self, seat: _Seat, node: NamedNode, meeting: NamedNode, w: GraphWriter
    ) -> None:
        """The surest decision stands at the participation itself, every other beside it."""
        surest = seat.surest
        assert surest is not None
        w.add(node, DM.resolution, BASES[surest[0]])
        w.add(node, DM.reason, surest[0])
        w.add(node, DM.score, number(surest[1]))
        for (reason, score), told in seat.decisions.items():
            if (reason, score) == surest:
                continue
            digest = ids.digest(node.value, reason, str(score), length=8)
            decision = NamedNode(f"{meeting.value}/decision/{digest}")
            w.add(meeting, DM.decision, decision)
            w.add(decision, RDF_TYPE, DM.Decision)
            w.add(decision, DM.decides, node)
            w.add(decision, DM.reason, reason)
            w.add(decision, DM.score, number(score))
            for name, report in told:
                w.add(decision, DM.personName, name)
                w.add(decision, DM.reportedIn, NamedNode(report))


def _named_less(who: Resolved, person: Resolved) -> Resolved:
    """The decision on a mention that another one names more fully: less sure than that one."""
    if who.iri == person.iri:
        return who
    score = round(min(SURE["fuller"], person.score - _LESS_SURE), 2)
    return replace(person, reason="fuller", score=score)


def _names_meet(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return bool(b) and (a[-1] in b or b[-1] in a)


class Draft:
    """A merged meeting being written: its node, its mentions, its cast and its triples so far."""

    def __init__(self, iri: str, cluster: Sequence[Mention], background: Background) -> None:
        self.node = NamedNode(iri)
        self.cluster = cluster
        self.background = background
        self.entities = background.entities
        self.cast = Cast(cluster, background)
        self.w = GraphWriter(None)

    def claim(self, about: str, value: str, reports: Iterable[str]) -> None:
        """Record one of several values that reports give for the same property."""
        node = NamedNode(f"{self.node.value}/claim/{about}-{ids.digest(about, value, length=8)}")
        self.w.add(self.node, DM.claim, node)
        self.w.add(node, RDF_TYPE, DM.Claim)
        self.w.add(node, DM.about, about)
        self.w.add(node, DM.claimedValue, value)
        for report in reports:
            self.w.add(node, DM.reportedIn, NamedNode(report))


def add_sources(meeting: Draft) -> None:
    """How many independent sources there are; which reports are one."""
    background = meeting.background
    reports = [background.report(iri) for iri in sorted({m.report for m in meeting.cluster})]
    sources = background.syndication.sources(reports)
    w = meeting.w
    w.add(meeting.node, DM.independentSources, integer(len(sources)))
    for source in (s for s in sources if len(s.reports) > 1):
        node = NamedNode(f"{meeting.node.value}/source/{ids.digest(*source.reports, length=8)}")
        w.add(meeting.node, DM.source, node)
        w.add(node, RDF_TYPE, DM.Source)
        w.add(node, DM.originName, source.origin)
        for why in source.because:
            w.add(node, DM.because, why)
        for report in source.reports:
            w.add(node, DM.reportedIn, NamedNode(report))


def add_items(meeting: Draft) -> None:
    """The agenda: one item per topic (or words), treatment and speaker."""
    grouped: dict[tuple[str, str, str], list[tuple[AgendaItem, str]]] = {}
    for m in meeting.cluster:
        for item in m.meeting.topics:
            topic = meeting.entities.topic(item.topic)
            by = meeting.cast.person_named(item.by) or fold(item.by or "")
            key = (topic or "=" + fold(item.text), item.treatment, by)
            grouped.setdefault(key, []).append((item, m.report))
    for (topic, treatment, by), said in sorted(grouped.items()):
        _write_item(meeting, topic, treatment, by, said)


def _write_item(
    meeting: Draft,
    topic: str,
    treatment: str,
    by: str,
    said: Sequence[tuple[AgendaItem, str]],
) -> None:
    w, digest = meeting.w, ids.digest(topic, treatment, by, length=10)
    node = NamedNode(f"{meeting.node.value}/item/{digest}")
    w.add(meeting.node, DM.agendaItem, node)
    w.add(node, RDF_TYPE, DM.AgendaItem)
    w.add(node, DM.treatment, treatment)
    if topic.startswith(ids.BASE):
        w.add(node, DM.topic, NamedNode(topic))
        w.add(meeting.node, DM.discussed, NamedNode(topic))
        if treatment == "agreed":
            w.add(meeting.node, DM.agreedOn, NamedNode(topic))
    if by.startswith(ids.BASE):
        w.add(node, DM.by, NamedNode(by))
    names = [item.by for item, _ in said if item.by]
    w.add(node, DM.byName, choose.best_name(names) or None)
    for item, report in said:
        w.add(node, DM.verbatim, item.text)
        w.add(node, DM.reportedIn, NamedNode(report))


def add_documents(meeting: Draft) -> None:
    """The documents it produced or announced: one per title, with the status most reports give.

    Older instruments that were only cited stay with the reports that cite them.
    """
    grouped: dict[str, list[tuple[Document, str]]] = {}
    for m in meeting.cluster:
        for document in (d for d in m.meeting.documents if d.status != "referred-to"):
            grouped.setdefault(_bare_title(document.title), []).append((document, m.report))
    for title, said in sorted(grouped.items()):
        w, node = (
            meeting.w,
            NamedNode(ids.entity("document", ids.digest(meeting.node.value, title))),
        )
        shown = choose.best_name(d.title for d, _ in said)
        w.add(meeting.node, DM.produced, node)
        w.add(node, RDF_TYPE, DM.Document)
        w.add(node, TITLE, shown)
        w.add(node, LABEL, shown)
        w.add(node, DM.documentType, choose.most_said([d.type for d, _ in said], tie=str))
        w.add(node, DM.documentStatus, choose.most_said([d.status for d, _ in said], tie=str))
        for _, report in said:
            w.add(node, DM.reportedIn, NamedNode(report))


def _bare_title(title: str) -> str:
    folded = fold(title)
    for article in ("the ", "a ", "an "):
        folded = folded.removeprefix(article)
    return folded


class Figures:
    """The figures named; different values for one indicator and period become claims."""

    def __init__(self, meeting: Draft) -> None:
        self._meeting = meeting

    def write(self) -> None:
        """One node per indicator, value, unit, period and modality."""
        grouped: dict[tuple[str, ...], list[tuple[Figure, str]]] = {}
        for m in self._meeting.cluster:
            for f in m.meeting.figures:
                grouped.setdefault(_figure_key(f), []).append((f, m.report))
        for key, said in sorted(grouped.items()):
            self._write(key, said)
        self._claims(grouped)

    def _write(self, key: tuple[str, ...], said: Sequence[tuple[Figure, str]]) -> None:
        w, figure = self._meeting.w, said[0][0]
        node = NamedNode(ids.entity("figure", ids.digest(self._meeting.node.value, *key)))
        w.add(self._meeting.node, DM.stated, node)
        w.add(node, RDF_TYPE, DM.Figure)
        w.add(node, LABEL, _figure_label(figure))
        w.add(node, DM.indicator, choose.best_name(f.indicator for f, _ in said))
        w.add(node, DM.value, number(figure.value))
        w.add(node, DM.unit, figure.unit)
        w.add(node, DM.period, figure.period)
        w.add(node, DM.modality, figure.modality)
        given = [f.comparator for f, _ in said if f.comparator]
        w.add(node, DM.comparator, choose.most_said(given, tie=str))
        for _, report in said:
            w.add(node, DM.reportedIn, NamedNode(report))

    def _claims(self, grouped: dict[tuple[str, ...], list[tuple[Figure, str]]]) -> None:
        by_what: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for key, said in grouped.items():
            what = (key[0], *key[2:])
            by_what.setdefault(what, []).extend((_figure_label(f), r) for f, r in said)
        for said_values in by_what.values():
            reports = {r for _, r in said_values}
            if len({v for v, _ in said_values}) > 1 and len(reports) > 1:
                for value, report in said_values:
                    self._meeting.claim("figure", value, [report])


def _figure_key(f: Figure) -> tuple[str, ...]:
    return (fold(f.indicator), number(f.value).value, f.unit, f.period or "", f.modality)


def _figure_label(f: Figure) -> str:
    period = f" ({f.period})" if f.period else ""
    return f"{f.indicator}: {number(f.value).value} {f.unit}{period}".replace(" :", ":")


def add_statements(meeting: Draft) -> None:
    """What was said, each statement once however many reports carry it."""
    grouped: dict[tuple[str, str], list[tuple[Statement, str]]] = {}
    for m in meeting.cluster:
        for s in m.meeting.statements:
            by = meeting.cast.person_named(s.speaker) or fold(s.speaker)
            grouped.setdefault((by, " ".join(s.quote.split())), []).append((s, m.report))
    for (by, quote), said in sorted(grouped.items()):
        w = meeting.w
        node = NamedNode(ids.entity("statement", ids.digest(meeting.node.value, by, quote)))
        w.add(meeting.node, DM.stated, node)
        w.add(node, RDF_TYPE, DM.Statement)
        w.add(node, LABEL, quote if len(quote) <= 80 else quote[:77] + "...")
        w.add(node, DM.quote, quote)
        w.add(node, DM.direct, boolean(any(s.direct for s, _ in said)))
        w.add(node, DM.speakerName, choose.best_name(s.speaker for s, _ in said))
        if by.startswith(ids.BASE):
            w.add(node, DM.speaker, NamedNode(by))
        for _, report in said:
            w.add(node, DM.reportedIn, NamedNode(report))
