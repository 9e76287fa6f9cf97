"""The words before a verb: is it a statement, a plan, a passive, a denial, and who is its subject?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from loaders.extraction.content_openings import left_start
from loaders.extraction.content_tables import table, word_class
from loaders.extraction.content_words import Words

Mode = Literal["active", "passive", "infinitive", "modal"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a verb stands in its clause.

    Attributes:
        start: index at which its clause begins: the conjunction or the subject.
        subject: words of the subject; None if it is that of the verb before.
        loose: True if the subject follows a preposition and so may not be one.
    """

    mode: Mode
    start: int
    subject: tuple[int, int] | None = None
    loose: bool = False


@cache
def _subject_words() -> frozenset[str]:
    names = ("singular", "plural", "events", "joint_pronouns", "one_pronouns", "inner", "voices")
    return frozenset().union(*(word_class("subject", name) for name in names))


@cache
def _never_subject() -> frozenset[str]:
    clause = ("stops", "weekdays", "months", "negations")
    prepositions = word_class("clause", "prepositions") - {"of", "for"}
    others = frozenset(
        ["according", "meanwhile", "however", "also", "but", "and", "then", "earlier", "later"]
    )
    return prepositions.union(others - {"and"}, *(word_class("clause", c) for c in clause))


def skip_adverbs(words: Words, index: int) -> int:
    """Going left from `index`, the first word that is no adverb."""
    while index >= 0:
        word = words.low[index]
        if (word in word_class("clause", "adverbs") and not _is_pronoun_all(words, index)) or (
            len(word) > 4 and word.endswith("ly") and not words.is_capital(index)
        ):
            index -= 1
        else:
            aside = _aside_before(words, index) or _day_before(words, index)
            if not aside:
                break
            index -= aside
    return index


def _day_before(words: Words, index: int) -> int:
    """Size of "on Monday", "on Monday evening" that ends at `index`, between a subject and its verb."""
    day = index - (words.low[index] in ("morning", "afternoon", "evening", "night"))
    if day < 2 or words.low[day] not in word_class("clause", "weekdays"):
        return 0
    return index - day + 2 if words.low[day - 1] in ("on", "late", "early") else 0


def _is_pronoun_all(words: Words, index: int) -> bool:
    """True for "both" and "each" where they are the subject: nothing but a boundary before them."""
    if words.low[index] not in ("both", "each", "all"):
        return False
    return index == 0 or words.low[index - 1] in (",", "and", ";")


def _aside_before(words: Words, index: int) -> int:
    """Size of an aside such as ", in turn," that ends at `index`, commas included."""
    last = index - 1 if words.low[index] == "," else index
    for size in (4, 3, 2, 1):
        first = last - size + 1
        if first >= 0 and words.matches(first, "clause", "asides") == size:
            before = first - 1
            comma = before >= 0 and words.low[before] == "," and last != index
            if first == 0 and last != index:
                return 0
            return index - before + comma if before >= 0 else 0
    return 0


def read_verb(words: Words, at: int, *, after_hit: bool) -> Reading | None:
    """How the verb at `at` stands; None for a participle, a relative clause, a negation.

    Args:
        after_hit: another verb of this kind stands before it in the sentence, so that it may
            continue that one or lie inside its object.
    """
    before = skip_adverbs(words, at - 1)
    word = words.low[before] if before >= 0 else ""
    if word in word_class("clause", "negations"):
        return None
    if words.low[at].endswith("ing"):
        return _read_gerund(words, before, word, after_hit)
    if word == "to" and words.low[max(0, before - 1)] in word_class("clause", "negations"):
        return None  # "were unable to agree on", "failed to reach"
    if word == "to":
        return _read_infinitive(words, before, after_hit)
    if word in word_class("clause", "modals"):
        found = subject_before(words, before)
        return Reading("modal", found[0] if found else before, found)
    if word in word_class("clause", "be"):
        return _read_passive(words, before)
    if word in ("have", "has", "had", "having", "did", "do", "does"):
        before = skip_adverbs(words, before - 1)
    return _read_finite(words, before, after_hit)


