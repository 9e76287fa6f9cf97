"""Lists of persons: "A, B and C" is one group, "at talks with A, B said" is two."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.office_kinds import HEADS, kind_of
from loaders.extraction.on_behalf import each_for_his_party, speaks_for_another
from loaders.extraction.shared_offices import in_brackets, with_shared

_JOINTS = frozenset(
    (
        ",", "and", ", and", "&", "as well as", ", as well as", "along with", "together with", "and also",
        ", along with", ", together with", "with", "/", ", and also", "and the", "and with", ", and with",
        "and by", ", and by", ";", "alongside", "and of", ", and of", "; and",
    )
)  # fmt: skip


def coordinated(source: str, groups: list[Group], headline: bool) -> list[Group]:
    """Neighbouring groups that only a comma or "and" keeps apart become one.

    A list must be closed by an "and": in "at talks with A, B said" the comma ends a clause. A
    headline saves the "and".
    """
    joined: list[Group] = []
    chain: list[tuple[Group, str]] = []
    for group in in_brackets(source, groups):
        joint = _joint(source, chain[-1][0], group) if chain else None
        if headline and (joint == ";" or (joint == "," and _SAYS.match(source, group.end))):
            joint = None  # "A meets B; C talks today", "A will not meet B, Fatah official says"
        if joint is None:
            joined += _closed(source, chain, headline)
            chain = []
        chain.append((group, joint or ""))
    listed = _with_offices_behind(source, joined + _closed(source, chain, headline))
    told = _of_whom_represented(source, with_shared(source, _spelled_out(source, listed)))
    return each_for_his_party(source, told)


_SAYS = late(
    r"(?: [\w’'-]+){0,3}? (?:says|said|reports|claims|tells|announces|confirms)\b", re.IGNORECASE
)


def _spelled_out(source: str, groups: list[Group]) -> list[Group]:
    """ "her counterparts: A, B and C" are A, B and C."""
    made: list[Group] = []
    for group in groups:
        before = made[-1] if made else None
        named = len(group.members) > 1 and all(m.kind == "person" for m in group.members)
        if before is not None and named and _is_unnamed_plural(source, before):
            if source[before.end : group.start].strip() in (":", "–", "—", "-"):
                made[-1] = Group(before.start, group.end, group.members)
                continue
        made.append(group)
    return made


def _is_unnamed_plural(source: str, group: Group) -> bool:
    one = group.members[0]
    unnamed = len(group.members) == 1 and one.name is None and one.kind == "counterpart"
    return unnamed and source[group.start : group.end].endswith("s")


def _of_state(group: Group, states: tuple[str, ...]) -> Group:
    """The persons of a group that are told without a state, as those of one."""
    told = (m.kind == "person" and not m.states for m in group.members)
    members = zip(group.members, told, strict=True)
    return Group(
        group.start,
        group.end,
        tuple(replace(m, states=states) if bare else m for m, bare in members),
    )


_BY_WHOM = frozenset(
    {"was represented by", "was represented by its", "is represented by", ", led by", ", headed by", "led by", "headed by"}
)  # fmt: skip
_FOR_WHOM = frozenset({"represented", "represents", "signed for", "signed on behalf of"})


def _of_whom_represented(source: str, groups: list[Group]) -> list[Group]:
    """ "A represented Norway": A is Norway's."""
    for n, (left, right) in enumerate(pairwise(groups)):
        last, party = left.members[-1], right.members[0]
        if party.kind == "state" and last.kind == "person" and not last.states:
            if source[left.end : right.start].strip(" ,") in _FOR_WHOM:
                groups[n] = _of_state(left, party.states)
        elif left.members[-1].kind == "state" and len(left.members) == 1:
            between = source[left.end : right.start].strip()
            if between in _BY_WHOM or (
                between == "by" and n > 1 and _represented(source, groups[:n])
            ):
                groups[n + 1] = _of_state(right, left.members[0].states)
    return groups


def _represented(source: str, before: list[Group]) -> bool:
    """ "X was represented by A, Y by B": the second "by" is of the same verb."""
    pairs = pairwise(before[-2:])
    return any(source[a.end : b.start].strip() in _BY_WHOM for a, b in pairs)


