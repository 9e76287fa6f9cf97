"""Whose words a report is: who signs it, or whom its title names as the one who speaks or writes."""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.cables import cable_headed, signature, writer
from loaders.extraction.cast import Cast, Ref
from loaders.extraction.late_pattern import late
from loaders.extraction.sketch import PERSONS, Sketch

# Whose words a report is, by its title: "Opening remarks by X ahead of ...", "Thread by X".
_WORDS_OF = late(
    rf"\b(?:remarks|statements?|speech|address|thread|posts?|blog|diary|note|comments?|doorstep|op-ed|report)\b[^{PERSONS}]{{0,30}}?"
    rf"\b(?:by|of|from) (?:the )?(?P<a>[{PERSONS}])"
)
# "X wrote on his channel:", before what X wrote.
_WROTE = late(
    rf"^(?P<a>[{PERSONS}])[^{PERSONS}.;]{{0,30}}?\b(?:wrote|writes|posted|tweeted|published)\b[^{PERSONS}.;]{{0,60}}$"
)
_LEAD = 2  # sentences of the text that may say who wrote the rest


def author_of(cast: Cast, sketches: list[Sketch]) -> Ref | None:
    """Whom the title names as the speaker or writer, else a byline that names a person with an office."""
    if sketches and sketches[0].unit.kind == "title":
        cable = cable_headed(sketches[0].unit.source)
        if cable is not None:
            text = next((s.unit.source for s in sketches if s.unit.kind == "narrative"), "")
            cable = replace(cable, name=cable.name or signature(text))
            return writer(cable, sketches[0])
        found = _WORDS_OF.search(sketches[0].text)
        ref = _named(cast, sketches[0], sketches[0].group(found["a"])) if found else None
        if ref is not None:
            return ref
    for drawn in sketches:
        if drawn.unit.kind == "furniture" and drawn.groups:
            ref = _named(cast, drawn, 0)
            if ref is not None and (drawn.groups[0].members[0].office or _has_office(cast, ref)):
                return ref
    lead = [s for s in sketches if s.unit.kind == "narrative"][:_LEAD]
    for drawn in lead:
        found = _WROTE.search(drawn.text)
        ref = _named(cast, drawn, drawn.group(found["a"])) if found else None
        if ref is not None and ref.state:
            return ref
    return None


def _named(cast: Cast, drawn: Sketch, group: int) -> Ref | None:
    member = drawn.groups[group].members[0]
    actor = cast.named(member.name, None, member.office) if member.name else None
    if actor is None or actor.spokesperson:
        return None
    return Ref(actor.number, member, drawn, actor.name, *cast.facts(actor))


def _has_office(cast: Cast, ref: Ref) -> bool:
    return ref.actor is not None and bool(cast.actor(ref.actor).offices)
