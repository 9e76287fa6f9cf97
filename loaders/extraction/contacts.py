"""Finds what a sentence tells of contacts, by the rows of `contacts.toml` and `modality.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from loaders.extraction.contact_rows import Grammar, Row, grammar
from loaders.extraction.late_pattern import late
from loaders.extraction.modality import Told, status_of
from loaders.extraction.sketch import MANY, PERSONS, STATES, Sketch, Unit
from loaders.extraction.values import quickly_made

_BEFORE = 160  # characters of a sentence before a phrase that may deny it
_PLURALS = re.compile(f"[{MANY}\uf400-\uf7ff]")
_SIGNS = late(f"[{PERSONS}{STATES}]")


@quickly_made
@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """A contact as one phrase tells it, sides still unidentified.

    Attributes:
        a, b: indexes of groups in the sketch; None where the phrase names none.
        status: by the words around; "held" by default.
        pluperfect: told with "had", so perhaps only remembered.
        start, end: of the phrase, in the sketch.
        focus: where its verb stands, or its noun's phrase begins.
        present: told in the present tense.
        quoted: told in somebody's own quoted words.
    """

    sketch: Sketch
    row: Row
    a: int | None
    b: int | None
    status: str
    pluperfect: bool
    rules: tuple[str, ...]
    start: int
    end: int
    verb: str
    focus: int
    present: bool = False
    quoted: bool = False


def may_tell(unit: Unit) -> bool:
    """True if a word of contact stands in a unit: the others need not be read closely."""
    return unit.listed or _triggered(unit.source[unit.start : unit.end])


@lru_cache(maxsize=64)  # a report is asked twice for each of its sentences
def _triggered(text: str) -> bool:
    return grammar().any_trigger.search(text.lower()) is not None


def rows_for(unit: Unit) -> list[Row]:
    """The rows that may match a unit, whoever is named in it; none for most."""
    text = unit.source[unit.start : unit.end]
    return _rows_on(text, unit) if may_tell(unit) else []


def contacts_of(drawn: Sketch, rows: Sequence[Row] | None = None) -> list[Contact]:
    """All contacts that a sketch tells of, in the order of their words; `rows`: see `rows_for`."""
    known = grammar()
    if not drawn.groups or (rows is None and not may_tell(drawn.unit)):
        return []
    signs = len(_SIGNS.findall(drawn.text))
    several = _PLURALS.search(drawn.text) is not None
    found = [
        contact
        for row in (rows_for(drawn.unit) if rows is None else rows)
        if row.sides <= signs and (several or not row.several)
        for match in _matches(row, drawn.text)
        for contact in _contact(drawn, row, match, known)
    ]
    return sorted(found, key=lambda c: (c.start, c.end))


def _matches(row: Row, text: str) -> Iterator[re.Match[str]]:
    """All matches of a row; one that ends in "B, who" may tell of B's own contact as well, "B and dined with C" of the subject's."""
    for match in row.pattern.finditer(text):
        yield match
        again = _told_of_object(row, match, text)
        while again is not None:
            yield again
            again = _told_of_object(row, again, text)


def _told_of_object(row: Row, match: re.Match[str], text: str) -> re.Match[str] | None:
    if row.nominal or row.by_sentence or not _GOES_ON.match(text, match.end()):
        return None
    b = _group_of(match, "b")
    if b is None or match.end(b) != match.end() or _named(match, "a") is None:
        return None
    return row.pattern.pattern.match(text, match.start(b))


_GOES_ON = re.compile(r",? who |,? (?:and|then|before),? |, ")


def _rows_on(text: str, unit: Unit) -> list[Row]:
    """The rows whose words stand in a sentence: no other row can match it."""
    known = grammar()
    passing = known.sieve.passing(text.lower())
    found = (known.rows[n] for n in passing)
    title, listed = unit.kind == "title", unit.listed
    return [r for r in found if (title or not r.headline) and (listed or not r.listed)]


def _named(match: re.Match[str], name: str) -> str | None:
    group = _group_of(match, name)
    return match[group] if group else None


def _group_of(match: re.Match[str], name: str) -> str | None:
    """The group of this name that matched; in alternatives the later ones have a number."""
    for group in _numbered(match.re.pattern, name):
        if match[group] is not None:
            return group
    return None


@lru_cache(maxsize=4096)
def _numbered(source: str, name: str) -> tuple[str, ...]:
    """The groups of a pattern that bear a name, with its numbers.

    Of the pattern only the source is given: a compiled one is slow to look up.
    """
    names = (name, *(f"{name}{n}" for n in range(2, _ALTERNATIVES)))
    return tuple(n for n in names if f"(?P<{n}>" in source)


_ALTERNATIVES = 10


def _contact(drawn: Sketch, row: Row, match: re.Match[str], known: Grammar) -> Iterator[Contact]:
    a, b = _named(match, "a"), _named(match, "b")
    first = drawn.group(a) if a else None
    second = drawn.group(b) if b else None
    if row.strength == "weak" and row.id == "met-no-subject" and drawn.unit.kind == "turn":
        return
    if (
        second is not None
        and drawn.groups[second].members[-1].possessive
        and "possessive" not in row.id
    ):
        return
    if first is not None and drawn.groups[first].members[-1].possessive and not row.possessive:
        return
    verb = (_named(match, "v") or "").lower()
    aux = _named(match, "aux") or ""
    if _is_noun(verb, aux.strip(), row) or (row.id in _UNLESS_PASSIVE and _PASSIVE.search(aux)):
        return
    if _OF_ANOTHER.search(aux) or _OF_RELATIVE.search(drawn.text, 0, match.start()):
        if row.id != "with-whom" and not row.nominal:
            return
    status, rules, present = _status(drawn, row, match, verb, known)
    if status is None or (status == "planned" and _CONTACTS.search(match[0])):
        return
    pluperfect = (
        bool(re.search(r"\b(?:had|having)\b[^,]{0,20}$", aux))
        or " had had " in match[0]
        or (
            row.nominal
            and _HAD_BEEN.match(drawn.text, match.end(_group_of(match, "b") or 0)) is not None
        )
    )
    contact = Contact(
        drawn, row, first, second, row.status or status, pluperfect, rules, match.start(), match.end(), verb,
        _focus(match), present,
    )  # fmt: skip
    yield contact
    if second is not None and (not row.nominal or row.id == "during-talks"):
        yield from _further(contact)
    if verb in _MET and status in ("held", "background"):
        yield from _elsewhere(contact)


_MET = frozenset({"met", "meet", "meets", "spoke", "spoken", "talked", "received", "saw", "seen"})
# "They had met in Split in June and again in Oslo in July": a place and a time for each.
_ELSEWHERE = late(
    rf"[^{PERSONS}.;:]{{0,25}}?\b(?:in|at) (?:the )?[A-Z{STATES}][^{PERSONS}.;:]{{0,45}}?"
    rf"(?P<more> and (?:again |later |then |most recently |finally |once more )?(?:in|at) (?:the )?[A-Z{STATES}][^{PERSONS}.;:,]{{0,40}}? (?:in|on|last|this|earlier) )"
)


def _elsewhere(contact: Contact) -> Iterator[Contact]:
    """One verb with two places, each with its time: two meetings of the same."""
    match = _ELSEWHERE.match(contact.sketch.text, contact.end)
    if match is not None and _TIMED.search(contact.sketch.text, contact.end, match.start("more")):
        at = match.start("more")
        yield replace(contact, start=at, end=match.end("more"), focus=at)


_TIMED = late(r"(?: (?:in|on|last|this|early|late) (?:[A-Z0-9]|last|the )|\b(?:yesterday|today)\b)")


# "A's meeting with B in New York had been cordial".
_HAD_BEEN = late(
    rf"[^{PERSONS}.;:,]{{0,70}}? had (?:\w+ly )?(?:been|taken|ended|begun|brought|produced|yielded|gone|lasted|failed|led|broken|come|collapsed)\b"
)
# "agreed to convene the council, which last met in May": the council did. "A, B aides meet": their aides do. "A and B had all but settled it when Jane Roe of the union rang C": Jane Roe did.
_OF_ANOTHER = late(
    r"^ ?(?:aides|envoys|officials|ministers|teams|negotiators|representatives|delegates|deputies|generals|advisers|advisors|diplomats|allies|sherpas)\b(?! of\b)"
    r"|, which (?:(?:last|first|had|has|have|also) ){0,2}\Z"
    r"|\b(?:when|until|because|while) [A-Z][\w’'-]+ [A-Z][\w’'-]+(?: of (?:the )?[A-Z][\w’'-]+)?\s*\Z"
)
_OF_RELATIVE = late(
    r"\bwith whom \Z"
)  # "B, with whom she spoke of gas, and with C": no call of hers to C
_CONTACTS = re.compile(r"\b(?:contacts?|dialogue)\Z")  # "agreed to continue their contacts"
_WHEN_WHERE = rf"(?: (?:in|at|on|here|today|yesterday)\b[^{PERSONS}.;:,]{{0,50}}?)?"
# "met A in Paris, B in Rome and, on Friday, C in Oslo": what each of several is told with.
_WHERE = rf" (?:in|at|for|on)\b(?:(?! (?:with|before|after|while|when|following|to|by)\b)[^{PERSONS}.;:,]){{1,45}}?"
_WHEN = r"(?:(?:on|in|that|the|this) )?(?:\w+day|same day|(?:the )?(?:morning|afternoon|evening)|later|earlier|then),?"
_NEXT = late(
    rf"{_WHEN_WHERE},? ?(?:(?:and )?then|followed by|after (?:that|which))(?: with| by| the)? (?P<b4>[{PERSONS}])"
    rf"|{_WHEN_WHERE},? ?(?:and|then|before|followed by|after that)(?:,? (?:then|later|also|afterwards?|subsequently|separately|after that|finally))+,?(?: with| by)? (?P<b>[{PERSONS}])"
    rf"|(?: before| first| earlier),? and with (?P<b2>[{PERSONS}])"
    rf"|, (?:with|by) whom [^.;:]{{3,110}}?, and (?:with|by) (?:the )?(?P<b11>[{PERSONS}])"
    rf"|{_WHEN_WHERE},? and,? (?:(?:separately|later|earlier|afterwards?|subsequently|shortly|that|on|in|at|this|last|the (?:next|following|same))\b[^{PERSONS}{STATES}.;:,]{{0,40}}?),? (?:with|by|to) (?P<b6>[{PERSONS}])"
    rf"|,? (?:on|in|at|this|last|earlier|yesterday|today) [^{PERSONS}{STATES}.;:,]{{0,40}},? and (?:with |by )?(?P<b3>[{PERSONS}])"
    rf"(?= (?:(?:here|there|separately|later) )?(?:on|in|at|this|last|yesterday|today|tomorrow|the (?:next|following|same) day|the day after)\b)"
    rf"|(?:,? and [a-z][^{PERSONS}.;:]{{0,50}}?)?; ?(?:and )?with (?:the )?(?P<b8>[{PERSONS}])(?=[.;]|,? (?:and|to|as)\b|$| (?:in|on|at|to)\b)"
    rf"|{_WHERE},? (?:and )?(?:(?P<w8>{_WHEN}) )?(?P<b9>[{PERSONS}])(?! in (?:attendance|tow))(?={_WHERE}(?:[.,;]|$| and\b))"
    rf"|{_WHEN_WHERE},? and, (?:separately|later|earlier|over|during|after|following|before|on|in|at|the)\b[^{PERSONS}{STATES}.;:,]{{0,40}}, (?:with )?(?P<b0>[{PERSONS}])"
    rf"|, [^{PERSONS}.;:,]{{1,30}}, (?:and )?then (?:with|by) (?P<b10>[{PERSONS}])"
    rf"|,? as well as with (?:the )?(?P<b13>[{PERSONS}])"
    rf"|, with (?:the )?(?P<b7>[{PERSONS}])(?=,? (?:and )?with\b|,? and\b|[.,;]|$)"
    rf"|,? (?:and|as well as|followed by|plus)(?: (?:an?|separate|also))? (?:[\w-]+ ){{0,2}}?(?:meetings?|talks|sessions?|calls?|conversations?|audiences?|"
    rf"consultations|discussions|exchanges?(?: of views)?|lunch|dinner) with (?:the )?(?P<b5>[{PERSONS}])"
)


def _further(contact: Contact) -> Iterator[Contact]:
    """ "sat down with X and then with Y", "met X on Sunday and Y on Monday": one verb, two meetings."""
    match = _NEXT.match(contact.sketch.text, contact.end)
    while match:
        name = match.lastgroup or "b"
        contact = replace(
            contact, b=contact.sketch.group(match[name]), start=match.start(), end=match.end(),
            focus=match.start() if name == "b6" else match.start("w8" if match["w8"] else name),
        )  # fmt: skip
        yield contact
        match = _NEXT.match(contact.sketch.text, contact.end)


_NOUN_LIKE = frozenset(
    ["end", "start", "meeting", "talk", "talks", "call", "calls", "visit", "visits", "phone", "host", "reviews", "review", "exchange", "exchanges", "signing", "gathering", "gatherings"]
)  # fmt: skip
_BEFORE_VERB = late(
    r"(?:^|\b(?:will|to|also|then|later|would|and|who|not|today|first|again|both|may|might|should|could|can|earlier|just|\w+ly|\w+day)|[’']ll|,)$"
)
# "will on Thursday, 5 May, host": what stands between commas is only when or where.
_MODAL_FIRST = late(
    r"(?:will|would|shall|(?:is|are|was|were) to),? (?:on|this|next|later|tomorrow|in|at) [^;:]*,\Z"
)
_BEFORE_NOUN = late(
    r"\b(?:an?|the|his|her|their|its|another|our)(?: (?:first|second|third|next|last|latest|later|earlier))?$"
)
# "dates for a call between A and B were being agreed": not they agreed.
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)(?: \w+ly)? $")
_UNLESS_PASSIVE = frozenset({"several-discussed", "discussed-with", "raised-with"})
_BEFORE_PARTICIPLE = late(
    r"\b(?:is|are|was|were|be|been|am|after|before|while|when|by|since|upon|on|without|rul(?:es|ed|ing) out|avoid\w*|instead of|rather than|hopes? of)$"
)


def _is_noun(verb: str, aux: str, row: Row) -> bool:
    """ "held a meeting with": the word is a noun there, and another row's business."""
    if aux.endswith(",") and not verb.endswith("ing"):
        if _MODAL_FIRST.match(aux):
            return False
        aux = aux.rstrip(" ,")
    if verb in _NOUN_LIKE and _BEFORE_NOUN.search(aux):
        return not row.nominal and row.id != "while-meeting"
    return (
        verb in _NOUN_LIKE
        and not row.nominal
        and row.id != "while-meeting"
        and not _BEFORE_VERB.search(aux)
        and not (verb.endswith("ing") and _BEFORE_PARTICIPLE.search(aux))
    )


