"""Two meetings of the same two in one report, on one day: what the report says of the second.

A report tells one meeting in many sentences, so a second one is taken from its words only: "met
again later that day", or in the afternoon in another town than the one told before.
"""

from __future__ import annotations

import re

from kg.another import goes_on_with_the_day, says_another
from loaders.extraction.contacts import Contact
from loaders.extraction.furniture import is_known_place

_NEAR = 60  # characters behind a phrase in which its town is looked for
_TOWN = re.compile(r"\b(?:in|at) ([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")


def tells_second(contact: Contact, told: list[Contact]) -> bool:
    """True if a phrase tells of another meeting of those whom earlier phrases tell of.

    Args:
        told: the phrases on the meeting told before, of the same sides and the same status.
    """
    unit = contact.sketch.unit
    if unit.kind != "narrative" or contact.status not in ("held", "planned"):
        return False
    before = [c for c in told if c.sketch.unit.kind != "title"]
    if not before or any(c.sketch.unit.index >= unit.index for c in before):
        return False
    if says_second(contact):
        return True
    sentence = unit.source[unit.start : unit.end]
    return goes_on_with_the_day(sentence) and _is_elsewhere(contact, before)


def says_second(contact: Contact) -> bool:
    """ "Later that day the two met again": more than a word on the meeting told before."""
    unit = contact.sketch.unit
    if unit.kind != "narrative" or contact.row.strength != "strong":
        return False
    return says_another(unit.source[unit.start : unit.end])


def _is_elsewhere(contact: Contact, before: list[Contact]) -> bool:
    here = _town(contact)
    there = {town for c in before if (town := _town(c))}
    return here is not None and bool(there) and here not in there


def _town(contact: Contact) -> str | None:
    """The town named in the phrase or right behind it, in its own clause."""
    unit, drawn = contact.sketch.unit, contact.sketch
    start, end = drawn.offset(contact.start), drawn.offset(contact.end)
    stop = min(unit.end, end + _NEAR)
    for found in _TOWN.finditer(unit.source, start, stop):
        if re.search(r"[.;,] ", unit.source[end : found.start()]):
            return None
        if is_known_place(found[1]):
            return found[1]
    return None
