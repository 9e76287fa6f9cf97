"""What the words around a contact say of its reality, by the rows of `modality.toml`.

The first row that matches decides; where none does, the contact is told as held.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from loaders.extraction.late_pattern import LatePattern, late
from loaders.extraction.needs import Sieve, ways_of
from loaders.extraction.values import quickly_made

Where = Literal["aux", "lead", "tail", "before", "clause", "around", "phrase"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of `modality.toml`; see there."""

    id: str
    status: str
    where: Where
    form: str
    only: str
    pattern: LatePattern


@quickly_made
@dataclass(frozen=True, slots=True)
class Told:
    """A phrase of contact with the words that stand around it.

    Attributes:
        aux: between subject and verb.
        lead: before a noun of contact.
        inner: between a noun of contact and the first of its parties.
        tail: behind the phrase.
        before: the sentence up to the phrase; up to the noun where a noun tells of the contact.
        clause: the sentence up to the verb, or up to the noun.
        around: the sentence, some way before and behind.
        phrase: from the verb, or the noun, to the end of the phrase.
        verb: in lower case; empty where a noun tells of the contact.
        form: "base", "present", "past", "participle" or "ing".
        nominal: a noun tells of the contact.
        headline: the phrase is one of those that only headlines hold.
        by_sentence: the subject is that of the sentence, outside the phrase.
        title: it stands in the report's title.
        plural: its subject is a list of parties or a plural.
    """

    aux: str
    lead: str
    inner: str
    tail: str
    before: str
    clause: str
    around: str
    phrase: str
    verb: str
    form: str
    nominal: bool
    headline: bool
    by_sentence: bool
    title: bool
    plural: bool

    @property
    def verbal(self) -> bool:
        """True if a verb tells of the contact."""
        return not self.nominal and bool(self.verb)

    @property
    def negated(self) -> bool:
        """True if a verb tells of the contact, behind "not" or "never"."""
        return self.verbal and _NOT.search(self.aux) is not None

    @property
    def present(self) -> bool:
        """True if it is told as going on or as soon to come: "meets", "are meeting", "the two meet"."""
        if self.form == "ing":
            return self.aux.endswith((" is", " are", "is", "are"))
        return self.form == "present" or (self.form == "base" and self.plural)

    def words(self, where: Where) -> str:
        """The words that a rule looks at."""
        return str(getattr(self, where))


@cache
def rules() -> tuple[Rule, ...]:
    """The shipped rows, in order."""
    source = files("loaders.extraction").joinpath("modality.toml").read_text(encoding="utf-8")
    return tuple(
        Rule(
            r["id"], r["status"], r["where"], r.get("form", ""), r.get("only", ""),
            LatePattern(r["pattern"]),
        )
        for r in tomllib.loads(source)["rule"]
    )  # fmt: skip


@cache
def _sieve() -> Sieve:
    """By the words around a phrase, in which all that a rule looks at stands."""
    return Sieve([(frozenset(), ways_of(rule.pattern.pattern, {})) for rule in rules()])


def status_of(told: Told) -> tuple[str | None, tuple[str, ...]]:
    """What became of a contact, and the id of the rule that says so; None: no contact is told."""
    known = rules()
    for number in _sieve().passing(f"{told.around} {told.lead}".lower()):
        rule = known[number]
        if _applies(rule, told) and _matches(rule, told):
            return (None if rule.status == "none" else rule.status), (rule.id,)
    coming = _COMING.search(told.tail) or _NEXT_WEEK.search(told.clause)
    if told.present and not told.title and coming:
        return "planned", ("present-coming",)
    if told.form == "base" and told.title and _TO_DO.search(told.aux):
        return "planned", ("goes-on-from-a-plan",)
    if told.form == "base" and not told.title:
        return _infinitive(told)
    return "held", ()


def _infinitive(told: Told) -> tuple[str | None, tuple[str, ...]]:
    """ "will meet A, receive B and have lunch with C": what goes on from a plan is one."""
    if _TO_COME.search(told.clause):
        return "planned", ("goes-on-from-a-plan",)
    return ("held" if told.plural or told.aux.endswith(" and") else None), ()


def _applies(rule: Rule, told: Told) -> bool:
    if rule.form and told.form not in rule.form.split("|"):
        return False
    if rule.only and not getattr(told, rule.only):
        return False
    if rule.where == "aux":
        return not told.nominal and bool(told.verb)
    if rule.where in ("lead", "tail"):
        if not (told.nominal or rule.only in _OF_VERBS or rule.id == "tail-background"):
            return False
        topic = rule.id == "lead-topic" or (rule.id == "lead-future" and told.headline)
        return not ((told.title or (told.verb and rule.id == "lead-topic")) and topic)
    return True


def _matches(rule: Rule, told: Told) -> bool:
    if rule.where == "tail" and rule.pattern.search(told.inner):
        return True
    return rule.pattern.search(told.words(rule.where)) is not None


# Kinds of phrases for which the words behind a verb count as those behind a noun do.
_OF_VERBS = frozenset({"verbal", "negated", "title"})
_NOT = re.compile(r"\b(?:not|never)\b|n[’']t\b")
_COMING = late(
    r"^[^.;]{0,60}?\b(?:tomorrow|the (?:following|next) day|next (?:week|month|\w+day)|(?:on|this|coming) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_NEXT_WEEK = late(r"\b(?:tomorrow|next (?:week|month|\w+day)|later this (?:week|month))\b[^.;]*$")
_TO_DO = re.compile(r"(?:^| )to [a-z]+\b")  # "A to attend the summit, meet B"
_TO_COME = late(
    r"\b(?:will|shall|would|[’']ll|(?:is|are|was|were) (?:also |then )?(?:to|(?:due|set|expected|scheduled|going|likely) to)|"
    r"(?:plans?|planned|intends?|hopes?|wants?|expects?|agreed) to)\b[^.;]*$"
)
