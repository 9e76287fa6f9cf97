"""The documents of one meeting: what its sentences name, dated, listed line by line, none twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from kg.ids import fold
from kg.model import Document, DocumentStatus, ReportedMeeting, Span
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words, read_words
from loaders.extraction.dates import TimeWord, resolve, time_words
from loaders.extraction.document_heads import find_heads, head_words
from loaders.extraction.document_lists import NamedDocument
from loaders.extraction.document_titles import title_end, title_start
from loaders.extraction.documents import sentence_documents
from loaders.extraction.late_pattern import late
from loaders.extraction.segment import Segmented

_SPOKEN = ("sign", "adopt", "initial", "ratif", "exchang")
_SLACK = timedelta(days=7)
_LONGEST_LIST = 60
_MANY = 200  # documents of one meeting: a summit has fewer
_PAST = re.compile(r"\b(?:last|previous) (?:week|month|year)\b|\bago\b", re.IGNORECASE)
_THEN = late(r"\b(?:at that time|back then|in the past|years ago|previously)\b", re.IGNORECASE)
_YEAR = re.compile(r"\bthe ((?:1[6-9]|20)\d\d) ")
_LINE = re.compile(r"[^\s](?:[^\n\r]*[^\s])?")
_BULLET = re.compile(r"(?:[-–—•*·▪‣o]|\(?\d{1,2}[.)]|\(?(?:[a-z]|[ivx]{1,4})\))\s*")
_ACTED_ON = re.compile(r"\b(?:signed|initialled|exchanged|concluded|inked)\b")
_INTRODUCES = re.compile(r"\bfollowing\b|:\s*\Z", re.IGNORECASE)
_WEIGHT: dict[DocumentStatus, int] = {
    "signed": 4, "adopted": 3, "exchanged": 2, "planned": 1, "referred-to": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatedDocument:
    """A named document with the day that is told of it.

    Attributes:
        last: the last day that the words beside it can mean; None if they tell no day.
        earlier: the words put it before the report whatever its day.
        turn: somebody speaks of it in a transcript.
    """

    named: NamedDocument
    last: date | None
    earlier: bool
    turn: bool


def documents_of(
    words: Words, anchor: date | None, *, turn: bool, follows: DocumentStatus | None
) -> list[DatedDocument]:
    """The documents of a sentence with their days.

    Args:
        anchor: the day of the report.
        turn: the sentence is part of a transcript.
        follows: what became of the documents that the sentence before names.
    """
    found = sentence_documents(words, follows=follows)
    if turn:
        found = [d for d in found if words.text.startswith(_SPOKEN, d.act)]
    if not found:
        return []
    times = time_words(words.text, words.begin, words.stop)
    return [_dated(words, d, found, times, anchor, turn) for d in found]


def _dated(
    words: Words, named: NamedDocument, all_named: list[NamedDocument], times: tuple[TimeWord, ...],
    anchor: date | None, turn: bool,
) -> DatedDocument:  # fmt: skip
    text, own = words.text, _own(words, named, all_named)
    past = _PAST.search(text, *own) or _THEN.search(text, words.begin, words.stop)
    earlier = named.earlier or past is not None
    time = _time_of(text, named, all_named, [t for t in times if own[0] <= t.start < own[1]])
    when = resolve(time, anchor, future=False) if time else None
    return DatedDocument(named, when.last if when else None, earlier, turn)


def _own(words: Words, named: NamedDocument, all_named: list[NamedDocument]) -> tuple[int, int]:
    """The stretch of a sentence whose days are this document's: from its act to the next one."""
    acts = sorted({d.act for d in all_named})
    first = words.begin if named.act == acts[0] else min(named.act, named.start)
    return first, next((a for a in acts if a > named.act), words.stop)