def _focus(match: re.Match[str]) -> int:
    """Where the verb stands, or the noun's phrase begins."""
    group = _group_of(match, "v") or _group_of(match, "lead")
    return match.start(group) if group else match.start()


def _status(
    drawn: Sketch, row: Row, match: re.Match[str], verb: str, known: Grammar
) -> tuple[str | None, tuple[str, ...], bool]:
    """What became of a contact, by which rule, and whether its verb is in the present."""
    forms = known.forms.get(verb, frozenset({"past"})) if verb else frozenset()
    aux = (_named(match, "aux") or "").rstrip(" ,")
    form = _form(forms, aux, row.passive)
    told = Told(
        aux=aux, lead=_lead(drawn, row, match), inner=_inner(drawn, row, match), tail=_tail(drawn, row, match),
        before=drawn.text[max(0, match.start() - _BEFORE) : _noun_start(row, match)],
        clause=drawn.text[max(0, _focus(match) - _BEFORE) : _focus(match)],
        around=drawn.text[max(0, match.start() - _BEFORE) : match.end() + _BEFORE],
        phrase=drawn.text[_focus(match) : match.end()],
        verb=verb, form=form, nominal=row.nominal, headline=row.headline, by_sentence=row.by_sentence,
        title=drawn.unit.kind == "title", plural=bool(row.pattern.pattern.groups) and _is_plural(match),
    )  # fmt: skip
    return *status_of(told), told.present