def _read_gerund(words: Words, before: int, word: str, after_hit: bool) -> Reading | None:
    if word in word_class("clause", "be") or word in ("continued", "began", "kept", "started"):
        return _read_finite(words, skip_adverbs(words, before - 1), after_hit)
    if word == "," or (word in ("and", "while") and after_hit):
        return Reading("active", before)
    if word == "to" and before == 2 and words.low[:2] == ["in", "addition"]:
        return opening_gerund(words, before + 1, before + 1)
    if word == "to" and before > 0 and words.low[before - 1] == "forward":
        found = subject_before(words, before - 2)
        return Reading("modal", before, found)
    if word == "by" and before > 1 and words.low[before - 1] in _BEGAN:
        return _read_finite(words, skip_adverbs(words, before - 2), after_hit)
    found = subject_before(words, before + 1)
    if found and found[0] > 1 and words.low[found[0] - 1] == "with":
        return Reading("active", found[0] - 1, found)
    return None


_BEGAN = frozenset(
    {"began", "started", "opened", "ended", "concluded", "closed", "responded", "replied"}
)


def opening_gerund(words: Words, at: int, lead: int = 0) -> Reading | None:
    """How the verb of "Stressing the need for tugs, the minister called ..." stands: its subject comes later.

    Also behind "while": "While reviewing the price of wool, the ministers ...".
    """
    if at > 1 + lead or (at == 1 and words.low[0] not in ("while", "when")):
        return None
    verb = words.low[at]
    if not verb.endswith("ing") or verb in word_class("clause", "scene_gerunds"):
        return None
    for comma in range(at + 2, min(len(words) - 2, _LONGEST_ASIDE)):
        if words.low[comma] == ",":
            last = subject_end(words, comma + 1)
            if last > comma + 1 and last < len(words):
                return Reading("active", at, (comma + 1, last))
    return None


def _read_infinitive(words: Words, before: int, after_hit: bool) -> Reading | None:
    verb = skip_adverbs(words, before - 1)
    if verb >= 0 and words.low[verb] in ("continued", "began", "started"):
        return _read_finite(words, skip_adverbs(words, verb - 1), after_hit)
    if verb >= 0 and words.low[verb] in ("served", "serves"):
        return Reading("infinitive", before)
    if _made_possible(words, before):
        return Reading("infinitive", before - (words.low[before - 1] in (",", "and")))
    if words.low[max(0, verb - 1) : verb + 1] in _USED:
        return _read_finite(words, skip_adverbs(words, verb - 2), after_hit)
    if after_hit or not any(w in word_class("subject", "encounters") for w in words.low[:before]):
        return None
    if verb >= 0 and words.low[verb] in word_class("subject", "plans"):
        return Reading("modal", before)
    return Reading("infinitive", before)


def _made_possible(words: Words, to: int) -> bool:
    """True for both of "The visit made it possible to review A and to look into B"."""
    made = next((i for i in range(to - 1, 0, -1) if words.low[i] == "possible"), 0)
    if not made or "made" not in words.low[max(0, made - 3) : made]:
        return False
    return made == to - 1 or words.low[to - 1] in (",", "and")


_USED = (["took", "time"], ["found", "time"], ["had", "occasion"])


def _read_passive(words: Words, before: int) -> Reading | None:
    """`before` is a form of "to be": the topic, or the subject, stands left of it."""
    first_aux = before
    while first_aux > 0 and words.low[first_aux - 1] in ("have", "has", "had", "also"):
        first_aux -= 1
    if first_aux > 0 and words.low[first_aux - 1] in word_class("clause", "modals"):
        return Reading("modal", left_start(words, first_aux - 1), None)
    if any(
        w in word_class("clause", "negations") for w in words.low[max(0, before - 2) : before + 2]
    ):
        return None
    start = left_start(words, first_aux)
    if words.low[first_aux - 1 : first_aux] in (["which"], ["who"], ["that"]):
        return None
    return Reading("passive", start, (start, first_aux))


def _read_finite(words: Words, before: int, after_hit: bool) -> Reading | None:
    if before < 0:
        return None
    word = words.low[before]
    if word in ("and", "but", "then"):
        start = before - (before > 0 and words.low[before - 1] == ",")
        return Reading("active", start) if after_hit or before > 2 else None
    if word == ",":
        found = _appositive(words, before)
        if found:
            return _with_subject(words, found)
        return Reading("active", before) if after_hit or _in_series(words, before) else None
    if word == "who" and before > 1 and words.low[before - 1] == ",":
        found = subject_before(words, before - 1)
        return Reading("active", before - 1, found) if found else None
    found = subject_before(words, before + 1)
    if found and (
        _in_relative(words, found[0]) or words.low[found[0] - 1 : found[0]] == ["neither"]
    ):
        return None
    return _with_subject(words, found) if found else None