def _with_offices_behind(source: str, groups: list[Group]) -> list[Group]:
    """ "A and B, the prime ministers of X and Y,": each name takes its office and state."""
    made: list[Group] = []
    for group in groups:
        names = made[-1].members if made else ()
        bare = len(names) > 1 and all(m.name and not m.office and not m.states for m in names)
        offices = [m for m in group.members if m.office and not m.name]
        if (
            bare
            and len(offices) == len(group.members) == len(names)
            and source[made[-1].end : group.start].strip() in (",", "–", "—", "-")
        ):
            zipped = zip(names, offices, strict=True)
            members = tuple(replace(n, office=o.office, states=o.states) for n, o in zipped)
            made[-1] = Group(made[-1].start, group.end, members)
        else:
            made.append(group)
    return made


# "had a meeting with A, and B received him": B begins a clause.
_OBJECT = late(
    r"\b(?:with|by|met|received|to|hosted|welcomed|on|saw|joined|accompanied) (?:the |his |her )?\Z"
)
_VERB = late(
    r",? (?:later |also |then |had |himself |herself |in turn )?(?:met|received|held|had|spoke|hosted|welcomed|gave|called|sat|saw|took|told|said|flew|left|"
    r"(?!accompanied|based|named|headed|led|chaired|flanked|joined|followed|represented)[a-z]{2,}ed(?! by)) "
)


# "A, B and other senior officials": others end the list, if no verb of theirs follows.
_AND_OTHERS = late(
    r",? (?:and|as well as|along with|together with|plus) (?:[\w’'-]+ ){0,5}?(?:others|officials|ministers|leaders|representatives|"
    r"members|executives|figures|authorities|lawmakers|legislators|parliamentarians|dignitaries|experts|politicians|diplomats|"
    r"ambassadors|stakeholders|groups|organi[sz]ations|delegates|delegations|teams?|society|committees?|colleagues|aides|"
    r"advisers|advisors|personalities|interlocutors|counterparts)\b(?! (?:[a-z]+ed|met|held|will|would|has|have|had|were|are|spoke|took|said)\b)"
)


# "conferred with A; B and C assisted him": behind a semicolon any verb begins a clause.
_BEHIND_SEMICOLON = late(
    r",? (?:later |also |then )?(?:[a-z]{2,}ed|took|sat|was|were|met|held|spoke)\b"
)


_HOSTS_AND_GUESTS = frozenset({"person", "role", "counterpart", "guest"})


def _next_clause(source: str, first: Group, second: Group) -> bool:
    opening = source[max(0, first.start - 30) : first.start]
    return _VERB.match(source, second.end) is not None and _OBJECT.search(opening) is not None


def _with_others(source: str, chain: list[tuple[Group, str]]) -> bool:
    return chain[-1][1] == "," and _AND_OTHERS.match(source, chain[-1][0].end) is not None


def _closed(source: str, chain: list[tuple[Group, str]], headline: bool) -> list[Group]:
    """The list up to its last "and" as one group; what only commas add stays apart."""
    if len(chain) == 1 and len(chain[0][0].members) == 1:
        return [chain[0][0]]
    if (
        len(chain) == 2
        and chain[1][1] == ", and"
        and _next_clause(source, chain[0][0], chain[1][0])
    ):
        return [group for group, _ in chain]
    parted = max((n for n, (_, joint) in enumerate(chain) if joint == ";"), default=0)
    if parted and _BEHIND_SEMICOLON.match(source, chain[-1][0].end):  # "A met B; C and D assisted"
        before = _closed(source, chain[:parted], headline)
        return before + _closed(source, [(chain[parted][0], ""), *chain[parted + 1 :]], headline)
    closes = [n for n, (_, joint) in enumerate(chain) if joint not in ("", ",")]
    whole = len(chain) > 1 and (headline or _with_others(source, chain))
    last = len(chain) - 1 if whole else max(closes, default=0)
    listed = [group for group, _ in chain[: last + 1]]
    members = _without_spouses(source, tuple(m for group in listed for m in group.members))
    first = [Group(listed[0].start, listed[-1].end, _inherit(members))] if listed else []
    return first + [group for group, _ in chain[last + 1 :]]


