"""Who was met, read from an archive's remarks by a small grammar of titles and names.

    remarks  = … trigger people …                 "Met with", "conferred with", "Discussed … with"
    people   = person {(", " | " and " | ", and ") person}
    person   = [party] title name ["of" state]    "Israeli Foreign Minister Livni"
             | title "of" state {"," state}       the Foreign Ministers of Italy and Spain
    name     = capitalised words and particles

Only what this grammar reads is taken: groups ("senior officials"), bare names, events and those
whom the visitor merely accompanied somebody else to see are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.ids import fold
from loaders.fact_text import Met
from loaders.names_met import MONTHS, name_at
from loaders.states import leading_party, named_code
from loaders.titles import (
    MILITARY_RANKS,
    mended,
    office_kind,
    same_office,
    title_at,
)
from ontology.lexicon import Tenure, at_hand, for_each_lexicon

USA: Final = "USA"
_HOLY_SEE: Final = "VAT"
_SHORTEST_SURNAME: Final = 4
_IN_CLAUSE: Final = r"(?:[^.;]|(?<=\b[A-Z])\.|(?<=\bSt)\.|(?<=\bGen)\.)"
_TRIGGER: Final = re.compile(
    rf"\b(?:(?P<met>[Mm]et\b)(?:(?!\bmet\b){_IN_CLAUSE}){{0,80}}?\b[Ww]ith\s+"
    r"|(?P<direct>[Mm]et\s+|(?:Briefed|briefed|Interviewed|Consulted|consulted)\s+)"
    r"|(?:[Cc]onferred|[Cc]onsulted|[Ss]poke|[Dd]iscussed|[Dd]iscussions?|[Rr]eviewed|[Nn]egotiated"
    r"|[Ss]igned|[Tt]alks|[Mm]eetings?|[Cc]onferences?|[Aa]udience|[Cc]onsultations|[Nn]egotiations"
    rf"|[Ss]ummit|[Ll]uncheon|[Dd]inner|[Cc]onversations?)\b(?:(?!\b[Mm]et\b){_IN_CLAUSE})*?\bwith\s+)"
)
_WITH: Final = re.compile(rf"{_IN_CLAUSE}*?\band\s+with\s+")
_NOT_OWN: Final = re.compile(
    r"\b(?:[Aa]ccompanied|[Jj]oined|[Ss]upported|[Pp]repar|[Ii]nvit|[Cc]ancel|[Pp]ostpon|[Pp]lanned"
    r"|reports? on|meeting was|following)"
)
_AND: Final = re.compile(
    r"\s*(?:,\s*and|,\s*as well as|;\s*and|,|\band|\bas well as)\s+"
    r"(?:also\s+)?(?:met\s+)?(?:with\s+)?(?:the\s+)?"
)
_GROUP: Final = re.compile(
    r"(?:[\w’'.-]+\s+){0,5}?(?:officials|leaders|officers|representatives|politicians|ministers"
    r"|members|personnel|authorities|officials’)\b(?:\s+(?:of|from)\s+(?:the\s+)?[A-Z]\w+(?:\s+[A-Z][\w-]+)*)?"
)
_MONTH: Final = "|".join(re.escape(m) for m in sorted(MONTHS, key=len, reverse=True))
_ON_DAY: Final = re.compile(
    rf"\s*,?\s*(?:on\s+)?({_MONTH})\s+(\d{{1,2}})(?!\d|\s*[-–]\s*\d|,?\s+and\s+\d)"
)
_WHERE: Final = re.compile(
    r"\b(?:in|at)\s+"
    r"(Washington, D\.C\.|[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3}(?:\s+and\s+[A-Z]\w+)?)"
)
_OF: Final = re.compile(r"\s+(?:of|from)\s+(?:the\s+)?")
_ENDS: Final = re.compile(r"\s*(?:[,.;)]|and\b|\Z)")
# Offices that, without an adjective, are as likely the visitor's own people as the host's.
_OWN_OR_HOST: Final = frozenset({"military", "envoy", "other", "security-adviser"})
_US_TITLES: Final = frozenset({"Secretary", "Secretary of State", "Vice President"})


@dataclass(frozen=True, slots=True)
class Host:
    """Where and when: what an unmarked title and a day without a year refer to.

    Attributes:
        state: code, or a name that has none.
    """

    state: str
    first: date
    last: date


def people_met(remarks: str, host: Host) -> tuple[Met, ...]:
    """Everybody whom the remarks say the visitor met, in their order, each once."""
    text = mended(remarks)
    found: dict[tuple[str, str, str], Met] = {}
    position = 0
    while trigger := _TRIGGER.search(text, position):
        people, position = _people_after(text, trigger, host)
        for person in people:
            found.setdefault(_key(person), person)
    return tuple(_without_doubles(list(found.values())))


def meeting_places(remarks: str) -> tuple[str, ...]:
    """Where in the United States the sentences about meetings put them, if all places are known."""
    sentences = re.split(r"(?<![A-Z])(?<!\b[A-Z][a-z])\.\s+", remarks)
    text = " ".join(s for s in sentences if _TRIGGER.search(s))
    known = _places_of(USA)
    found = [m[1].rstrip(".") for m in _WHERE.finditer(text)]
    if any(fold(name) not in known for name in found):
        return ()  # one place of several would be taken for the only one
    return tuple(dict.fromkeys(found))


@for_each_lexicon
def _places_of(state: str) -> frozenset[str]:
    places = [p for p in at_hand().places.values() if p.state == state and p.kind != "region"]
    return frozenset(fold(name) for p in places for name in (p.label, *p.names))


def _key(person: Met) -> tuple[str, str, str]:
    return fold(person.name), person.state, "" if person.name else fold(person.office)


def _without_doubles(people: list[Met]) -> Iterator[Met]:
    """An unnamed holder of an office adds nothing to a named one; a surname none to a full name."""
    for person in people:
        others = [o for o in people if o is not person and o.state == person.state]
        if not person.name and any(o.office == person.office and o.name for o in others):
            continue
        if any(_is_shorter(person, o) for o in others):
            continue
        yield person


def _is_shorter(person: Met, other: Met) -> bool:
    same_office = bool(person.name) and person.office == other.office
    return same_office and fold(other.name).endswith(" " + fold(person.name))


def _people_after(text: str, trigger: re.Match[str], host: Host) -> tuple[list[Met], int]:
    if not trigger["met"] and _NOT_OWN.search(_clause_before(text, trigger.end())):
        return [], trigger.end()
    people, end = _people(text, trigger.end(), host)
    if not people and (again := _WITH.match(text, end)):
        people, end = _people(text, again.end(), host)
    if people or trigger["met"] or trigger["direct"]:
        return people, max(end, trigger.start() + 3)
    return people, trigger.end()


def _clause_before(text: str, end: int) -> str:
    return re.split(r"(?<![A-Z])\.\s+|;\s+", text[:end])[-1]


def _people(text: str, start: int, host: Host) -> tuple[list[Met], int]:
    """The people listed from `start` on, and where the list ends."""
    people: list[Met] = []
    end = _skip_article(text, start)
    while True:
        item = _item(text, end, host)
        if item is None:
            return _dated(people, text, start if not people else end, host)
        found, end = item
        people += found
        following = _AND.match(text, end)
        if not following or _item(text, following.end(), host) is None:
            return _dated(people, text, end, host)
        end = following.end()


def _skip_article(text: str, start: int) -> int:
    found = re.compile(r"(?:the|both|also|with|then)\s+").match(text, start)
    return found.end() if found else start


def _dated(people: list[Met], text: str, end: int, host: Host) -> tuple[list[Met], int]:
    """The day that directly follows a list is the day of its meetings, if it is in the visit."""
    found = _ON_DAY.match(text, end)
    if not found or not people:
        return people, end
    month, number = MONTHS[found[1]], int(found[2])
    for year in dict.fromkeys((host.first.year, host.last.year)):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if host.first <= day <= host.last and host.first != host.last:
            return [Met(p.name, p.office, p.state, day.isoformat()) for p in people], found.end()
    return people, found.end()


def _item(text: str, start: int, host: Host) -> tuple[list[Met], int] | None:
    """One person, several under a plural title, or a group of nobody in particular."""
    person = _titled(text, start, host)
    if person:
        return person
    group = _GROUP.match(text, start)
    return ([], group.end()) if group else None


def _titled(text: str, start: int, host: Host) -> tuple[list[Met], int] | None:
    state, begin = _party(text, start, host)
    title = title_at(text, begin)
    if title is None:
        return None
    if title.plural:
        return _several(text, title.end, title.office, state, host)
    name, end = name_at(text, title.end)
    of_state, end = _of_state(text, end, host)
    if not name and of_state:
        name, end = name_at(text, end)
    if not (name or of_state or state) and not _ENDS.match(text, end):
        return [], end
    return _one(Met(name, title.office, of_state or state), end, host)


def _party(text: str, start: int, host: Host) -> tuple[str, int]:
    """Code of the party named before a title, empty if none, and where the title starts."""
    words = re.compile(r"(?:[^\s,;]+\s+){1,6}[^\s,;]*").match(text, start)
    found = leading_party(words[0].split(), host.first) if words else None
    if not found:
        return "", start
    code, count = found
    passed = re.compile(rf"(?:\S+\s+){{{count}}}").match(text, start)
    return (code, passed.end()) if passed and title_at(text, passed.end()) else ("", start)


def _one(person: Met, end: int, host: Host) -> tuple[list[Met], int] | None:
    state = person.state or _unmarked(person, host)
    if state is None:
        return [], end
    if not person.name and not person.state and person.office in ("President", *_US_TITLES):
        return ([Met("", person.office, USA)], end) if host.state == USA else ([], end)
    if person.state == USA and host.state != USA:
        return [], end
    return [Met(person.name, person.office, state)], end


def _unmarked(person: Met, host: Host) -> str | None:
    """State of somebody named without one; None if it is nobody that the visitor visited."""
    ours = _is_american(person, host)
    if host.state == USA:
        return USA if ours else _in_office_anywhere(person, host)
    doubtful = office_kind(person.office) in _OWN_OR_HOST or person.office in MILITARY_RANKS
    if ours or (doubtful and not _holds(person, host.state, host)):
        return None
    if person.office == "Pope":
        return _HOLY_SEE
    return host.state if _holds(person, host.state, host) else _guest_of(person, host) or host.state


def _is_american(person: Met, host: Host) -> bool:
    if person.name and "President" in person.office:
        return _holds(person, USA, host)
    return person.office in _US_TITLES and (not person.name or _holds(person, USA, host))


def _holds(person: Met, state: str, host: Host) -> bool:
    return bool(person.name) and state in _states_of(person, host)


def _in_office_anywhere(person: Met, host: Host) -> str:
    """The only state in which somebody of that surname was in office then, else empty."""
    states = _states_of(person, host) if person.name else frozenset()
    return next(iter(states)) if len(states) == 1 else ""


def _guest_of(person: Met, host: Host) -> str | None:
    """State of somebody met away from home: the only holder of that office with that name."""
    words, data = fold(person.name).split(), at_hand()
    if not words or len(words[-1]) < _SHORTEST_SURNAME:
        return None
    states = {
        t.state
        for t in _tenures_by_word().get(words[-1], ())
        if _covers(t, host)
        and same_office(t.title, person.office)
        and _same_name(words, fold(data.persons[t.person].label).split())
    }
    return states.pop() if len(states) == 1 else None


def _same_name(words: list[str], label: list[str]) -> bool:
    return words[-1] == label[-1] and (len(words) == 1 or words[0] in label)


def _covers(tenure: Tenure, host: Host) -> bool:
    starts = tenure.from_[:10] <= host.last.isoformat()
    return starts and (not tenure.until or tenure.until >= host.first.isoformat())


@for_each_lexicon
def _tenures_by_word() -> dict[str, list[Tenure]]:
    """All tenures by each folded word of their holder's name."""
    found: dict[str, list[Tenure]] = {}
    data = at_hand()
    for tenure in data.tenures:
        for word in set(fold(data.persons[tenure.person].label).split()):
            found.setdefault(word, []).append(tenure)
    return found