def _time_of(
    text: str, named: NamedDocument, all_named: list[NamedDocument], times: list[TimeWord]
) -> TimeWord | None:
    """The day in its name, "Declaration of 9 November 2020", else the nearest outside all names."""
    for time in times:
        if named.start < time.start < named.end:
            before = text[named.start : time.start]
            own = " of " not in before[:-4] and " to " not in before
            if before.endswith(" of ") and own and not _CHANGES.search(before):
                return time
    times = [t for t in times if t.has_year or t.is_day]
    outside = [t for t in times if not any(d.start <= t.start < d.end for d in all_named)]
    return min(outside, key=lambda t: (abs(t.start - named.act), t.start), default=None)


# "a protocol amending the treaty of 2 May 1990": the day of the treaty.
_CHANGES = late(r"\b(?:amend|extend|supplement|prolong|terminat|implement|replac|renew|updat)\w*\b")


def listed_documents(segmented: Segmented, index: int, words: Words) -> list[DatedDocument]:
    """The documents of the lines after "The following documents were signed:", one each."""
    sentence = segmented.sentences[index]
    if not _introduces(segmented.text, sentence.start, sentence.end):
        return []
    if not find_heads(words) and not _ACTED_ON.search(words.text, words.begin, words.stop):
        return []
    found = []
    status = _status_of_list(words)
    for start, end in _lines_after(segmented.text, sentence.end):
        named = _line(segmented.text, start, end, status)
        if named is None and _BULLET.match(segmented.text, start, end):
            continue
        if named is None:
            break
        found.append(DatedDocument(named, None, False, sentence.kind == "turn"))
    return found


def _status_of_list(words: Words) -> DocumentStatus:
    """What the sentence before a list says was done to the papers on it."""
    if "adopted" in words.low:
        return "adopted"
    exchanged = not _EXCHANGED.isdisjoint(words.low) and _SIGNED.isdisjoint(words.low)
    return "exchanged" if exchanged else "signed"


_EXCHANGED = frozenset({"exchange", "exchanged"})
_SIGNED = frozenset({"signed", "signing", "signature", "concluded"})


def _introduces(text: str, start: int, end: int) -> bool:
    """True if lines of a list may follow a sentence: "signed the following:"."""
    return _INTRODUCES.search(text, start, end) is not None


