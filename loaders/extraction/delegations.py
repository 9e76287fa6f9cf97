"""A delegation and who leads it as one party: "a mission of the Malta Fund headed by A" is A of Malta.

Every pattern of contacts then finds the leader where it looks for a side.
"""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.office_kinds import is_minor
from loaders.extraction.realms import codes_of
from loaders.extraction.tokens import tokenize

_REACH = 170  # characters from the article of a delegation to the name of its leader
_LED = late(
    r"(?<![\w’'-])(?:an?|the|another) (?:(?!(?:for|on|in|at|with|to|by|from|of|that|which|and)\b)[\w’'-]+ ){0,6}?"
    r"(?P<noun>delegation|mission|team)(?:,? (?:of|from|representing) (?P<home>[^.;:()\"“«]{2,120}?)|(?: [a-z]+){0,3}?)?,? "
    r"(?:(?:which|that) (?:is|was) )?(?:led|headed|chaired) by (?:the |its |his |her )?"
    r"(?:(?:Hon(?:ou?rable|\.)|H\. ?E\.|H\.E|Excellency|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) )*\Z"
)

_DELEGATION = late(
    r"\b(?:The )?(?!The )([A-Z][\w-]+(?: (?:of )?[A-Z][\w-]+){0,4})(?:['’]s)? (?:(?!(?:an?|the|with|by|to|from|and|of) )[\w-]+ ){0,3}?(?:delegation|team|mission|side|one)"
    r"(?:(?: [\w’', -]{1,40}?)?,? (?:was |were |is |are )?(?:headed|led|chaired|represented|co-chaired))? by (?:the |its |his )?(?:mission )?\Z"
)
# "while Kosovo sent its deputy prime minister, NAME"
_SENT = late(
    r"\b([A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:(?:had|has) )?(?:sent|dispatched|fielded|delegated|(?:was|is) represented by) (?:its |the )?\Z"
)
_SENTENCES = 300
# "A delegation from the Chinese province of X spent a day here. It was headed by NAME"
_IT_WAS_LED = late(
    r"\b[Dd]elegation (?:of|from) (?:the |an? )?([A-Z][\w-]+(?: [A-Z][\w-]+)?)\b[^;\n]{0,200}?[.] (?:It|The (?:delegation|group|team|mission|guests|visitors))"
    r" (?:was|is|were|are) (?:headed|led) by (?:the |its |their )?\Z"
)
_DELEGATION_OF = late(
    r"\b(?:delegation|team|mission|side) (?:of|from) (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)?)\b[^,.;]{0,60}?,?"
    r" (?:headed|led|chaired) by (?:the |its |his )?\Z"
)


def of_delegation(source: str, mention: Mention) -> Mention:
    """ "the Czech delegation headed by NAME": NAME is Czech."""
    if mention.states or mention.kind != "person":
        return mention
    window = max(0, mention.start - 120)
    before = _DELEGATION.search(source, window, mention.start)
    before = before or _DELEGATION_OF.search(source, window, mention.start)
    before = before or _SENT.search(source, window, mention.start)
    before = before or _IT_WAS_LED.search(source, max(0, mention.start - _SENTENCES), mention.start)
    names = (before[1], before[1].split()[0]) if before else ()
    entry = next((e for n in names if (e := gazetteer().exact(n)) is not None), None)
    codes = (
        (entry.adjectives or entry.states or entry.organizations or entry.institutions)
        if entry
        else ()
    )
    return replace(mention, states=codes) if codes else mention


def with_leaders(source: str, start: int, groups: list[Group]) -> list[Group]:
    """The groups of a sentence that begins at `start`, each led delegation one with its leader."""
    made: list[Group] = []
    delegation = False  # the last of those made is one with its leader
    for group in groups:
        found = _LED.search(source, max(start, group.start - _REACH), group.start)
        leader = group.members[0]
        headed = _headed(source, made, group) or (
            _named_leader(source, made[-1], group) if delegation else None
        )
        if headed is not None:
            made[-1] = headed
            continue
        if found is None or leader.kind not in ("person", "role") or leader.possessive:
            made.append(group)
            delegation = False
            continue
        at = found.start()
        while made and made[-1].start >= at:
            made.pop()
            delegation = False
        codes = leader.states or _home(source, at, found.end())
        members = (
            replace(leader, start=at, states=codes, body=leader.body and not codes),
            *group.members[1:],
        )
        if delegation and source[made[-1].end : at] in (" and ", ", and "):
            made[-1] = Group(made[-1].start, group.end, (*made[-1].members, *members))
        else:
            made.append(Group(at, group.end, members))
        delegation = True
    return of_own_side(source, made)


_LED_THEM = re.compile(r",? (?:which was |who were )?(?:led|headed) by (?:the |its |their )?")


def _headed(source: str, made: list[Group], group: Group) -> Group | None:
    """ "Norwegian members of parliament led by A": A, of Norway."""
    many, leader = made[-1].members[0] if made else None, group.members[0]
    if many is None or len(made[-1].members) > 1 or many.name or many.kind != "role":
        return None
    if not many.states or not is_minor(many.office) or not leader.name or leader.kind != "person":
        return None
    if not _LED_THEM.fullmatch(source, many.end, group.start):
        return None
    first = replace(leader, start=many.start, states=leader.states or many.states)
    return Group(many.start, group.end, (first, *group.members[1:]))


def _named_leader(source: str, before: Group, group: Group) -> Group | None:
    """ "a delegation of X headed by its president, Member of Parliament NAME": one person."""
    chair, named = before.members[-1], group.members[0]
    alone = len(before.members) == 1 and chair.kind == "role" and chair.name is None
    if not alone or not named.name or source[before.end : group.start] != ", ":
        return None
    states = named.states or chair.states
    return Group(
        before.start,
        group.end,
        (replace(named, start=before.start, states=states), *group.members[1:]),
    )


_LEADS = late(
    r",? (?:led|headed|chaired|represented) (?:the |its )?(?P<home>[A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:delegation|side|team)\b"
)


def of_own_side(source: str, groups: list[Group]) -> list[Group]:
    """ "A led the Chilean side": A is of Chile."""
    made: list[Group] = []
    for n, group in enumerate(groups):
        last = group.members[-1]
        found = (
            _LEADS.match(source, group.end) if last.kind == "person" and not last.states else None
        )
        codes = _home(source, found.start("home"), found.end("home")) if found else ()
        if not codes and last.kind == "person" and not last.states:
            codes = _of_that(source, group, groups[n + 1 : n + 2])
        if codes:
            group = Group(
                group.start, group.end, (*group.members[:-1], replace(last, states=codes))
            )
        made.append(group)
    return made


_THAT_OF = re.compile(r",? (?:and )?that of (?:the )?")


def _of_that(source: str, group: Group, following: list[Group]) -> tuple[str, ...]:
    """ "A headed the Cuban delegation and B that of Peru": B is of Peru."""
    if not following or following[0].members[0].kind != "state":
        return ()
    told = _THAT_OF.fullmatch(source, group.end, following[0].start)
    return following[0].members[0].states if told else ()


def _home(source: str, start: int, end: int) -> tuple[str, ...]:
    """Codes of the first state or organization that the words on a delegation name."""
    tokens = tokenize(source, start, end)
    for i, word in enumerate(tokens.words):
        hit = gazetteer().at(tokens, i) if word[0].isupper() else None
        if hit is not None:
            codes = codes_of(hit)
            if codes:
                return codes
    return ()