# "A, who heads the delegation, and B": the list goes on behind the aside.
_ASIDE = re.compile(
    r"^, (?:who|whose|just back|fresh|back|accompanied by) [^,;.()]{1,60}(?=, and )"
)


def _joint(source: str, left: Group, right: Group) -> str | None:
    """The words that make two groups a list, or None."""
    return _between(source, left, right) if _joins(source, left, right) else None


def _between(source: str, left: Group, right: Group) -> str:
    """The words between two groups, without what they only say of one of them."""
    words = _ASIDE.sub("", source[left.end : right.start]).strip().lower()
    return _KIN.sub(r"\1", words)


# "A and his sister, B", "A, and his wife B".
_KIN = late(
    r"\b(and|,|with) (?:his|her) (?:sister|brother|wife|husband|spouse|son|daughter|cousin|nephew|niece|uncle|father|mother),?$"
)


def _joins(source: str, left: Group, right: Group) -> bool:
    between = _between(source, left, right)
    if between not in _JOINTS or left.members[-1].possessive:
        return False
    first, second = left.members[-1], right.members[0]
    if between == "with":
        return False
    if first.kind == "state" != second.kind:
        if _REPRESENTED.search(source, max(0, first.start - 45), first.start):
            return False  # "A represented Norway and B represented Malta"
    if first.kind == "state" != second.kind and speaks_for_another(source, left, right):
        return False  # "A for Norway and B for Malta"
    if second.kind == "state" != first.kind and _LED_BY.match(source, right.end):
        return False  # "Iraq, led by A, and Norway, led by B"
    if "pronoun" in (first.kind, second.kind):
        if source[second.start : second.end] == "I":
            return between == "and" and first.kind in ("person", "role", "counterpart")
        # "he and his Egyptian counterpart discussed": one of them is named there.
        alone = first.kind == "pronoun" and not first.plural and between == "and"
        return alone and second.kind in ("person", "role", "counterpart")
    if "nominal" in (first.kind, second.kind):
        return False
    if "guest" in (first.kind, second.kind):
        apposed = between == ", and" and "," in source[left.start : left.end]
        alone = (between == "and" or apposed) and {first.kind, second.kind} <= _HOSTS_AND_GUESTS
        return alone and not _next_clause(source, left, right)
    if between == "," and first.kind == "state" != second.kind:
        return False
    return (first.kind == "state") == (second.kind == "state") or between != ","


_LED_BY = re.compile(r",? (?:led|headed|represented) by ")
_REPRESENTED = late(
    r"\b(?:represent(?:s|ed|ing)|signed (?:it |the \w+ )?(?:for|on behalf of)) (?:the )?\Z"
)


def _office_first(member: Mention) -> bool:
    """False for "NAME, Minister of ...": an apposition would have said its state."""
    return member.name is None or member.name_start - member.start > len(member.office or "") // 2


# Offices that few states have: "the Peruvian minister A and Assistant Secretary B" may be two parties.
_OF_FEW = late(
    r"(?i:(?:acting |deputy |principal |senior )*(?:(?:assistant|under|deputy)[ -]?secretary\b(?! (?:of the|general))|secretary of state$))"
)


_MRS = re.compile(r"(?:Mrs\.?|Madame|Madam|Mme\.?|Lady|Begum|Señora|Frau) ")


def _without_spouses(source: str, members: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """ "President A and Mrs B": B takes part in nothing."""
    return tuple(
        m
        for n, m in enumerate(members)
        if not (n and m.kind == "person" and not m.office and not m.states)
        or kind_of(members[n - 1].office or "") not in HEADS
        or not _MRS.match(source, m.start)
    )


def _inherit(members: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """ "Saudi Foreign Minister A and Defence Minister B": B is Saudi too."""
    made: list[Mention] = []
    for member in members:
        before = made[-1] if made else None
        if (
            before is not None and member.office and not member.states and before.states
            and before.kind not in ("state", "guest") and not member.body and _office_first(member)
            and (kind_of(before.office or "") != "envoy" or kind_of(member.office) == "envoy")
            and not _OF_FEW.match(member.office)
        ):  # fmt: skip
            member = replace(member, states=before.states, inherited=True)
        made.append(member)
    return tuple(made)
