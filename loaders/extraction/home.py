"""Whose news a report is where its publisher does not say: the state whose officials need no adjective.

"Foreign Minister X received his Kuwaiti counterpart" is said by X's own side. Which state that is
stands elsewhere in the report: in its dateline, in its headline, in what X says of it. A state whose
officials the report calls by its name is not the one, unless it was filed there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from datetime import date
from itertools import pairwise

from loaders.extraction.actors import code_of
from loaders.extraction.cast import OF_ONE
from loaders.extraction.gazetteer import Entry, gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Mention
from loaders.extraction.office_kinds import HEADS, kind_of
from loaders.extraction.places import place_named
from loaders.extraction.reference import holder_named
from loaders.extraction.segment import Segmented
from loaders.extraction.sketch import Sketch
from loaders.extraction.tokens import Tokens, tokenize
from ontology.lexicon import lexicon

_READ = 3000  # characters of a text whose states are counted
_IN_TITLE = 2  # what a state in the headline counts
_OWN = 3  # what an official without adjective counts who is known to be of a state
_AHEAD = 1.5  # how much more often the state must be named than the next
_LEAST = 2
_VISITED = 2  # what a state counts that somebody visits or is accredited to
_VISIT = late(
    r"\b(?:visit(?:s|ed|ing)?|arriv(?:ed|es|ing)|ambassador|envoy|(?:[Aa]mbassador|[Ee]nvoy)(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)|commissioner|people of|accredited|trip|stay(?:ing)?|on an? [\w-]+ visit)"
    r"(?: to| in)? (?:the )?$",
    re.IGNORECASE,
)
# A host receives at home: "received the minister in Yerevan".
_AT_HOME = late(
    r"\b(?:received?s?|hosted|hosts|welcomed|called on|audience)\b[^.;]*? in (?:the )?$"
)
_SENTENCE = 140
_BEFORE = 40  # characters before a state's name in which a visit is told
# Whose envoy somebody is must be said whoever says it: "Ambassador of Malta to Norway".
_ACCREDITED = re.compile(r"\b(?:[Aa]mbassador|[Cc]ommissioner|[Cc]hargé|[Nn]uncio)\b.* to \w")
_QUALIFIED = frozenset({"person", "role", "counterpart"})


def home_of(segmented: Segmented, sketches: Sequence[Sketch], day: date | None) -> str | None:
    """Code of the state from which a report is told, or None if it does not show.

    Args:
        day: of the report, for those whom the reference data knows by name.
    """
    told = [
        (m, s.unit.source[m.start : m.end]) for s in sketches for g in s.groups for m in g.members
    ]
    members = [m for m, _ in told]
    unplaced = [m for m in members if m.office and not m.states and not m.body]
    if not unplaced:
        return None
    of_others = [
        m
        for m, words in told
        if m.states and m.kind in _QUALIFIED and not _ACCREDITED.search(words)
    ]
    again = _spoken_of_again(of_others, unplaced)
    others = {code_of(m.states) for m in of_others} - again
    filed = filed_in(segmented)
    if filed and filed not in others:
        return filed
    for office in dict.fromkeys(m.office.lower() for m in unplaced if m.office):
        if OF_ONE.get(office) in lexicon().states:
            return OF_ONE[office]
    counts = _counted(segmented, others)
    counts.update(dict.fromkeys(again, _VISITED))
    for name in dict.fromkeys(m.name for m in unplaced if m.name):
        holder = holder_named(name, day)
        if holder is not None:
            counts[holder.state] += _OWN
    ranked = [(n, code) for code, n in counts.most_common() if code not in others]
    if not ranked:
        return filed
    best, code = ranked[0]
    clear = len(ranked) == 1 or best >= _AHEAD * ranked[1][0]
    return code if best >= _LEAST and clear else filed


def filed_in(segmented: Segmented) -> str | None:
    """Code of the state that the dateline names, or None."""
    line = segmented.dateline
    named = place_named(segmented.text, *line.place) if line is not None else None
    return named[1] if named else None


def _spoken_of_again(of_others: Sequence[Mention], unplaced: Sequence[Mention]) -> set[str]:
    """ "President X received Minister Y of Peru. The Armenian leader said": X, called by his state once."""
    named = {code_of(m.states) for m in of_others if m.name}
    own = {kind_of(m.office) for m in unplaced if m.name and m.office}
    if not named:
        return set()
    return {
        code
        for m in of_others
        if not m.name and m.kind == "role" and m.office and _stands_for(m.office, own)
        if (code := code_of(m.states)) is not None and code not in named
    }


def _stands_for(office: str, kinds: set[str]) -> bool:
    if office.lower() == "minister":
        return bool(kinds & _MINISTERS)
    return kind_of(office) in kinds or (office.lower() in _LEADER and bool(kinds & HEADS))


_MINISTERS = frozenset({"minister", "foreign-minister"})
_LEADER = frozenset({"leader", "head", "statesman"})


def _counted(segmented: Segmented, others: Set[str | None]) -> Counter[str]:
    counts: Counter[str] = Counter()
    title = segmented.title or ""
    for code, _, _ in _states_in(tokenize(title, 0, len(title))):
        counts[code] += _IN_TITLE
    text = segmented.text
    found = _once(list(_states_in(tokenize(text, 0, min(len(text), _READ)))), text)
    for (one, _, end), (other, at, _) in pairwise(found):
        if text[end:at] in _BESIDE and (one in others) != (other in others):
            counts[other if one in others else one] += 1  # "ties between Armenia and Norway"
    for code, at, end in found:
        visited = _VISIT.search(text, max(0, at - _BEFORE), at) or _AT_HOME.search(
            text, max(0, at - _SENTENCE), at
        )
        counts[code] += _VISITED if visited or _ANNOUNCES.match(text, end) else 1
    return counts


def _once(found: list[tuple[str, int, int]], text: str) -> list[tuple[str, int, int]]:
    """ "Larnaca, Cyprus" names the state once."""
    behind = {
        at
        for (one, _, end), (other, at, _) in pairwise(found)
        if one == other and text[end:at] == ", "
    }
    return [told for told in found if told[1] not in behind]


_BESIDE = frozenset({" and ", "-", "–", " and the ", " with "})
# "The White House announced": whose house it is, his own it calls without the state.
_ANNOUNCES = late(
    r"(?: (?:has |had |also |later )?(?:said|announced|confirmed|stated|declined)| (?:side|delegation)\b(?! led| headed)|(?:['’]s)? (?:press|spokes\w+|officials?|aides?|statement)) "
)


def _states_in(tokens: Tokens) -> Iterable[tuple[str, int, int]]:
    """The states that words stand for, and where these begin and end."""
    i = 0
    while i < len(tokens):
        hit = gazetteer().at(tokens, i) if tokens.words[i][0].isupper() else None
        code = _one_state(hit.entry) if hit is not None else None
        if code is not None:
            yield code, tokens.starts[i], tokens.ends[(hit.last if hit else i + 1) - 1]
        i = hit.last if hit is not None else i + 1


def _one_state(entry: Entry) -> str | None:
    """The one state that a name, an adjective or a town stands for."""
    if entry.weak:
        return None
    codes = entry.states or entry.adjectives
    if not codes and not entry.organizations:
        codes = tuple(dict.fromkeys(lexicon().places[slug].state for slug in entry.places))
    return codes[0] if len(codes) == 1 else None
