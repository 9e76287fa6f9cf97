"""What was on the table: the topics of a sentence, who raised them and how.

A cue (a verb or phrase from `content_topics.toml`) gives the treatment, the words before it the
speaker, the words after it the topics.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import AgendaItem, Span, Treatment
from loaders.extraction.content_clauses import clauses, urged_clauses
from loaders.extraction.content_cues import Hit
from loaders.extraction.content_edges import past_intention
from loaders.extraction.content_labels import names_subject, topic_label
from loaders.extraction.content_objects import line_ranges, object_ranges
from loaders.extraction.content_parties import JOINTLY, NOBODY, Parties, Subject
from loaders.extraction.content_phrases import Range
from loaders.extraction.content_subjects import subject_before, subject_end
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_tails import Attribution, attribution_tail
from loaders.extraction.content_words import Words, read_words

Speakers = tuple[tuple[int, int, Subject], ...]


def sentence_topics(
    words: Words,
    hits: list[Hit],
    parties: Parties,
    *,
    planned: bool = False,
    speakers: Speakers = (),
    leader: Subject = NOBODY,
) -> Iterator[AgendaItem]:
    """The agenda items of one sentence.

    Args:
        planned: the meeting is still to come, so that "will discuss" counts.
        speakers: who speaks the characters from .. to, for quoted words.
        leader: who acts where a line of a list begins with a verb.
    """
    tail = _known_tail(words, parties)
    stop = tail.cut if tail else len(words)
    acts = list(_acts(words, hits, parties, speakers, (0, stop), leader, planned=planned))
    found = _acted(words, acts, stop)
    if tail:
        speaker = parties.resolve(words, *tail.speaker)
        if speaker.known and not acts and not speakers:
            urged = urged_clauses(words, stop)
            found = [_item(words, *u, "called-for", speaker.by) for u in urged]
            found = found or [t for t in _said(words, 0, stop, speaker) if names_subject(t.topic)]
        behind = (tail.speaker[1], len(words))
        later = list(_acts(words, hits, parties, speakers, behind, speaker, planned=planned))
        found += _acted(words, later, len(words))
    yield from found or _agreed_behind(words, parties)


def _known_tail(words: Words, parties: Parties) -> Attribution | None:
    """The attribution to somebody of the meeting; agencies behind it are passed over."""
    tail = outer = attribution_tail(words)
    while tail and not parties.resolve(words, *tail.speaker).known:
        inner = read_words(words.text, words.begin, words.starts[tail.cut])
        tail = attribution_tail(inner)
    return tail or outer


def _agreed_behind(words: Words, parties: Parties) -> list[AgendaItem]:
    """What stands before ", the two sides agreed" at the end of a sentence."""
    if _AGREED.isdisjoint(words.low):
        return []
    tail = attribution_tail(words, _AGREED)
    if tail is None or not parties.resolve(words, *tail.speaker).joint:
        return []
    return [_item(words, *c, "agreed", None) for c in clauses(words, 0, tail.cut)]


_AGREED = frozenset({"agreed", "decided", "announced"})


@dataclass(frozen=True, slots=True)
class Lead:
    """What a sentence that ends with a colon says of the lines behind it.

    Attributes:
        act: the cue whose topics the lines are, with who acts; None if they have verbs of their own.
    """

    act: tuple[Hit, Subject] | None
    leader: Subject


def lead_of(words: Words, hits: list[Hit], parties: Parties) -> Lead | None:
    """What introduces the lines of a list; None where the sentence does not end with a colon."""
    last = len(words) - 1
    if last < 1 or words.low[last] != ":":
        return None
    acts = list(_acts(words, hits, parties, (), (0, last), NOBODY, planned=False))
    if acts and acts[-1][0].cue.treatment != "thanked":
        return Lead(acts[-1], acts[-1][1])
    named = subject_before(words, last)
    leader = parties.resolve(words, *named) if named else NOBODY
    return Lead(None, leader if leader.known else JOINTLY)


def listed_topics(words: Words, lead: Lead) -> list[AgendaItem]:
    """The topics of one line of a list that a cue introduces."""
    if lead.act is None:
        return []
    hit, subject = lead.act
    treatment = hit.cue.alone if subject.by and not subject.joint else hit.cue.treatment
    by = None if subject.joint or treatment == "discussed" else subject.by
    return [_item(words, *item, treatment, by) for item in line_ranges(words)]


def spoken_topics(text: str, start: int, end: int, speaker: Subject) -> list[AgendaItem]:
    """What somebody said in his own or reported words: the first sentence stands for the rest."""
    words = read_words(text, start, min(end, start + _LONGEST_SPOKEN))
    if words.low[:1] and words.low[0] in word_class("clause", "finite"):
        return []  # "a treaty, he said, is to follow": its subject stands before
    stop = next((i for i in range(3, len(words)) if words.low[i] in ".!?"), len(words))
    return _said(words, 0, stop, speaker)[:1]


_LONGEST_SPOKEN = 400


def _said(words: Words, first: int, last: int, speaker: Subject) -> list[AgendaItem]:
    """The clauses that somebody said."""
    return [_item(words, *clause, "raised", speaker.by) for clause in clauses(words, first, last)]


def _acted(words: Words, acts: list[tuple[Hit, Subject]], stop: int) -> list[AgendaItem]:
    """The items of cues, each up to the next."""
    found = []
    for number, (hit, subject) in enumerate(acts):
        if _of_nobody_there(hit, subject):
            continue
        treatment = hit.cue.alone if subject.by and not subject.joint else hit.cue.treatment
        by = None if subject.joint or treatment == "discussed" else subject.by
        for first, last in object_ranges(words, hit, _limit(words, hit, acts[number + 1 :], stop)):
            found.append(_item(words, past_intention(words, first, last), last, treatment, by))
    return found


def _of_nobody_there(hit: Hit, subject: Subject) -> bool:
    """True for what somebody did who took no part."""
    return bool(subject.by) and not subject.known and hit.cue.treatment != "discussed"


def _acts(
    words: Words,
    hits: list[Hit],
    parties: Parties,
    speakers: Speakers,
    within: Range,
    subject: Subject,
    *,
    planned: bool,
) -> Iterator[tuple[Hit, Subject]]:
    """The cues within a stretch that count, each with who acts; `subject` acted before it."""
    for hit in hits:
        if not within[0] <= hit.at < within[1]:
            continue
        quoted = _quoting(words.starts[hit.at], speakers)
        subject = _subject(words, hit, parties, subject, quoted)
        if (hit.reading.mode != "modal" or planned) and not _unfit(hit, subject):
            yield hit, subject


def _item(words: Words, first: int, last: int, treatment: Treatment, by: str | None) -> AgendaItem:
    start, end = words.span(first, last)
    text = words.text[start:end]
    return AgendaItem(topic_label(text), text, treatment, by, Span(start, end))


def _limit(words: Words, hit: Hit, later: list[tuple[Hit, Subject]], stop: int) -> int:
    """Where the words of a cue end: at the clause of the next one, if that is no part of "that ..."."""
    reports = hit.after < len(words) and words.low[hit.after] == "that"
    for other, subject in later:
        if reports and _of_nobody_there(other, subject):
            continue  # "noted that Lima was seeking ..."
        if other.at >= hit.after:
            start = other.reading.start
            return _modifiers_start(words, start if start >= hit.after else other.at, hit.after)
    return stop


def _modifiers_start(words: Words, start: int, floor: int) -> int:
    """Before the ", special" of ", special attention was paid to", which is no item of the list before."""
    comma = next((i for i in range(start - 1, max(floor, start - 3), -1) if words.low[i] == ","), 0)
    return comma or start


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
    if own is None and not before.known:
        return parties.pronoun() if hit.at == 0 else _opening_subject(words, hit, parties)
    if own is None:
        return before
    found = parties.resolve(words, *own)
    if not found.known and _is_event(words, _whole(words, own, hit)):
        return JOINTLY
    if hit.reading.loose and not found.known:
        return NOBODY
    return found


def _opening_subject(words: Words, hit: Hit, parties: Parties) -> Subject:
    """Who opens the sentence in "In reply, Minister Paz smiled and hoped that ..."."""
    if words.low[hit.reading.start] not in ("and", ","):
        return NOBODY
    first, comma = 0, next((i for i in range(1, min(_ASIDE, hit.at)) if words.low[i] == ","), 0)
    if comma and words.low[0] in word_class("clause", "prepositions"):
        first = comma + 1
    last = subject_end(words, first)
    found = parties.resolve(words, first, last) if first < last < hit.at else NOBODY
    return found if found.known else NOBODY


_ASIDE = 6


def _whole(words: Words, own: Range, hit: Hit) -> Range:
    """With the noun before the place: "talks at the palace" for what they "dealt with"."""
    first = own[0]
    if hit.reading.loose and hit.cue.treatment == "discussed":
        while first > 0 and own[0] - first < _PLACE and words.low[first - 1] not in ",;:":
            first -= 1
    return first, own[1]


_PLACE = 6


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
