"""A meeting told only by reference: "The conversation lasted half an hour", between those the lead names.

Only where nothing else in a report tells of a contact: the lead names representatives of two
parties, and a later sentence speaks of *the* call or *the* talks as of something that took place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.extraction.cast import Ref
from loaders.extraction.contact_rows import grammar
from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import GOVERNING, is_minor, kind_of
from loaders.extraction.scene import Scene
from loaders.extraction.segment import Segmented
from loaders.extraction.sketch import Sketch, Unit, redraw

_NOUN = (
    r"(?:conversation|(?:phone )?call|meeting|talks?|audience|negotiations|discussions?|encounter|dialogue"
    r"|one-(?:to|on)-one|t[êe]te-[àa]-t[êe]te|exchange of (?:views|opinions)|consultations)"
)
_PAST = (
    r"(?:took place|took (?:in|up)|lasted|was held|were held|went on|ran (?:for|over)|dealt with|touched (?:up)?on|focused on"
    r"|cent(?:re|er)ed (?:up)?on|covered|ended|began|opened|was attended|went over|passed|bore (?:up)?on|turned (?:to|on)"
    r"|revolved|concerned|ranged|dwelt|yielded|produced|concluded|was devoted|were devoted)"
)
_REFERENCE = late(
    r"\b(?:[Tt]he|[Tt]heir|[Tt]his|[Tt]hese) (?:[\w-]+ ){0,2}?(?:(?:tele)?phone |telephonic |video )?"
    rf"(?P<what>{_NOUN})(?: (?:of|between) (?:the two(?: \w+)?|both|them|the (?:leaders|ministers|presidents|sides)))?(?:, [^.;]{{1,60}}?,)? (?:also |in the main |mainly )?{_PAST}\b"
    r"|\b(?:[Dd]uring|[Ii]n the course of|[Aa]t) (?:the|their) (?:[\w-]+ ){0,2}?"
    r"(?P<what2>conversation|(?:phone )?call|meeting|talks|audience)(?=,| (?:at|in) [A-Z])"
    rf"|\b(?:[Aa]fter|[Ff]ollowing|[Aa]t the (?:end|close) of) (?:the|their|this) (?:(?!cabinet|party|council|board|last|previous)[\w-]+ ){{0,1}}?(?P<what3>{_NOUN})"
    r"(?=[,.]| (?:at|in) [A-Z]| that\b| on \w+day| (?:he|she|they)\b| yesterday| today)"
    rf"|\b(?:[Aa]fter|[Ff]ollowing|[Dd]uring|[Ii]n|[Aa]t) their (?:(?!last|previous|earlier|next|recent|planned)[\w-]+ ){{0,2}}?(?P<what4>{_NOUN})\b(?! (?:last|next|in \d)\b)"
    rf"|\b(?:during|at|in the course of|in) the (?:(?!cabinet|party|council|board)[\w-]+ )?(?P<what5>conversation|(?:phone )?call|meeting|talks|audience)(?=[.,;]|$)"
    r"|\b(?:[Tt]he|[Bb]oth) (?:two |three )?(?:foreign |prime )?(?:sides|leaders|ministers|officials|parties|presidents|diplomats|interlocutors)(?:,? (?:also|further|then|both))? "
    r"(?P<what7>exchanged (?:views|opinions|notes)|discussed|reviewed|touched (?:up)?on|went over|dwelt on|took up|took stock)\b"
    rf"|\b[Dd]uring (?:an?|the|their) (?:[\w-]+ ){{0,3}}?(?P<what8>{_NOUN})(?: (?:in|at|on|here) [^.;,]{{1,40}})?, (?:both|the two|they|the sides)\b"
    rf"|\b[Ii]t was (?:the|their) (?:[\w-]+ ){{1,2}}?(?P<what6>{_NOUN})\b(?= (?:of|between) (?:the (?:two|pair|leaders|ministers|sides)|both)\b|[.,]| (?:since|this|in|within|for)\b)"
)
_REMOTE = re.compile(r"(?:tele)?phone|telephonic|\bcall\b", re.IGNORECASE)
_LEAD = 3  # narrative sentences that may name the two sides
_READ = 10  # sentences in which the reference is looked for
_SPEAKING = GOVERNING | {"organization-head", "envoy"}


def refers(segmented: Segmented) -> bool:
    """True if an early sentence speaks of "the call" or "the talks" as of something known."""
    return _reference(segmented) is not None


def _reference(segmented: Segmented) -> tuple[int, re.Match[str]] | None:
    narrative = [n for n, s in enumerate(segmented.sentences) if s.kind == "narrative"]
    for n in narrative[:_READ]:
        sentence = segmented.sentences[n]
        found = _REFERENCE.search(segmented.text, sentence.start, sentence.end)
        if found is not None:
            return n, found
    return None


def referred_contact(
    segmented: Segmented, sketches: Sequence[Sketch], scene: Scene, *, surely: bool = False
) -> tuple[Contact, tuple[Ref, ...]] | None:
    """The contact with its two sides, or None if the report does not refer to one.

    Args:
        surely: only if it says how long the conversation or call lasted or that it took place.
    """
    sides = _sides(sketches, scene)
    if len(sides) < 2:
        return None
    reference = _reference(segmented)
    if reference is None or (surely and not _SURELY.search(reference[1][0])):
        return None
    sentence = segmented.sentences[reference[0]]
    unit = Unit(segmented.text, sentence.start, sentence.end, reference[0], "narrative")
    return _contact(unit, reference[1]), sides


_SURELY = late(r"\b(?:conversation|call|meeting)\b.*\b(?:lasted|took place|was held|went on)\b")


def _contact(unit: Unit, found: re.Match[str]) -> Contact:
    row = next(r for r in grammar().rows if r.id == "referred-to")
    row = replace(row, format="phone" if _REMOTE.search(found[0]) else "")
    at = found.start() - unit.start
    return Contact(
        redraw(unit, ()), row, None, None, "held", False, (), at, found.end() - unit.start, "", at
    )


def _sides(sketches: Sequence[Sketch], scene: Scene) -> tuple[Ref, ...]:
    """The first representatives of two different parties whom the lead names with their offices."""
    narrative = [s for s in sketches if s.unit.kind == "narrative"][:_LEAD]
    chosen: list[Ref] = []
    for drawn in narrative:
        for group in drawn.groups:
            for ref in scene.refs(drawn, group):
                party = scene.party(ref)
                known = ref.name and ref.office and party and not is_minor(ref.office)
                if not known or kind_of(ref.office or "") not in _SPEAKING:
                    continue
                if party not in {scene.party(r) for r in chosen}:
                    chosen.append(ref)
            if len(chosen) >= 2:
                return tuple(chosen[:2])
    return ()
