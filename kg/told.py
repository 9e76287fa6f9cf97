"""What reports tell, before and after a change, with everybody resolved; no report is read twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.blocks import reach
from kg.dates import When
from kg.entities import Entities
from kg.hours import hours_of, is_another
from kg.identity import Identity
from kg.merge import Mention
from kg.model import Report, ReportedMeeting
from kg.namesakes import Written
from kg.outlets import Outlets
from kg.rdf import report_node
from kg.rdf_read import ReadReport, read_report
from kg.store.base import View
from kg.visits import VisitMention, visit_mentions

_OWN_WORDS = frozenset({"explicit", "venue"})


def report_of(mention: str) -> str:
    """IRI of the report that a mention stands in."""
    return mention.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads report graphs with one set of reference data and judgements."""

    identity: Identity
    outlets: Outlets
    entities: Entities

    def told(self, quads: Iterable[Quad]) -> Told:
        """What the graph of one report tells."""
        return self.told_in(read_report(quads))

    def told_in(self, read: ReadReport) -> Told:
        """What a report tells that was read from its graph."""
        mentions = {m.iri: m for m in self._mentions(read)}
        return Told(read, mentions, tuple(visit_mentions(read, self.identity.as_named())))

    def _mentions(self, read: ReadReport) -> Iterator[Mention]:
        report = read.report
        published = self.outlets.published(report)
        for iri, meeting in read.meetings:
            yield Mention(
                iri=iri,
                report=report_node(report).value,
                order_key=(report.published or "9999", report.outlet or "", report.id, iri),
                meeting=meeting,
                persons=tuple(
                    self.identity.of(p, _then(meeting, report)) for p in meeting.participants
                ),
                reach=reach(meeting, report),
                published=published,
                hours=hours_of(meeting, report),
                town=self._town(meeting),
                another=is_another(meeting, report),
                names=tuple(names_kept(meeting, report, self.identity)),
            )

    def _town(self, meeting: ReportedMeeting) -> str | None:
        """The town where the report's own words put the meeting, if it is known."""
        place = meeting.place
        if place is None or place.basis not in _OWN_WORDS:
            return None
        return self.entities.town(self.entities.place(place.name, place.state, meeting.when))


def names_kept(meeting: ReportedMeeting, report: Report, identity: Identity) -> Iterator[Written]:
    """The names of those in a meeting whom only reports know."""
    for participant in meeting.participants:
        name = identity.written(participant, _then(meeting, report))
        if name:
            yield name


def _then(meeting: ReportedMeeting, report: Report) -> When | None:
    """When the participants were in office: on the day of publication where none is given, unless
    it tells of long ago."""
    if meeting.when or meeting.status == "background" or not report.published:
        return meeting.when
    return When.parse(report.published[:10])


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells.

    Attributes:
        mentions: of meetings, by their IRIs.
    """

    read: ReadReport
    mentions: Mapping[str, Mention]
    visits: tuple[VisitMention, ...]


class Reports:
    """The reports as a change leaves them.

    Args:
        gone: IRIs of the reports that go or are replaced.
        now: what the reports tell that come or replace.
    """

    def __init__(
        self, view: View, reader: Reader, gone: Iterable[str], now: Mapping[str, Told]
    ) -> None:
        self._view, self._reader = view, reader
        self._gone, self.now = frozenset(gone), now
        self._kept: dict[str, Told] = {}

    def told_by(self, report: str) -> Told | None:
        """What a report tells after the change; None if it is not there."""
        if report in self.now:
            return self.now[report]
        if report in self._gone:
            return None
        if report not in self._kept:
            self._kept[report] = self._reader.told(self._view.quads(graph=NamedNode(report)))
        return self._kept[report]

    def mention(self, iri: str) -> Mention | None:
        """A mention after the change; None if its report does not tell of it."""
        told = self.told_by(report_of(iri))
        return told.mentions.get(iri) if told else None

    def coming(self) -> Iterator[Mention]:
        """All mentions of the reports that come or replace."""
        for told in self.now.values():
            yield from told.mentions.values()
