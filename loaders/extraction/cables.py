"""Telegrams and despatches of missions: who reports to whom, and from which state.

"Telegram From the Embassy in X to the Department of State": the writer speaks for the state of those
he reports to, and officials told without a state are those of X.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.extraction.cast import Ref
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Mention
from loaders.extraction.places import place_named
from loaders.extraction.sketch import Sketch

_SENT = late(
    r"\b(?:telegram|cable|airgram|despatch|dispatch|letter|report|message)\b[^.\n]{0,40}? from (?:the |his |h\.m\. )?(?:american |british )?"
    r"(?P<who>embassy|legation|chargé(?: d['’]affaires)?|ambassador|minister|high commission(?:er)?|consul(?:ate)?(?: general)?|mission)"
    r"(?: of [^.\n]{2,30}?)? (?:in|to|at) (?:the )?(?P<host>[^.\n()]{3,40}?)(?: \((?P<name>[^)\n]{2,40})\))?,? to (?:the )?"
    r"(?P<to>department of state|secretary of state|state department|foreign (?:and commonwealth )?office|foreign secretary)\b",
    re.IGNORECASE,
)
_HEAD = 400  # characters of a text that may hold the heading
_SENDERS = {"department of state": "USA", "secretary of state": "USA", "state department": "USA"}
_OFFICES = {
    "embassy": "Ambassador", "legation": "Minister", "high commission": "High Commissioner", "consulate": "Consul",
    "consulate general": "Consul General", "mission": "Ambassador",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cable:
    """A heading of a despatch.

    Attributes:
        host: code of the state it was sent from.
        sender: code of the state that its writer serves.
        name: of the writer, where the heading gives it.
        start, end: of the heading's words in the title or text.
    """

    host: str | None
    sender: str
    office: str
    name: str | None
    start: int
    end: int


def cable_headed(heading: str) -> Cable | None:
    """The despatch that a title or the head of a text announces; None if it is none."""
    found = _SENT.search(heading[:_HEAD])
    if found is None:
        return None
    who, to = found["who"].lower(), found["to"].lower()
    office = _OFFICES.get(who) or found["who"][:1].upper() + found["who"][1:]
    name = found["name"] if found["name"] and found["name"][0].isupper() else None
    host = place_named(heading, *found.span("host"))
    return Cable(
        host[1] if host else None, _SENDERS.get(to, "GBR"), office, name, found.start("who"), found.end("who")
    )  # fmt: skip


_SIGNED = re.compile(r"\n\s*(?P<name>[A-Z][a-z]{2,20}|[A-Z]{3,20})\s*\Z")
_FOOT = 60  # characters of a text in which its signature stands


def signature(text: str) -> str | None:
    """The surname that stands alone under a despatch."""
    found = _SIGNED.search(text, max(0, len(text) - _FOOT))
    return found["name"].capitalize() if found else None


def writer(cable: Cable, drawn: Sketch) -> Ref:
    """Who wrote the despatch, as the "I" of its text."""
    mention = Mention(
        cable.start, cable.end, name=cable.name, office=cable.office, states=(cable.sender,), kind="role"
    )  # fmt: skip
    return Ref(None, mention, drawn, cable.name, cable.office, cable.sender)
