"""Scoring of who took part: by surname and state, by surname, by state.

A group in the annotation with neither name nor state excuses found parties that lack either; a
found name that stands for a party the annotation does not name is no error of names.
"""

from __future__ import annotations

from benchmarks.accuracy.agreement import ENOUGH, Test, same_name, same_party, same_state
from benchmarks.accuracy.facts import Meeting, Party
from benchmarks.accuracy.matching import Meetings
from benchmarks.accuracy.outcome import Book
from benchmarks.accuracy.pairing import Pairs, pair_up
from benchmarks.accuracy.words import overlap, same_surname

Parties = tuple[Party, ...]


def score_parties(book: Book, wanted: Meeting | None, found: Meeting | None) -> None:
    """Who was found, invented and missed; one side is None where a meeting has no partner."""
    asked = wanted.parties if wanted else ()
    given = found.parties if found else ()
    counts = _by_party(book, asked, given)
    book.add("participants", *counts)
    if wanted and found:
        book.add("participants-within", *counts)
        _offices(book, wanted, found)
    book.add("names", *_by_name(asked, given))
    book.add("states", *_by_state(asked, given))


def _by_party(book: Book, asked: Parties, given: Parties) -> tuple[int, int, int]:
    known = tuple(p for p in asked if p.known)
    pairs = _pairs(known, given, same_party)
    spare = _spare(asked, given, pairs)
    missing = [p for i, p in enumerate(known) if i not in {i for i, _ in pairs}]
    if given:
        for party in missing:
            book.remark("missed participant", party, None)
    if asked:
        for party in spare:
            book.remark("invented participant", None, party, party.span)
    for j, party in enumerate(given):
        right = j in {j for _, j in pairs}
        if right or any(party is s for s in spare):
            book.sure("participants", party.confidence, right)
    return len(pairs), len(spare), len(missing)


def _by_name(asked: Parties, given: Parties) -> tuple[int, int, int]:
    named = tuple(p for p in asked if p.known and p.name)
    called = tuple(p for p in given if p.called)
    pairs = _pairs(named, called, same_name)
    unnamed = [p for p in asked if not p.name and p.states]
    spare = [p for p in _spare(asked, called, pairs) if not any(same_state(u, p) for u in unnamed)]
    return len(pairs), len(spare), len(named) - len(pairs)


def _by_state(asked: Parties, given: Parties) -> tuple[int, int, int]:
    wanted = list(dict.fromkeys(frozenset(p.states) for p in asked if p.states))
    codes = {p.states[0] for p in given if p.states}
    found = sum(bool(accepted & codes) for accepted in wanted)
    return found, len(codes.difference(*wanted)), len(wanted) - found


def _pairs(asked: Parties, given: Parties, test: Test) -> Pairs:
    def weight(a: Party, b: Party) -> float | None:
        if not test(a, b):
            return None
        return 1 + int(same_name(a, b)) + (0.5 if same_state(a, b) else 0)

    return pair_up(asked, given, weight)


def _spare(asked: Parties, given: Parties, pairs: Pairs) -> list[Party]:
    """Found parties without a partner, but for those that a nameless group excuses."""
    used = {j for _, j in pairs}
    spare = [p for j, p in enumerate(given) if j not in used]
    if all(p.known for p in asked):
        return spare
    return [p for p in spare if p.states and p.called]


def _offices(book: Book, wanted: Meeting, found: Meeting) -> None:
    known = wanted.known_parties
    pairs = pair_up(known, found.parties, lambda a, b: 1.0 if same_name(a, b) else None)
    for i, j in pairs:
        a, b = known[i], found.parties[j]
        book.share("role", a.attendee == b.attendee)
        if a.attendee != b.attendee:
            book.remark("role", _part(a), _part(b), b.span)
        if a.office:
            right = overlap(a.office, b.office or "") >= ENOUGH
            book.share("office", right)
            if not right:
                book.remark("office", f"{a}: {a.office}", b.office, b.span)


def _part(party: Party) -> str:
    return f"{party}: {'attendee' if party.attendee else 'principal'}"


def score_forbidden(book: Book, names: tuple[str, ...], asked: Meetings, given: Meetings) -> None:
    """Persons annotated as no participant who were given as one of a held meeting.

    Whoever is also a participant of a meeting of the same report is not counted.
    """
    wanted = [p for meeting in asked for p in meeting.parties]
    book.add("not-participants", 0, len(names))
    for party in (party for meeting in given for party in meeting.parties):
        barred = any(same_surname(name, party.called) for name in names)
        if barred and not any(same_name(p, party) for p in wanted):
            book.add("not-participants", 1, 0)
            book.remark("not a participant", None, party, party.span)
