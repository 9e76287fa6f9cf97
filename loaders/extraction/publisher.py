"""Who published a report: the state it speaks from, its time zone and its day of publication."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kg.ids import fold
from kg.model import Report
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from ontology.lexicon import State, lexicon

_DOMAIN = re.compile(r"(?:https?://)?(?:[\w.-]+@)?((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_STAMP = late(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass(frozen=True, slots=True)
class Publisher:
    """What is known of who published a report.

    Attributes:
        state: code of the state or organization it speaks from; None where unknown.
        day: the day of publication in the publisher's time zone; None where unknown.
        inferred: the state is told by the report's own words alone.
        sender: code of the state whose mission in `state` wrote the report, for a cable.
    """

    state: str | None
    day: date | None
    inferred: bool = False
    sender: str | None = None


@cache
def _outlets() -> dict[str, Any]:
    text = files("loaders.extraction").joinpath("outlets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def publisher_of(report: Report) -> Publisher:
    """The publisher by outlet, then by address; the day in its time zone."""
    domain = _domain(report.outlet) or _domain(report.url)
    state = _by_domain(domain) or _by_name(report.outlet) or _by_capital(report)
    world = domain in _outlets()["world"] or report.outlet in _outlets()["world"]
    return Publisher(None if world else state, _day(report.published, state, domain))


def _domain(text: str | None) -> str | None:
    found = _DOMAIN.match(text.strip()) if text else None
    return found[1].lower() if found else None


def _suffixes(domain: str) -> list[str]:
    parts = domain.split(".")
    return [".".join(parts[n:]) for n in range(len(parts))]


def _by_domain(domain: str | None) -> str | None:
    if domain is None:
        return None
    known = _outlets()["domains"]
    for suffix in _suffixes(domain):
        if suffix in known:
            return str(known[suffix])
    label, ending = domain.rsplit(".", 2)[-2:]
    paper = _papers().get(re.sub(r"[^a-z0-9]", "", label).removeprefix("the"))
    if paper is not None:
        return paper
    if ending in ("org", "int", "eu"):
        return _by_label(label) or _by_name_in(label)
    return _countries().get(ending) or _by_name_in(label)


@cache
def _name_stems() -> dict[str, str]:
    """Names, adjectives and capitals of states as a domain spells them, to the code."""
    stems: dict[str, set[str]] = {}
    data = lexicon()
    for code, state in data.states.items():
        towns = [n for slug in state.capital for n in data.places[slug].names[:1]]
        for name in () if state.until else (state.label, *state.names, *state.adjectives, *towns):
            stems.setdefault(re.sub(r"[^a-z]", "", fold(name)), set()).add(code)
    return {s: min(codes) for s, codes in stems.items() if len(codes) == 1 and len(s) > 3}


def _by_name_in(label: str) -> str | None:
    """ "gbcghana.com", "fijisun.com", "kyivpost.com": the longest name of a state or capital in it."""
    plain = re.sub(r"[^a-z]", "", label)
    found = [
        stem
        for stem in _name_stems()
        if stem in plain and (len(stem) > 4 or plain.startswith(stem))
    ]
    return _name_stems()[max(found, key=lambda s: (len(s), s))] if found else None


def _by_label(label: str) -> str | None:
    """ "iaea.org", "un-readouts.org": an organization that goes by its code."""
    codes = [part.upper() for part in label.split("-")]
    return next((code for code in codes if code in lexicon().organizations), None)


@cache
def _countries() -> dict[str, str]:
    return {s.domain: code for code, s in lexicon().states.items() if s.domain and not s.until}


def _by_name(outlet: str | None) -> str | None:
    if not outlet:
        return None
    for body in lexicon().outlets.values():
        if outlet in (body.label, *body.names) and body.state:
            return body.state
    paper = _papers().get(_plain_name(outlet))
    if paper is not None:
        return paper
    for name, code in _outlets()["names"].items():
        if re.search(rf"\b{re.escape(name)}\b", outlet):
            return str(code)
    return _by_state_word(outlet)


_STEM = 5  # letters of a domain's label that are enough to know a paper by


@cache
def _papers() -> dict[str, str]:
    """Plain whole names of papers, agencies and broadcasters to the codes of their states.

    Longer ones also without spaces and marks, as a domain spells them.
    """
    known = {_plain_name(n): str(c) for c, names in _outlets()["papers"].items() for n in names}
    joined = {re.sub(r"[^a-z0-9]", "", name): code for name, code in known.items()}
    return {stem: code for stem, code in joined.items() if len(stem) >= _STEM} | known


def _plain_name(outlet: str) -> str:
    return re.sub(r"\s+", " ", fold(outlet)).strip().lower().removeprefix("the ")


def _by_state_word(outlet: str) -> str | None:
    """ "Presidency of Ghana", "Ministry of Foreign Affairs of Peru", "Maltese Times"."""
    from loaders.extraction.tokens import tokenize

    tokens = tokenize(outlet, 0, len(outlet))
    for i in range(len(tokens)):
        hit = gazetteer().at(tokens, i)
        if hit is not None:
            codes = hit.entry.states or hit.entry.adjectives or hit.entry.organizations
            if len(codes) == 1:
                return codes[0]
    return None


_OFFICIAL = re.compile(r"\b(?:Ministry|Presidency|Chancellery|Government|Cabinet|Foreign Office)\b")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_LETTERHEAD = 300  # characters of a text that may tell its year


def _by_capital(report: Report) -> str | None:
    """ "Ministry of Foreign Affairs, Prague": the state that had its capital there at the time."""
    outlet = report.outlet or ""
    if not _OFFICIAL.search(outlet):
        return None
    year = next(
        (f[1] for t in (report.published, report.title, report.text[:_LETTERHEAD]) if t and (f := _YEAR.search(t))),
        None,
    )  # fmt: skip
    for words in outlet.split(","):
        entry = gazetteer().exact(words.strip())
        for slug in entry.places if entry else ():
            seated = [s for s in lexicon().states.values() if slug in s.capital and _was(s, year)]
            if len(seated) == 1:
                return seated[0].code
    return None


def _was(state: State, year: str | None) -> bool:
    """True if a state was there in a year; without a year, if it is there today."""
    if year is None:
        return state.until is None
    return (state.from_ or "")[:4] <= year and (state.until is None or year < state.until[:4])


def _day(published: str | None, state: str | None, domain: str | None) -> date | None:
    found = _STAMP.match(published.strip()) if published else None
    if not found:
        return None
    try:
        plain = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    local = domain is not None and any(s in _outlets()["local_times"] for s in _suffixes(domain))
    zone = _zone(state)
    if not found[6] or local or zone is None:
        return plain
    moment = datetime(plain.year, plain.month, plain.day, int(found[4]) % 24, int(found[5]) % 60)
    return moment.replace(tzinfo=_offset(found[6])).astimezone(zone).date()


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    span = timedelta(hours=int(digits[:2]) % 24, minutes=int(digits[2:]) % 60)
    return timezone(-span if text[0] == "-" else span)


@cache
def _zone(state: str | None) -> ZoneInfo | None:
    body = lexicon().states.get(state) if state else None
    name = body.time_zone if body else _seat_zone(state)
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _seat_zone(code: str | None) -> str | None:
    data = lexicon()
    body = data.organizations.get(code) if code else None
    return (
        data.places[body.seat].time_zone
        if body and body.seat and body.seat in data.places
        else None
    )
