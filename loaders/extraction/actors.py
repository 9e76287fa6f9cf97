"""One person of a report with all that its mentions say, and which spellings may be his."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from loaders.extraction.mention import Mention
from loaders.extraction.office_kinds import kind_of
from loaders.extraction.reference import name_tokens
from ontology.lexicon import lexicon

_SPELLINGS = 40  # kept of one person


@dataclass(slots=True, eq=False)
class Actor:
    """A person while a report is read; filled mention by mention.

    Attributes:
        names: spellings in the order met.
        name: the fullest of them.
        parts: all folded parts of the names.
        offices: offices in the order met.
        states: codes the mentions gave, in the order met.
        lent: codes of those behind whom mentions were listed.
        counterpart: called somebody's counterpart.
        once: only the reference data gives a state, for an office held before the day of the report.
    """

    number: int
    names: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    last_parts: set[str] = field(default_factory=set)
    offices: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    lent: list[str] = field(default_factory=list)
    name: str | None = None
    spokesperson: bool = False
    body: bool = False
    titled: bool = False
    master: str | None = None
    once: bool = False
    counterpart: bool = False

    def add(self, mention: Mention) -> None:
        """Take what a mention says."""
        if mention.name:
            tokens = name_tokens(mention.name)
            if mention.name not in self.names and len(self.names) < _SPELLINGS:
                self.names.append(mention.name)
                self.name = _fullest(self.names)
            self.parts.update(tokens)
            self.last_parts.add(tokens[-1])
        if mention.office and mention.office not in self.offices:
            self.offices.append(mention.office)
        code = code_of(mention.states)
        known = self.lent if mention.inherited else self.states
        if code and code not in known:
            known.append(code)
        self.spokesperson = self.spokesperson or mention.spokesperson
        self.body = self.body or (mention.body and not code)
        self.titled = self.titled or mention.honorific
        self.counterpart = self.counterpart or mention.kind == "counterpart"
        self.master = self.master or mention.master


def _fullest(names: list[str]) -> str:
    """The fullest spelling, the first of several, capitals only if there is no other."""
    return max(names, key=lambda n: (len(name_tokens(n)), not n.isupper()))


def code_of(states: tuple[str, ...]) -> str | None:
    """The code a phrase gives; a place stands for its state, an ambiguous name for nothing."""
    if not states:
        return None
    if states[0].startswith("@"):
        return lexicon().places[states[0][1:]].state
    return states[0]


def best_office(offices: list[str]) -> str | None:
    """The most telling of the offices used for one person: the first that is no mere "leader"."""
    telling = [o for o in offices if o.lower() not in VAGUE]
    if not telling:
        return offices[0] if offices else None
    first = telling[0]
    fuller = [o for o in telling if first.lower() in o.lower()]
    if first.isupper() and len(first) <= _SHORT:  # "PM" of a headline, "Prime Minister" of the text
        return next((o for o in telling if not o.isupper() and kind_of(o) == kind_of(first)), first)
    return max(fuller, key=len) if first.lower() in ("secretary", "minister") else first


_SHORT = 4  # letters of an office that is told by its initials


VAGUE = frozenset(
    {
        "leader",
        "official",
        "head",
        "chief",
        "diplomat",
        "secretary",
        "minister",
        "member",
        "ruler",
        "top diplomat",
    }
)


def without_echo(name: str) -> str:
    """Some pages print a caption into the text: "Ann Lee Lee Ann" is "Ann Lee"."""
    words = name.split()
    half = len(words) // 2
    if len(words) > 2 and len(words) % 2 == 0 and sorted(words[:half]) == sorted(words[half:]):
        return " ".join(words[:half])
    return name


def is_initials(name: str) -> bool:
    return all(len(part) <= 1 for part in name.replace(" ", "").split("."))


def compatible(actor: Actor, parts: tuple[str, ...]) -> bool:
    given = set(parts)
    if given <= actor.parts or (actor.parts <= given):
        return not _of_one_house(actor, parts) and _in_order(actor, parts)
    if _of_others(given - actor.parts, actor.parts - given):
        return False
    if parts[-1] in actor.last_parts and len(parts) > 1:
        firsts = [name_tokens(n)[0] for n in actor.names]
        return any(
            f[0] == parts[0][0] and (len(f) == 1 or len(parts[0]) == 1 or f[:3] == parts[0][:3])
            for f in firsts
        )
    return False


def _in_order(actor: Actor, parts: tuple[str, ...]) -> bool:
    """ "Abdulaziz bin Salman" is not Mohammed bin Salman bin Abdulaziz: the shorter name keeps the order.

    Two names of the same parts may differ in it: family names go first or last.
    """
    if len(parts) < 2:
        return True
    for name in actor.names:
        known = name_tokens(name)
        shorter, longer = sorted((known, parts), key=len)
        rest = iter(longer)
        if set(known) == set(parts) or all(part in rest for part in shorter):
            return True
    return False


def _of_one_house(actor: Actor, parts: tuple[str, ...]) -> bool:
    """ "Sabah Al-Ahmad Al-Sabah", "Nawaf Al-Ahmad Al-Sabah": of two names as long, each begins with its own."""
    known = name_tokens(actor.name or "")
    return len(known) == len(parts) > 2 and known[0] != parts[0] and known[1:] == parts[1:]


def _of_others(more: set[str], less: set[str]) -> bool:
    """ "Sabah Al-Ahmad Al-Jaber", "Sabah Khaled Al-Hamad": what each name has alone begins differently."""
    initials = {part[0] for part in less}
    return len(more) > 1 and len(less) > 1 and not any(part[0] in initials for part in more)


def contradicts(
    actor: Actor, state: str | None, office: str | None, parts: tuple[str, ...]
) -> bool:
    """One surname, two states or two of the highest offices: two persons."""
    if 1 in (len(parts), len(actor.parts)) and _other_office(actor, office):
        return True
    if state is None or not actor.states or state in actor.states:
        return False
    return len(parts) == 1 or set(parts) != actor.parts


def _other_office(actor: Actor, office: str | None) -> bool:
    """ "Prime Minister Anwar Ibrahim", "Sultan Ibrahim": a surname does not join a head of state and one
    of government."""
    if office and any(_heads_council(office, known) for known in actor.offices):
        return False
    rank = _RANK.get(kind_of(office)) if office else None
    known = {_RANK.get(kind_of(o)) for o in actor.offices}
    return rank is not None and bool(known) and None not in known and rank not in known


def _heads_council(one: str, other: str) -> bool:
    """ "President Meloni" of a headline is the President of the Council of Ministers."""
    short, full = sorted((one.lower(), other.lower()), key=len)
    return short == "president" and full.startswith(
        ("president of the council", "president of the government")
    )


_RANK = {"head-of-state": "state", "royal": "heir", "head-of-government": "government"}


@cache
def _implied() -> dict[str, str]:
    text = files("loaders.extraction").joinpath("implied.toml").read_text(encoding="utf-8")
    return {k: str(v) for k, v in tomllib.loads(text)["offices"].items()}


def implied_state(office: str | None) -> str | None:
    """The state an office has by its nature: the Pope's is the Holy See."""
    if office is None:
        return None
    low = office.lower()
    found = _implied().get(low)
    if found is None:
        found = next((code for name, code in _implied().items() if low.startswith(name)), None)
    return found