def _lines_after(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Offsets of the lines that follow `at`, blank ones left out."""
    first = text.find("\n", at)
    if first < 0 or text[at:first].strip():
        return
    for line in islice(_LINE.finditer(text, first), _LONGEST_LIST):
        yield line.span()


def _line(text: str, start: int, end: int, status: DocumentStatus) -> NamedDocument | None:
    """The document that a line of a list names; None if the line is no item of one."""
    bullet = _BULLET.match(text, start, end)
    words = read_words(text, bullet.end() if bullet else start, end)
    heads = find_heads(words)
    if not heads or heads[0].first > 9:
        return None
    first = title_start(words, heads[0], 0)
    while first > 0 and words.low[first - 1] in '"“«„':
        first -= 1
    if first > 0:
        return None
    last = title_end(words, heads[0], len(words), heads)
    title = words.span(first, max(last, _to_mark(words)))
    return NamedDocument(heads[0].type, status, *title, words.starts[0])


def _to_mark(words: Words) -> int:
    """Index behind the last word of a line, without its closing stop or semicolon."""
    last = len(words)
    while last > 1 and words.low[last - 1] in (".", ";", ",", "and"):
        last -= 1
    return last


def title_documents(title: str) -> tuple[Document, ...]:
    """What a headline says was signed or adopted."""
    words = read_words(title, 0, len(title))
    return tuple(
        Document(d.type, title[d.start : d.end], d.status, None, True)
        for d in sentence_documents(words)
        if d.status in ("signed", "adopted", "exchanged") and not d.earlier
    )


def own_text(segmented: Segmented) -> tuple[Document, ...]:
    """The joint text that a report is: "Following is the text of a joint statement", else its headline."""
    for sentence in segmented.sentences[:_HEAD]:
        if _IS_TEXT.search(segmented.text, sentence.start, sentence.end):
            words = read_words(segmented.text, sentence.start, sentence.end)
            for d in sentence_documents(words):
                if d.type in _JOINT and d.status == "adopted":
                    title = segmented.text[d.start : d.end]
                    return (Document(d.type, title, d.status, Span(d.start, d.end)),)
    opening = _OPENS.search(segmented.title or "")
    if opening is None:
        return ()
    title = opening["title"]
    heads = [h.type for h in find_heads(read_words(title, 0, len(title)))]
    return (Document(heads[0], title, "adopted", None, True),) if heads else ()


_HEAD = 4
_JOINT = frozenset({"joint statement", "communique", "declaration"})
_OF_BOTH = frozenset({"joint", "final", "their"})
_IS_TEXT = re.compile(r"\b[Ff]ollowing\b|\b[Tt]ext of\b")
_OPENS = late(
    r"(?:\A|[:–—-]\s)(?:(?:full )?text of (?:the |a )?)?(?P<title>(?:Joint|Final|Trilateral|Tripartite)(?: Press| Political)? "
    r"(?:Statement|Communiqu[eé]|Declaration)\b)", re.IGNORECASE
)  # fmt: skip


# For one meeting ---------------------------------------------------------------------------------------


def meeting_documents(
    text: str, told: list[DatedDocument], meeting: ReportedMeeting, anchor: date | None
) -> tuple[Document, ...]:
    """The documents of `meeting` among those its sentences tell of, each with its fullest title."""
    reference = meeting.when.first if meeting.when else anchor
    found: list[Document] = []
    for one in told:
        document = _document(text, one, reference, meeting.status == "planned")
        if not (one.turn and document.status == "referred-to"):
            _add(document, found)
        if len(found) >= _MANY:
            break
    return tuple(d for d in found if not _is_set_of(d, found))


def _is_set_of(document: Document, found: list[Document]) -> bool:
    """True for "a package of 15 papers" or "12 other papers on trade" where papers of it are named."""
    if document.type != "document" or document.status not in ("signed", "exchanged", "adopted"):
        return False
    others = [d for d in found if d.type != "document" and d.status == document.status]
    return len(others) > 1 and _SET.search(document.title) is not None


_SET = late(
    r"\b(?:other|more|further)\b|(?:documents|papers|instruments|acts)\Z|\A(?:the |all )?\d+ |\b(?:package|set|series|number)\b(?!.*\bcovering\b)",
    re.IGNORECASE,
)


def _document(text: str, one: DatedDocument, reference: date | None, planned: bool) -> Document:
    named, status = one.named, one.named.status
    title = text[named.start : named.end]
    old = reference is not None and _is_old(one, title, reference)
    if old or (status != "planned" and (one.earlier or planned)):
        status = "referred-to"
    return Document(named.type, title, status, Span(named.start, named.end))


def _is_old(one: DatedDocument, title: str, reference: date) -> bool:
    """True if its own day, or the year in its name, lies before the meeting."""
    year = _YEAR.match(title)
    if year is not None and int(year[1]) < reference.year:
        return True
    if one.named.status == "planned" or one.last is None:
        return False
    return one.last < reference - _SLACK


def _add(document: Document, found: list[Document]) -> None:
    """Add a document, or complete one already found: more words, the further status."""
    for number, known in enumerate(found):
        if _same(document, known):
            fuller = max((known, document), key=lambda d: len(_content(d.title)))
            further = max((known, document), key=lambda d: _WEIGHT[d.status])
            found[number] = replace(fuller, status=further.status)
            return
    found.append(document)


def _same(a: Document, b: Document) -> bool:
    if a.type != b.type:
        return False
    left, right = _content(a.title), _content(b.title)
    if left == right:
        return True
    smaller = min(left, right, key=len)
    if a.type in _JOINT and smaller <= head_words() | _OF_BOTH:
        return True  # "their communiqué", told of before as "a joint communiqué on wool"
    return not smaller <= head_words() and (left <= right or right <= left)


@lru_cache(maxsize=1024)
def _content(title: str) -> frozenset[str]:
    """The folded words of a title that tell documents apart."""
    light = word_class("clause", "prepositions") | word_class("clause", "determiners") | {"and"}
    return frozenset(w.strip('.,()"“”«»') for w in fold(title).split() if w not in light)
