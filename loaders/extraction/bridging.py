""" "Her Estonian counterpart ... Martin Kask said": a name that a report gives apart from its office.

Only where nothing else can be meant: as many bare names that speak or act as there are office
holders without a name on the sides of the report's contacts; two of each only if the names are
joined by "and", in the order of the offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from loaders.extraction.actors import Actor, code_of
from loaders.extraction.cast import Cast
from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Mention
from loaders.extraction.office_kinds import GOVERNING, is_minor, kind_of
from loaders.extraction.sketch import Sketch

_UNNAMED = frozenset({"role", "counterpart"})
_LEADS = GOVERNING | {"legislature", "security-adviser", "organization-head", "envoy", "military"}
_ACTS = (
    r"(?:sa(?:id|ys)|told|added|noted|stressed|emphasi[sz]ed|under(?:lined|scored)|thanked|praised|welcomed|expressed|voiced|called|urged"
    r"|invited|agreed|promised|pledged|assured|re(?:affirmed|iterated|called|plied|sponded)|confirmed|pointed|drew|spoke|discussed"
    r"|signed|briefed|informed|conveyed|congratulated|hailed|proposed|suggested|offered|asked|warned|insisted|announced|accepted"
    r"|described|met|received|visited)"
)
_ACTING = late(
    r"(?: \([^()]{2,40}\))?(?:, (?:who\b[^.;]{2,80}|for (?:his|her) part|in (?:turn|reply)|on (?:his|her) side|meanwhile|too),)?"
    rf",? (?:also |then |later |in turn )?{_ACTS}\b"
)
_BEFORE = late(
    r"(?:^|[.!?;:,”\"’'] ?|\b(?:and|while|but|that|as|when|guest|host|(?:led|headed|represented|side) by) )\Z"
)
_ADDRESSED = late(
    r"\b(?:told|thanked|greeted|welcomed|assured|informed|briefed|invited|congratulated|urged|asked"
    r"|(?:talks|meeting|conversation|discussions?|conference) with) \Z"
)
_AND = re.compile(r",? and (?:his |her )?(?:guest |host )?\Z")


def bridge(cast: Cast, sketches: Sequence[Sketch], told: Mapping[int, Sequence[Contact]]) -> None:
    """Give the bare names of a report the offices of those whom its contacts leave unnamed."""
    open_ = _unnamed(cast, told)
    if not open_:
        return
    acting = _acting(cast, sketches)
    for number in acting:
        actor = cast.actor(number)
        fits = [o for o in open_ if o[1] == actor.states[0]] if actor.states else []
        if len(fits) == 1:
            cast.appoint(actor, *fits[0])
            open_.remove(fits[0])
    if _listed_in_order(cast, sketches, open_):
        return
    bare = {n: joined for n, joined in acting.items() if not cast.actor(n).states}
    names = list(bare)
    if len(open_) == len(names) == 1 or (len(open_) == len(names) == 2 and bare[names[1]]):
        for number, (office, state) in zip(names, open_, strict=True):
            cast.appoint(cast.actor(number), office, state)


_WHO_WERE = late(
    r"\b(?:[Pp]resent|[Tt]aking part|[Pp]articipating|[Aa]ttending|[Ii]n attendance|ministers|presidents|premiers|leaders|participants|attended by|represented by) "
    r"(?:at the (?:talks|meeting) )?(?:(?:were|are|included) )?\Z"
)


def _listed_in_order(
    cast: Cast, sketches: Sequence[Sketch], open_: Sequence[tuple[str, str]]
) -> bool:
    """ "The ministers of X, Y and Z met. Present were A, B and C": as many names as unnamed parties, in their order."""
    if len(open_) < 2:
        return False
    for drawn in sketches:
        for group in drawn.groups if drawn.unit.kind == "narrative" else ():
            actors = [a for m in group.members if (a := _without_office(cast, m)) is not None]
            if len(actors) != len(open_) or len(actors) != len(group.members):
                continue
            if _WHO_WERE.search(drawn.unit.source, drawn.unit.start, group.start):
                for actor, (office, state) in zip(actors, open_, strict=True):
                    cast.appoint(actor, office, state)
                return True
    return False


def _unnamed(cast: Cast, told: Mapping[int, Sequence[Contact]]) -> list[tuple[str, str]]:
    """Office and state of each party that a contact names by its office alone."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for n in sorted(told):
        for contact in told[n]:
            for member, office in _members(cast, contact):
                state = code_of(member.states) or cast.assumed_state(office)
                if state is None or kind_of(office) not in _LEADS or is_minor(office):
                    continue
                if cast.by_role(office, state) is None:
                    found.setdefault((kind_of(office), state), (office, state))
    return list(found.values())


def _members(cast: Cast, contact: Contact) -> Iterator[tuple[Mention, str]]:
    """The unnamed members of both sides, a counterpart with the office of the other side."""
    sides = [contact.sketch.groups[n].members for n in (contact.a, contact.b) if n is not None]
    everybody = [m for side in sides for m in side]
    shared = next((o for m in everybody if (o := _office(cast, m))), None)
    for member in everybody:
        office = member.office or (shared if member.kind == "counterpart" else None)
        plain = member.kind in _UNNAMED and not member.name and not member.plural
        if plain and office and not (member.body or member.spokesperson):
            yield member, office


def _office(cast: Cast, mention: Mention) -> str | None:
    if mention.office or not mention.name:
        return mention.office
    actor = cast.named(mention.name, code_of(mention.states))
    return cast.facts(actor)[0] if actor is not None else None


def _acting(cast: Cast, sketches: Sequence[Sketch]) -> dict[int, bool]:
    """Numbers of the actors with a full name and no office who act in a sentence of the text; whether
    the name stood behind another of them and "and"."""
    found: dict[int, bool] = {}
    for drawn in sketches:
        if drawn.unit.kind != "narrative":
            continue
        for mention in (m for g in drawn.groups for m in g.members):
            actor = _without_office(cast, mention)
            if actor is not None and actor.number not in found and _acts(drawn, mention):
                joined = _AND.search(drawn.unit.source, 0, mention.start) is not None
                found[actor.number] = joined and bool(found)
    return found


def _without_office(cast: Cast, mention: Mention) -> Actor | None:
    if mention.kind != "person" or not mention.name or " " not in mention.name or mention.office:
        return None
    actor = cast.named(mention.name, code_of(mention.states))
    if actor is None or actor.spokesperson or actor.titled or cast.facts(actor)[0]:
        return None
    return None if cast.facts(actor)[1] and not actor.states else actor


def _acts(drawn: Sketch, mention: Mention) -> bool:
    source, start = drawn.unit.source, drawn.unit.start
    window = max(start, mention.start - 40)
    if _ADDRESSED.search(source, window, mention.start):
        return True
    opens = mention.start == start or _BEFORE.search(source, window, mention.start) is not None
    joined = source.startswith(" and ", mention.end) or source.startswith(" told ", mention.end)
    return opens and (joined or _ACTING.match(source, mention.end) is not None)