def _states_of(person: Met, host: Host) -> frozenset[str]:
    words = fold(person.name).split()
    ends = {words[0], words[-1]}  # the surname stands first in some languages
    known = _tenures_by_word()
    return frozenset(t.state for word in ends for t in known.get(word, ()) if _covers(t, host))


def _several(text: str, end: int, office: str, state: str, host: Host) -> tuple[list[Met], int]:
    """The people of "Presidents Carter and Sadat" or "Foreign Ministers of Italy and Spain"."""
    of_state, after = _of_state(text, end, host)
    people: list[Met] = []
    if of_state:
        return _each_state(text, after, office, of_state, host)
    name, after = name_at(text, end)
    while name:
        people += _one_of_several(Met(name, office, state), after, host)
        end = after
        following = _AND.match(text, end)
        if not following or _begins_anew(text, following.end(), host):
            break
        name, after = name_at(text, following.end() - 1)
    return people, end


def _begins_anew(text: str, start: int, host: Host) -> bool:
    """True if what follows has a title or a party of its own: "and Soviet Premier Stalin"."""
    words = re.compile(r"(?:[^\s,;]+\s+){1,6}[^\s,;]*").match(text, start)
    party = leading_party(words[0].split(), host.first) if words else None
    return title_at(text, start) is not None or party is not None