def _noun_start(row: Row, match: re.Match[str]) -> int:
    """Where the words before a phrase end: at its subject, or at its noun of contact."""
    if row.nominal and match.groupdict().get("lead") is not None:
        return match.end("lead")
    return match.start()


def _inner(drawn: Sketch, row: Row, match: re.Match[str]) -> str:
    """ "talks are planned between": the words between a noun of contact and its parties."""
    names = match.groupdict()
    if not row.nominal or names.get("lead") is None or names.get("b") is None:
        return ""
    return drawn.text[match.end("lead") : match.start("b")]


def _is_plural(match: re.Match[str]) -> bool:
    a = _named(match, "a")
    return a is not None and ("\ue800" <= a <= "\uefff")


def _form(forms: frozenset[str], aux: str, passive: bool) -> str:
    """Which form an ambiguous word is in: a word after "to" or "will" is in its base form."""
    if len(forms) == 1:
        return next(iter(forms))
    if "base" in forms and re.search(
        r"\b(?:to|will|would|shall|can|could|may|might|should|did)\b[^,]{0,15}$", aux
    ):
        return "base"
    if passive:
        return "participle"
    return "past" if "past" in forms else "base" if "base" in forms else "participle"


def _lead(drawn: Sketch, row: Row, match: re.Match[str]) -> str:
    if not row.nominal:
        return ""
    lead = _named(match, "lead")
    opening = row.headline or row.by_sentence
    if opening and lead is None and _named(match, "a") is None and _named(match, "b"):
        return drawn.text[max(0, match.start() - 45) : match.start("b")]
    lead = lead or ""
    subject = not row.by_sentence and match.groupdict().get("a") is not None
    at = match.start("a") if subject else match.start()
    if lead and subject:
        at = min(at, match.start("lead"))
    return drawn.text[max(0, at - 45) : at] + lead


def _tail(drawn: Sketch, row: Row, match: re.Match[str]) -> str:
    named = _named(match, "tail")
    if row.nominal and named is not None:
        return named
    return drawn.text[match.end() : match.end() + 70]
