"""Records of a conversation that open with a list of the participants: the list is the meeting.

Only where a record says by its name or its labels what it is; the list is read line by line up to
the next label, and whoever stands first for a party speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.extraction.cast import Ref
from loaders.extraction.contact_rows import grammar
from loaders.extraction.contacts import Contact
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.scene import Scene
from loaders.extraction.segment import Segmented
from loaders.extraction.sketch import Sketch, Unit, redraw, sketch

_RECORD = late(
    r"\b(?:memorand(?:um|a) of (?:a )?(?:telephone )?conversation|memcon|telcon|minutes of|(?:summary )?(?:record|note) of (?:a |the )?"
    r"(?:telephone )?(?:conversation|meeting|talks?|discussions?))\b",
    re.IGNORECASE,
)
_RECORDS = ("conversation", "memcon", "telcon", "minutes of", "record of", "note of")
_LIST = late(
    r"^[ \t]*(?:PARTICIPANTS|Participants|PRESENT|Present|ATTENDEES|Attendees|IN ATTENDANCE)[ \t]*:?[ \t]*(?P<first>[^\n]*)$",
    re.MULTILINE,
)
_LABEL = late(
    r"^[ \t]*(?:(?:DATE|TIME|PLACE|LOCATION|SUBJECT|VENUE|COPIES|DISTRIBUTION|REFERENCE|AGENDA)\b|(?:Date|Time|Place|Location|Subject|"
    r"Venue|Agenda)\b[^:\n]{0,20}:)"
)
_LABELS = re.compile(_LABEL.pattern + r"[^\n]*", re.MULTILINE)
_REMOTE = re.compile(r"telephone|telcon", re.IGNORECASE)
_HEAD = 1500  # characters of a text in which the record says what it is and who was there
_LINES = 30
_LONGEST_LINE = 220
_SIDE = late(
    r"^[ \t]*(?:[Ff]or )?(?:the )?(?P<state>[\w.' -]{2,40}?)(?: [Ss]ide| [Dd]elegation)?[ \t]*:?[ \t]*$"
)


def participants_listed(segmented: Segmented) -> list[Unit]:
    """The lines of the list of participants of a record; empty if the text is none."""
    head = segmented.text[:_HEAD]
    low = f"{segmented.title or ''} {head}".lower()
    if not any(word in low for word in _RECORDS):
        return []
    if not _RECORD.search(f"{segmented.title or ''}\n{head}"):
        return []
    found = _LIST.search(head)
    return list(_lines(segmented.text, found.start("first"))) if found else []


def _lines(text: str, start: int) -> Iterator[Unit]:
    at = start
    for _ in range(_LINES):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if at > start and (_LABEL.match(line) or line.lstrip().startswith("[")):
            return
        if len(line) > _LONGEST_LINE:
            return
        if line.strip():
            yield Unit(
                text, at + len(line) - len(line.lstrip()), at + len(line.rstrip()), 0, "furniture"
            )
        if end >= len(text):
            return
        at = end + 1


def recorded_contact(
    segmented: Segmented, lines: list[Sketch], scene: Scene, home: str | None
) -> tuple[Contact, tuple[Ref, ...], tuple[Ref, ...]] | None:
    """The contact of a record, those who speak for a party, and the others; None without two parties."""
    present = _present(lines, scene, home)
    speakers: dict[str, Ref] = {}
    for ref in present:
        speakers.setdefault(ref.state or "", ref)
    if len(speakers) < 2:
        return None
    principals = tuple(speakers.values())
    others = tuple(r for r in present if r not in principals)
    return _contact(segmented, lines[0]), principals, others


def _contact(segmented: Segmented, line: Sketch) -> Contact:
    row = next(r for r in grammar().rows if r.id == "referred-to")
    head = f"{segmented.title or ''}\n{segmented.text[: line.unit.start]}"
    form = "phone" if _REMOTE.search(head) else "in-person"
    row = replace(row, strength="strong", format="phone" if form == "phone" else "")
    unit = replace(
        line.unit, start=_first(segmented, line), end=_last(segmented, line), kind="narrative"
    )
    at = line.unit.start - unit.start
    return Contact(redraw(unit, ()), row, None, None, "held", False, (), at, at, "", at)


def _first(segmented: Segmented, line: Sketch) -> int:
    """Where the labels begin: a day or place above the list belongs to the conversation."""
    above = [m.start() for m in _LABELS.finditer(segmented.text, 0, line.unit.start)]
    return above[0] if above else line.unit.start


def _last(segmented: Segmented, line: Sketch) -> int:
    """Where the labels end."""
    below = [m.end() for m in _LABELS.finditer(segmented.text, line.unit.start, _HEAD)]
    return below[-1] if below else line.unit.end


def _present(lines: list[Sketch], scene: Scene, home: str | None) -> list[Ref]:
    """Everybody of the list, with the state of the heading above or the publisher's own."""
    found: dict[tuple[str, str], Ref] = {}
    side: str | None = None
    for line in lines:
        heading = _heading(line)
        if heading is not None:
            side = heading
            continue
        for n, group in enumerate(line.groups):
            for ref in scene.refs(line, group):
                if n and not (ref.office or ref.mention.honorific):
                    continue  # "Mr. Ann Lee, NSC Staff": the second is her desk
                code = ref.state if not ref.assumed else None
                state = code or _posted_by(line) or side or ref.state or home
                if ref.mention.kind != "state" and state and (ref.name or ref.office):
                    found.setdefault(ref.identity, replace(ref, state=state))
    return list(found.values())


_EMBASSY = re.compile(r"\b(?P<state>[A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:Embassy|Legation|Mission)\b")


def _posted_by(line: Sketch) -> str | None:
    """ "Ambassador Ann Lee, Peruvian Embassy": the state whose embassy it is."""
    found = _EMBASSY.search(line.unit.source, line.unit.start, line.unit.end)
    entry = gazetteer().exact(found["state"]) if found else None
    codes = (entry.adjectives or entry.states) if entry else ()
    return codes[0] if codes else None


def _heading(line: Sketch) -> str | None:
    """ "United States:", "UK side": the code of the state whose people follow."""
    unit = line.unit
    match = _SIDE.match(unit.source[unit.start : unit.end])
    entry = gazetteer().exact(match["state"]) if match else None
    codes = (entry.states or entry.adjectives or entry.organizations) if entry else ()
    return codes[0] if codes else None


def drawn_lines(units: list[Unit]) -> list[Sketch]:
    """The sketches of the lines of a list."""
    return [sketch(unit) for unit in units]