def _in_series(words: Words, comma: int) -> bool:
    """True at the comma of "The ministers greeted each other, reviewed A and confirmed B"."""
    verb = subject_end(words, 0)
    if not 0 < verb < comma - 1 or "and" not in words.low[comma:]:
        return False
    acts = words.low[verb].endswith("ed") or words.low[verb] in word_class("clause", "past_verbs")
    return acts and "," not in words.low[verb:comma]


def _in_relative(words: Words, first: int) -> bool:
    """True for "which she described", not for "talks in which they agreed"."""
    if first == 0 or words.low[first - 1] not in ("which", "whom", "whose", "what"):
        return False
    return first == 1 or words.low[first - 2] not in (
        "in",
        "at",
        "during",
        "after",
        "where",
        "to",
        "with",
    )


def _with_subject(words: Words, subject: tuple[int, int]) -> Reading:
    first = subject[0]
    loose = first > 0 and words.low[first - 1] not in word_class("subject", "boundaries")
    while first > 0 and words.low[first - 1] in (",", "and", "but", "while", "whereas", ";", "as"):
        first -= 1
    return Reading("active", first, subject, loose)


def _appositive(words: Words, comma: int) -> tuple[int, int] | None:
    """The subject of "The president, Aino Lehtoranta, stressed", "Paz, who was in Lima, stressed"."""
    opening = comma - 1
    while opening > 0 and words.low[opening] != ",":
        opening -= 1
        if comma - opening > _LONGEST_ASIDE:
            return None
    if opening <= 0:
        return None
    found = subject_before(words, opening)
    if not found:
        return None
    if words.low[opening + 1] in _ASIDES:
        return found
    named = any(words.is_capital(i) for i in range(opening + 1, comma))
    return (found[0], comma) if named and comma - opening <= _LONGEST_APPOSITION else None


_LONGEST_APPOSITION, _LONGEST_ASIDE = 12, 30
_ASIDES = frozenset(
    ["who", "whose", "whom", "which", "held", "lasting", "quoted", "accompanied", "speaking", "in", "at", "during", "after", "following", "on", "meeting",
     "receiving", "while", "building", "recalling", "citing", "joined", "representing"]
)  # fmt: skip


def subject_before(words: Words, end: int) -> tuple[int, int] | None:
    """Words of the noun phrase that ends before `end`, if a person or a side may be meant by it."""
    last = skip_adverbs(words, end - 1) + 1
    first = last
    while first > 0 and _may_name(words, first - 1):
        first -= 1
    while first < last and words.low[first] in ("and", "of", "for", "'s", "al"):
        first += 1
    if (
        first == last
        or last - first > 40
        or words.low[last - 1] in ("the", "a", "and", "of", "his")
    ):
        return None
    head = words.low[last - 1]
    if words.is_capital(last - 1) or head in _heads():
        return first, last
    if words.low[last - 3 : last] in (["heads", "of", "diplomacy"], ["chiefs", "of", "diplomacy"]):
        return first, last
    return None


@cache
def _heads() -> frozenset[str]:
    names = ("singular", "plural", "events", "joint_pronouns", "one_pronouns", "voices")
    return frozenset().union(*(word_class("subject", n) for n in names)) | {
        "state",
        "states",
        "government",
    }


def _may_name(words: Words, index: int) -> bool:
    low = words.low[index]
    if low in _never_subject():
        return False
    return low in _subject_words() or (
        words.is_capital(index)
        and words.words[index].isalnum() | ("-" in low) | ("." in low) | ("'" in low)
    )


@cache
def speech_verbs() -> frozenset[str]:
    """All verbs of `content_statements.toml`."""
    return frozenset(w for row in table("statements")["verb"] for w in row["words"].split())


def subject_end(words: Words, first: int) -> int:
    """Where the noun phrase of a person that starts at `first` ends."""
    index = first
    while index < len(words) and _may_name(words, index):
        index += 1
    while index > first and words.low[index - 1] in ("and", "of", "for", "the", "a"):
        index -= 1
    return index
