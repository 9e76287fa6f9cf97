"""What a change touches: the mentions of the same parties on the same or neighbouring days.

A *stretch* is all mentions of one block of which the days meet, directly or over others. A change
is worked out for whole stretches: those of the mentions that come and go, those of mentions that
are compared under other parties because of it, and those that judgements hold together with them.
Nothing outside can be changed by it, so the cost of a report does not depend on the graph's size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.blocks import Days, block, day_keys, search_keys, window
from kg.judgements import Judgements
from kg.kin import IsOrganization, home, may_be_kin
from kg.merge import Mention
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM
from kg.told import Reports, report_of


@dataclass(frozen=True, slots=True)
class Stretch:
    """Mentions of one block that days connect.

    Attributes:
        mentions: IRIs, of mentions before or after the change, sorted.
    """

    block: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mention is compared: its block and its days."""

    block: str
    days: Days | None


class Index:
    """Where the stored mentions are compared, read from the graph as it is before the change."""

    def __init__(self, view: View) -> None:
        self._view = view

    def place(self, mention: str) -> _Place | None:
        """Where a stored mention is compared; None if it is not stored."""
        raw = self.own_block(mention)
        if raw is None:
            return None
        return _Place(self._text(mention, DM.block, DEFAULT_GRAPH) or raw, self._days(mention))

    def own_block(self, mention: str) -> str | None:
        """Key of the block by the mention's own words."""
        return self._text(mention, DM.block, NamedNode(report_of(mention)))

    def near(self, key: str, days: Days) -> Iterator[tuple[str, Days]]:
        """Mentions that are compared in a block and are of these days or the days next to them."""
        for mention in self._found(key, days):
            place = self.place(mention)
            if place and place.block == key and place.days and place.days.meets(days):
                yield mention, place.days

    def day_keys(self, mention: str) -> list[str]:
        """The day keys of a stored mention."""
        graph = NamedNode(report_of(mention))
        found = self._view.quads(NamedNode(mention), DM.dayBlock, None, graph)
        return sorted(q.object.value for q in found if isinstance(q.object, Literal))

    def of_day(self, key: str) -> Iterator[str]:
        """Mentions with a day key."""
        return self._with(DM.dayBlock, key)

    def _found(self, key: str, days: Days) -> list[str]:
        keys = search_keys(key, days)
        if keys is None:
            return sorted(set(self._with(DM.block, key)))
        return sorted({m for k in keys for m in self._with(DM.monthBlock, k)})

    def _with(self, prop: object, key: str) -> Iterator[str]:
        for quad in self._view.quads(None, prop, Literal(key)):  # type: ignore[arg-type]
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def _text(self, mention: str, prop: NamedNode, graph: object) -> str | None:
        found = self._view.quads(NamedNode(mention), prop, None, graph)  # type: ignore[arg-type]
        quad = next(iter(found), None)
        return quad.object.value if quad and isinstance(quad.object, Literal) else None

    def _days(self, mention: str) -> Days | None:
        graph = NamedNode(report_of(mention))
        first = self._text(mention, DM.date, graph)
        last = self._text(mention, DM.endDate, graph)
        if first and last:
            return Days(date.fromisoformat(first), date.fromisoformat(last))
        if self._text(mention, DM.status, graph) != "planned":
            return None
        return window(self._text(graph.value, DM.published, graph))


