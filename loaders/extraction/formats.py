"""How the parties of one contact met or spoke, by the words in and around the phrase that tells of it."""

from __future__ import annotations

import re

from kg.model import Format
from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late

_VENUE = late(
    r"\bat (?:the |his |her |their )?(?:[\w’'-]+ ){0,4}?(?i:palace|residence|house|office|headquarters|ministry|hotel|"
    r"villa|castle|hall|mission|cent(?:er|re)|airport|summit|conference|forum|assembly|embassy|chancery|diwan|kremlin)\b"
)
_PHONE = late(
    r"\b(?:(?:tele)?phone[ds]?|telephonic(?:ally)?|by phone|phone calls?|conference call|(?<!courtesy )(?<!farewell )calls?(?= with\b| between\b| from\b| to\b| today\b|$)|(?<=’s )call|hotline)\b",
    re.IGNORECASE,
)
_VIDEO = late(
    r"\b(?:remote(?:ly)?\b|video ?-?(?:conferenc\w+|calls?|links?|talks|meetings?|summit|teleconferenc\w+)|via video|by video|virtual(?:ly)?|online|videoconferenc\w+|via zoom|over zoom|teleconferenc\w+)\b",
    re.IGNORECASE,
)
_RANG = re.compile(  # "called B, with whom she discussed"
    r"\b(?:called|phoned|rang|telephoned|dialled|a (?:phone )?call to)(?: up)? (?:the )?\Z"
)
_VIRTUALLY = re.compile(r"\b(?:virtually|remotely|online)\b")  # between subject and verb
_OPENING = 60  # characters that may open a sentence before its subject
# "By phone, the two spoke", "In a call on Tuesday, the two discussed".
_BY_PHONE = late(
    r"(?i:\b(?:by|over the|via|in|during) (?:an? |the |their )?(?:[\w-]+ )?(?:(?:tele)?phone|(?:phone |video |conference )?calls?|"
    r"video ?(?:link|conference)|telephone conversation)\b)"
)
_IN_PERSON = late(
    r"\b(?:in person|in-person|face[- ]to[- ]face|on the (?:sidelines|margins|fringes)|in the (?:margins|sidelines)|received by|met|meeting|visit\w*|lunch|dinner|breakfast|at the (?:kremlin|palace|residence|ministry)|hosted|arrived)\b",
    re.IGNORECASE,
)


def names_line(contact: Contact) -> bool:
    """True if the sentence speaks of a telephone or a video link."""
    text = contact.sketch.text
    return _PHONE.search(text) is not None or _VIDEO.search(text) is not None


# "In Helsinki the two spoke for two hours": nobody says by telephone.
_AT_LENGTH = late(
    r"\b(?:spoke|spoken|talked|conferred)\b(?:[^.;]{0,60}?\bfor [\w -]{1,25}(?:hours?|minutes)| (?:privately|in private|alone|behind closed doors))\b"
)
_IN_TOWN = late(
    r"\b[Ii]n [A-Z][a-z]|\bat (?:the|his|her) (?:[\w’'-]+ ){0,2}(?:palace|residence|ministry|house|chancellery|castle|Palace|House)\b"
)


_FACE_TO_FACE = frozenset(
    {"shake", "shakes", "shook", "sit", "sits", "sat", "dine", "dines", "dined"}
)


def _told_again(contact: Contact) -> bool:
    """ "The two also spoke about", "I held talks with B": perhaps of the contact told before."""
    if contact.quoted:
        return True
    if contact.row.format != "spoken" or contact.a is None or contact.b is not None:
        return False
    return contact.sketch.groups[contact.a].members[0].kind in ("nominal", "pronoun")


def format_of(contact: Contact, rest: str) -> Format | None:
    """How the parties met, by the words in and around the phrase; None if nothing tells.

    Args:
        rest: the title, which may tell what the sentence leaves open.
    """
    text = contact.sketch.text
    explicit = _PHONE.search(text) or _VIDEO.search(text) or _VENUE.search(text)
    if explicit is None and _told_again(contact):
        return None
    inner = text[contact.focus if contact.verb else contact.start : contact.end]
    if contact.verb in _FACE_TO_FACE or re.search(
        r"\b(?:courtesy|farewell|introductory|protocol)\b", inner
    ):
        return "in-person"
    if contact.row.format in ("call", "phone"):
        return (
            "video"
            if _VIDEO.search(inner) and not re.search(r"\bphone|telephone", inner)
            else "phone"
        )
    if contact.verb and _VIRTUALLY.search(text, contact.start, contact.focus):
        return "video"
    opening = text[: contact.start] if contact.start < _OPENING else ""
    if contact.b is None and _BY_PHONE.search(opening):
        return "video" if _VIDEO.search(opening) else "phone"
    if contact.row.id == "with-whom" and _RANG.search(text, 0, contact.start):
        return "phone"
    after = text[contact.end : contact.end + 70]
    for part in (inner, after if contact.row.id != "met" or not _PHONE.search(after) else ""):
        if _PHONE.search(part) and not _VIDEO.search(part):
            return "phone"
        if _VIDEO.search(part):
            return "video"
    if contact.verb.startswith("confer") and contact.sketch.unit.kind != "title":
        return "in-person"
    if contact.row.format == "spoken":
        if contact.b is None and not _PHONE.search(text) and _AT_LENGTH.search(text):
            return "in-person" if _IN_TOWN.search(text) else None
        # A headline "confers with" leaves it to the text how they spoke.
        return None if contact.sketch.unit.kind == "title" else _spoken(contact, text, rest)
    if re.search(r"onversation|xchange of views|iscussion", inner):
        return "phone" if _PHONE.search(text) and not _IN_PERSON.search(text) else None
    if contact.row.strength == "weak" or contact.row.id in _WHO_LED | {"it-was-the-turn-of"}:
        return None
    return "video" if _told_on_screen(contact) else "in-person"


def _told_on_screen(contact: Contact) -> bool:
    """A list of who took part tells no format: that a summit was held by video link stands before it."""
    unit = contact.sketch.unit
    if contact.row.id not in _WHO_CAME or unit.kind != "narrative":
        return False
    before = unit.source[max(0, unit.start - _BEFORE_LIST) : unit.start]
    return _VIDEO.search(before) is not None


_WHO_CAME = frozenset({"taking-part-were", "attended-by"})
_BEFORE_LIST = 600  # characters before a list of who took part


# They say who sat there; another sentence says how.
_WHO_LED = frozenset(
    {"sides-were-led", "led-the-sides", "led-while-led", "talks-led-by", "several-represented", "represented-and-represented"}
)  # fmt: skip


def _spoken(contact: Contact, text: str, title: str) -> Format | None:
    if contact.status == "planned" and JOURNEY.search(title) and not _PHONE.search(text):
        return "in-person"
    if re.search(r"\b[Mm]eet(?:ing|s)?\b|\b(?<!be )[Mm]et\b|[Tt]alks with|[Rr]eceive", title):
        return None
    if re.search(r"\b(?:in person|in-person|face[- ]to[- ]face|sidelines|margins|met)\b", text):
        return "in-person"
    if (_VENUE.search(text) or _ON_A_VISIT.search(text)) and not _PHONE.search(text):
        return "in-person"
    return "phone"


JOURNEY = re.compile(r"\b(?:[Tt]ravels?|[Vv]isits?|[Tt]rip|[Tt]our)\b")
"""In the title of a report, a journey of somebody."""
_ON_A_VISIT = re.compile(r"\b(?:visited|arrived in|travel+ed to|flew to) [^.;]{2,60}, where\b")