def _one_of_several(person: Met, end: int, host: Host) -> list[Met]:
    """A plural title is loose: who held another office elsewhere is meant by it too."""
    one = _one(person, end, host)
    if not one or person.state or host.state == USA or _holds(person, host.state, host):
        return one[0] if one else []
    states = _states_of(person, host)
    only = next(iter(states)) if len(states) == 1 else ""
    return [Met(m.name, m.office, only or m.state, m.day) for m in one[0]]


def _each_state(text: str, end: int, office: str, state: str, host: Host) -> tuple[list[Met], int]:
    """One unnamed holder for each state of a list; those of an organization are not one person."""
    people = []
    while True:
        if state in at_hand().states:
            people.append(Met("", office, state))
        following = _AND.match(text, end)
        if not following or _titled(text, following.end(), host):
            return people, end
        state, after = _state(text, following.end(), host)
        if not state:
            return people, end
        end = after


def _of_state(text: str, end: int, host: Host) -> tuple[str, int]:
    """The state or organization in " of Sweden" at `end`, empty if there is none."""
    found = _OF.match(text, end)
    if not found:
        return "", end
    code, after = _state(text, found.end(), host)
    return (code, after) if code else ("", end)


def _state(text: str, start: int, host: Host) -> tuple[str, int]:
    words = list(re.compile(r"[A-Z][\w.’'-]*(?:\s+(?:of|the|and))?").finditer(text, start))
    for count in range(5, 0, -1):
        run = re.compile(rf"[^\s,;]+(?:\s+[^\s,;]+){{{count - 1}}}").match(text, start)
        if run and words and words[0].start() == start:
            name = run[0].rstrip(".,;")
            code = named_code(name, host.first)
            if code:
                return code, start + len(name)
    return "", start