class Touched:
    """Works out the stretches that a change touches.

    Args:
        changed: IRIs of all mentions of the reports that go or are replaced, and of those that
            changed judgements are about.
        before, now: the judgements before and after the change.
    """

    def __init__(
        self,
        view: View,
        reports: Reports,
        changed: Iterable[str],
        judged: tuple[Judgements, Judgements],
        is_organization: IsOrganization,
    ) -> None:
        self._index, self._reports = Index(view), reports
        self._changed, self._judged = sorted(set(changed)), judged
        self._is_organization = is_organization
        self._coming = {m.iri: m for m in reports.coming()}
        self._coming_of_day = _by_day(self._coming.values())
        self._homes = self._compared_under()
        self._placed = self._new_places()

    def home(self, mention: str) -> str | None:
        """Key of the block under which a mention is compared after the change."""
        if mention in self._homes:
            return self._homes[mention]
        place = self._index.place(mention)
        return place.block if place else None

    def stretches(self) -> list[Stretch]:
        """All that is touched, each stretch once, in a fixed order."""
        found: dict[str, list[set[str]]] = {}
        seen: set[tuple[str, _Place]] = set()
        waiting = [*self._changed, *self._homes]
        while waiting:
            mention = waiting.pop()
            for place in self._places(mention):
                if (mention, place) not in seen:
                    stretch = self._stretch(mention, place)
                    seen |= {(iri, _Place(place.block, days)) for iri, days in stretch}
                    members = {iri for iri, _ in stretch}
                    found[place.block] = _with(found.get(place.block, []), members)
                    waiting += [i for m in members for i in self._held_together(m)]
        return sorted(
            (Stretch(key, tuple(sorted(s))) for key, sets in found.items() for s in sets),
            key=lambda s: (s.block, s.mentions),
        )

    # Under which parties

    def _compared_under(self) -> dict[str, str]:
        """The block of every mention that comes, or that is compared under other parties because
        of one that comes or goes."""
        homes = {m.iri: self._home(m) for m in self._coming.values()}
        for iri in self._kin_of_changed():
            mention = self._reports.mention(iri)
            if mention and iri not in homes:
                key = self._home(mention)
                place = self._index.place(iri)
                if place is None or place.block != key:
                    homes[iri] = key
        return homes

    def _kin_of_changed(self) -> list[str]:
        """Stored mentions that may be compared under the parties of a changed one, or no more."""
        found: set[str] = set()
        for mention in self._coming.values():
            found.update(self._stored_kin(block(mention.meeting), day_keys(mention.meeting)))
        for iri in self._changed:
            key = self._index.own_block(iri)
            if key is not None:
                found.update(self._stored_kin(key, self._index.day_keys(iri)))
        return sorted(found)

    def _stored_kin(self, key: str, days: Iterable[str]) -> Iterator[str]:
        for day in days:
            for iri in self._index.of_day(day):
                other = self._index.own_block(iri)
                if other is not None and may_be_kin(key, other, self._is_organization):
                    yield iri

    def _home(self, mention: Mention) -> str:
        """Where a mention is compared, given all mentions of its day after the change."""
        key, days = block(mention.meeting), list(day_keys(mention.meeting))
        stored = {i for i in self._stored_kin(key, days) if i not in self._coming}
        others = [m for i in sorted(stored) if (m := self._reports.mention(i))]
        others += [
            m
            for day in days
            for m in self._coming_of_day.get(day, ())
            if may_be_kin(key, block(m.meeting), self._is_organization)
        ]
        return home(mention, others, self._is_organization)

    # Stretches

    def _new_places(self) -> dict[str, list[tuple[str, Days]]]:
        """Days of the mentions that come or are compared elsewhere, by their new blocks."""
        placed: dict[str, list[tuple[str, Days]]] = {}
        for iri, key in self._homes.items():
            mention = self._reports.mention(iri)
            if mention and mention.reach:
                placed.setdefault(key, []).append((iri, mention.reach))
        return placed

    def _places(self, mention: str) -> Iterator[_Place]:
        """Where a mention is compared before and after the change."""
        stored = self._index.place(mention)
        if stored:
            yield stored
        if mention in self._homes:
            after = self._reports.mention(mention)
            if after:
                yield _Place(self._homes[mention], after.reach)

    def _stretch(self, mention: str, place: _Place) -> set[tuple[str, Days | None]]:
        """All mentions of the block that days connect to this one, each with its days."""
        if place.days is None:
            return {(mention, None)}
        span, wider = place.days, place.days
        while True:
            near = {
                *self._index.near(place.block, span),
                *((i, d) for i, d in self._placed.get(place.block, ()) if d.meets(span)),
            }
            for _, days in near:
                wider = wider.widened(days)
            if wider == span:
                return {(mention, place.days), *near}
            span = wider

    def _held_together(self, mention: str) -> Iterator[str]:
        """Mentions judged to be of the same meeting, before or after the change."""
        for judged in self._judged:
            yield from judged.same_as(mention) - {mention}


def _by_day(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        for key in day_keys(mention.meeting):
            found.setdefault(key, []).append(mention)
    return found


def _with(sets: list[set[str]], more: set[str]) -> list[set[str]]:
    """The sets and one more; those that share a mention are one."""
    apart = [s for s in sets if not s & more]
    return [*apart, more.union(*(s for s in sets if s & more))]
