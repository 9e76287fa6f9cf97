"""What was on the table: the topics of a sentence, who raised them and how.

A cue (a verb or phrase from `content_topics.toml`) gives the treatment, the words before it the
speaker, the words after it the topics.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import AgendaItem, Span, Treatment
from loaders.extraction.content_cues import Hit
from loaders.extraction.content_labels import topic_label
from loaders.extraction.content_parties import JOINTLY, NOBODY, Parties, Subject
from loaders.extraction.content_phrases import (
    Range,
    capped,
    clause_end,
    list_items,
    past_intention,
    phrase_end,
    trim,
)
from loaders.extraction.content_subjects import attribution_tail
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words

Speakers = tuple[tuple[int, int, Subject], ...]

_ADDRESSEE_REACH = 16
_QUESTIONS = frozenset(["how", "whether", "what", "why"])
_LIGHT = frozenset(
    [
        "will",
        "would",
        "are",
        "is",
        "were",
        "was",
        "remain",
        "remains",
        "remained",
        "continue",
        "continues",
        "continued",
        "stand",
        "stands",
        "stood",
        "committed",
        "ready",
        "willing",
        "prepared",
        "need",
        "needs",
        "must",
        "should",
        "can",
        "could",
        "to",
        "have",
        "has",
        "had",
        "also",
        "be",
        "been",
        "look",
        "looks",
        "forward",
        "want",
        "wants",
        "hope",
        "hopes",
        "intend",
        "intends",
        "plan",
        "plans",
        "do",
        "not",
    ]
)
_PRONOUNS = frozenset(["we", "they", "he", "she", "it", "both", "i"])


def sentence_topics(
    words: Words,
    hits: list[Hit],
    parties: Parties,
    *,
    planned: bool = False,
    speakers: Speakers = (),
) -> Iterator[AgendaItem]:
    """The agenda items of one sentence.

    Args:
        planned: the meeting is still to come, so that "will discuss" counts.
        speakers: who speaks the characters from .. to, for quoted words.
    """
    tail = attribution_tail(words)
    stop = tail.cut if tail else len(words)
    acts = list(_acts(words, hits, parties, speakers, stop, planned=planned))
    for number, (hit, subject) in enumerate(acts):
        limit = _limit(hit, acts[number + 1 :], stop)
        if subject.by and not subject.known and hit.cue.treatment != "discussed":
            continue  # somebody who took no part
        treatment = hit.cue.alone if subject.by and not subject.joint else hit.cue.treatment
        by = None if subject.joint or treatment == "discussed" else subject.by
        for first, last in _ranges(words, hit, limit):
            yield _item(words, past_intention(words, first, last), last, treatment, by)
    if tail:
        speaker = parties.resolve(words, *tail.speaker)
        if speaker.known and not acts and not speakers:
            for first, last in _clauses(words, 0, stop):
                yield _item(words, first, last, "raised", speaker.by)


def _acts(
    words: Words,
    hits: list[Hit],
    parties: Parties,
    speakers: Speakers,
    stop: int,
    *,
    planned: bool,
) -> Iterator[tuple[Hit, Subject]]:
    """The cues that count, each with who acts."""
    subject = NOBODY
    for hit in hits:
        if hit.at >= stop:
            return
        quoted = _quoting(words.starts[hit.at], speakers)
        subject = _subject(words, hit, parties, subject, quoted)
        if (hit.reading.mode != "modal" or planned) and not _unfit(hit, subject):
            yield hit, subject


def _item(words: Words, first: int, last: int, treatment: Treatment, by: str | None) -> AgendaItem:
    start, end = words.span(first, last)
    text = words.text[start:end]
    return AgendaItem(topic_label(text), text, treatment, by, Span(start, end))


def _limit(hit: Hit, later: list[tuple[Hit, Subject]], stop: int) -> int:
    for other, _ in later:
        if other.reading.start >= hit.after:
            return other.reading.start
    return stop


def _quoting(offset: int, speakers: Speakers) -> Subject | None:
    return next((s for start, end, s in speakers if start <= offset < end), None)


def _subject(
    words: Words, hit: Hit, parties: Parties, before: Subject, quoted: Subject | None
) -> Subject:
    """Who acts; a verb without a subject of its own has that of the verb before."""
    own = hit.reading.subject
    if quoted is not None:
        return quoted
    if hit.cue.subject == "none" or hit.reading.mode in ("passive", "infinitive"):
        return JOINTLY
    if own is None:
        return before
    found = parties.resolve(words, *own)
    if not found.known and _is_event(words, own):
        return JOINTLY
    if hit.reading.loose and not found.known:
        return NOBODY
    return found


def _is_event(words: Words, subject: Range) -> bool:
    events = word_class("subject", "events")
    return any(w in events for w in words.low[subject[0] : subject[1]])


def _unfit(hit: Hit, subject: Subject) -> bool:
    """True where the cue asks for a subject that is not there."""
    if hit.cue.subject == "known":
        return not subject.known
    if hit.cue.subject == "joint":
        return not (subject.joint or subject.known)
    if hit.reading.loose and not subject.known:
        return True
    return False


def _ranges(words: Words, hit: Hit, limit: int) -> list[Range]:
    if hit.cue.takes == "left":
        return _left(words, hit)
    if hit.reading.mode == "passive" and hit.reading.subject:
        first, last = trim(words, *hit.reading.subject)
        if first < last and words.low[first] != "it" and hit.cue.passive:
            return _left(words, hit)
    if hit.after >= limit:
        return []
    if hit.cue.takes == "object" and words.low[hit.after] == "with":
        return _past_company(words, hit, limit)
    if hit.cue.takes == "intent":
        return _intents(words, hit.after, limit)
    if hit.cue.takes == "person":
        return _after_person(words, hit.after, limit)
    return _objects(words, hit, hit.after, limit)


def _left(words: Words, hit: Hit) -> list[Range]:
    assert hit.reading.subject is not None
    first, last = hit.reading.subject
    while first < last and words.matches(first, "clause", "asides"):
        first += words.matches(first, "clause", "asides")
    end = phrase_end(words, first, last)
    return list_items(words, first, end)


def _objects(words: Words, hit: Hit, first: int, limit: int) -> list[Range]:
    """Topics of a noun phrase, of "that ..." or of a bare clause."""
    word = words.low[first]
    if word == "that" and first + 1 < limit:
        return _clauses(words, first + 1, limit)
    if word in _QUESTIONS:
        return _clauses(words, first, limit)
    if (
        hit.cue.subject == "known"
        or words.text[words.starts[first - 1] : words.ends[first - 1]] == "that"
    ):
        return _clauses(words, first, limit)
    end = phrase_end(words, first, limit)
    bare = hit.cue.treatment not in ("discussed", "thanked") and end < limit
    if bare and words.low[end] in word_class("clause", "finite") and end - first <= 8:
        return _clauses(words, first, limit)
    return list_items(words, first, end)


def _past_company(words: Words, hit: Hit, limit: int) -> list[Range]:
    """ "discussed with President X the grain corridor": the topic stands behind the person."""
    index = hit.after + 1
    while index < limit and (_may_be_person(words, index) or words.low[index] in ("'s", "the")):
        if words.low[index] == "the" and index + 1 < limit and not _may_be_person(words, index + 1):
            break
        index += 1
    return _objects(words, hit, index, limit) if index < limit else []


def _clauses(words: Words, first: int, limit: int) -> list[Range]:
    """Reported clauses, parted at "and that"; "we will" and the like are left out."""
    starts = [first]
    for index in range(first, limit - 1):
        if words.low[index] == "and" and words.low[index + 1] == "that":
            starts.append(index + 2)
    found = []
    for number, start in enumerate(starts):
        stop = starts[number + 1] - 2 if number + 1 < len(starts) else limit
        found += _clause(words, start, stop)
    return [item for item in found if item[1] - item[0] > 1]


def _clause(words: Words, first: int, stop: int) -> list[Range]:
    """One reported clause, then the topics it goes on to list: "including ...", "as well as ..."."""
    end = clause_end(words, first, stop)
    found = [capped(words, *trim(words, _past_light(words, first, end), end))]
    size = words.matches(end, "clause", "strong") if end < stop else 0
    if size:
        found += list_items(words, end + size, phrase_end(words, end + size, stop))
    elif end < stop and words.low[end] == "and" and words.low[end - 1] != ",":
        found.append(capped(words, *trim(words, end + 2, clause_end(words, end + 1, stop))))
    return found


def _past_light(words: Words, first: int, limit: int) -> int:
    """Past "we remain committed to", "they will continue to": the act itself is the topic."""
    index = first
    if index >= limit or words.low[index] not in _PRONOUNS:
        return first
    index += 1
    while index < limit - 1 and words.low[index] in _LIGHT:
        index += 1
    return index if index < limit - 1 else first


def _intents(words: Words, first: int, limit: int) -> list[Range]:
    """Verb phrases of an intention; to meet again is a plan, not a topic."""
    found: list[Range] = []
    start = first
    for index in range(first, limit + 1):
        at_end = index == limit
        if at_end or (
            words.low[index] in ("and", ";", ",") and words.low[index + 1 : index + 2] == ["to"]
        ):
            if index > start:
                found += _intent(words, start, index)
            start = index + 2
    return found


def _intent(words: Words, first: int, limit: int) -> list[Range]:
    while first < limit and _is_light_adverb(words, first):
        first += 1
    end = phrase_end(words, first, limit)
    return [item for item in list_items(words, first, end) if not _is_meeting_plan(words, *item)]


def _is_light_adverb(words: Words, index: int) -> bool:
    return words.low[index].endswith("ly") or words.low[index] in word_class("clause", "adverbs")


_ENCOUNTERS = frozenset({"meeting", "meetings", "talks", "visit", "visits", "call", "summit"})


def _is_meeting_plan(words: Words, first: int, last: int) -> bool:
    if words.low[first] not in word_class("list", "meeting_verbs"):
        return False
    if words.low[first] in ("meet", "visit"):
        return True
    rest = words.low[first:last]
    # A round of consultations or a session of a commission is a commitment, another meeting a plan.
    return any(w in _ENCOUNTERS for w in rest) and "of" not in rest


def _after_person(words: Words, first: int, limit: int) -> list[Range]:
    """Past the one who is urged: "Oslo to lift tariffs", "both sides for restraint"."""
    index = first
    while index < limit and index - first < _ADDRESSEE_REACH and _may_be_person(words, index):
        index += 1
    if index < limit and index > first:
        if words.low[index] == "to":
            return _urged(words, index + 1, limit)
        if words.low[index] in ("for", "about", "on", "that", "against"):
            return list_items(words, index + 1, phrase_end(words, index + 1, limit))
    if words.low[first] == "to" or words.low[first] == "that":
        return _urged(words, first + 1, limit)
    if words.low[first - 1] in ("on", "upon"):  # a visitor who "called on" somebody urged nothing
        return []
    return list_items(words, first, phrase_end(words, first, limit))


def _urged(words: Words, first: int, limit: int) -> list[Range]:
    found = _intents(words, first, limit)
    return found or list_items(words, first, phrase_end(words, first, limit))


def _may_be_person(words: Words, index: int) -> bool:
    low = words.low[index]
    if low in word_class("subject", "inner") or low in word_class("subject", "singular"):
        return True
    if low in word_class("subject", "plural") or low in _ADDRESSED:
        return True
    return words.is_capital(index) and words.words[index][0].isalpha()


_ADDRESSED = frozenset(
    [
        "him",
        "her",
        "them",
        "all",
        "both",
        "other",
        ",",
        "everyone",
        "community",
        "international",
        "partners",
        "authorities",
        "regime",
        "colleague",
        "colleagues",
        "people",
        "businesses",
        "companies",
        "investors",
    ]
)
