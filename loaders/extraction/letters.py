"""Tells letters, greetings, orders and interviews from reports of meetings."""

from __future__ import annotations

import re

from loaders.extraction.cables import cable_headed
from loaders.extraction.late_pattern import late

_LETTER_TITLE = late(
    r"^\W*(?:greetings?|congratulat\w+|condolences?|birthday greetings|(?:messages?|telegrams?|letters?)(?=\s*(?:$|[:,–—-]|(?:to|from|of|by|for|on|in|with|dated|sent|received|exchanged|addressed)\b))|address|video address|"
    r"video message|new year|season.s greetings)\b|\b(?:sends?|sent|conveys?|extends?|offers?|expresses) .{0,40}\b(?:congratulat\w+|"
    r"condolences?|greetings|telegrams?|messages?|letters?|sympath\w+)|\b(?:congratulates|condoles|national day|independence day)\b",
    re.IGNORECASE,
)
_LETTER_LEAD = late(
    r"\b(?:sent|has sent|sends|addressed|conveyed|extended|offered|expressed|forwarded|dispatched) (?:\w+ ){0,6}?(?:congratulat\w+|condolences?|greetings|"
    r"telegrams?|cables?|messages?|letters?|sympath\w+)\b|\bcongratulated\b|\bon behalf of the (?:people|government|united states)\b|\b(?:message|telegram|letter) reads\b",
    re.IGNORECASE,
)
_INTERVIEW = late(
    r"\binterview\b|\bpress briefing\b|\bdepartment press briefing\b|\bbriefing with\b|\bquestions? from\b|\bdirect line\b|\bpublic schedule\b"
    r"|\bexecutive order\b|\bmeet and greet\b",
    re.IGNORECASE,
)
_CALLED = late(
    r"\b(?:by (?:tele)?phone|(?:tele)?phone (?:call|conversation|talk)|telephoned|phoned|over the phone|in person|held talks|met with)\b"
    r"|\breceived (?:\w+ ){0,4}?at (?:his|her|the|their)\b[^.;]{1,40}?\b(?:palace|office|residence|house|court|diwan|castle)\b"
    r"|\b(?:called on|paid (?:an? |his |her )?(?:[\w-]+ ){0,2}(?:call|visit) (?:on|to)|(?:was|were) (?:also )?received|(?:gave|granted|had) (?:[\w-]+ ){0,2}audience"
    r"|had talks|(?:at|in|during) (?:a|an|his|her) (?:[\w-]+ ){0,2}(?:meeting|talks|audience)|met\b(?! (?:last|in \d))|when (?:he|she|they) (?:met|received)|who received (?:him|her|them))"
    r"|\breceived (?:(?:today|yesterday|here|on \w+day) )?(?:the|visiting|(?-i:[A-Z]))"
    r"(?![^.;]{0,60}\b(?:message|letter|telegram|cable|greetings|congratulations|condolences)\b)",
    re.I,
)


_SCHEDULE = late(
    r"^\W*(?:(?:[\w’\'-]+ ){1,3}diary\b(?=\W|$)|diary|calendar|events? diary|forward planner|look ahead|(?:the )?day ahead|what[’']s on|who (?:meets|will meet|is meeting) whom|timetable|agenda (?:of|–|-|:))\b|\b(?:today[’']s (?:events|agenda|programme|schedule)|day ahead)\b|\bnews events\b|\bcalendar of\b|\b(?:public schedule|weekly schedule|daily schedule|schedule of|week ahead|diary (?:for|of)|(?:ministerial|minister[’']s|president[’']s) diary|daybook|agenda for|media advisory|press advisory|accreditation|(?:president|minister|premier|visit|chancellor|king|secretary)[’']?s? (?:weekly )?(?:programme|schedule|engagements|calendar)|programme of (?:the |a )?(?:\w+ )?visit)\b",
    re.IGNORECASE,
)


# "11:30 – President A receives Premier B".
_TIMED_LINE = re.compile(r"^\W{0,3}(?:[01]?\d|2[0-3])[:.h][0-5]\d\b", re.MULTILINE)
_TIMED = 3  # lines that open with the time of day, in a list of what is to come


def is_schedule(title: str | None, text: str = "") -> bool:
    """True for a list of what is to come, by its title or its lines: "meets" is a plan there."""
    if title and _SCHEDULE.search(title):
        return True
    return len(_TIMED_LINE.findall(text)) >= _TIMED


def is_letter(title: str | None, lead: str) -> bool:
    """True for congratulations, condolences and other messages sent, not spoken face to face."""
    if title and cable_headed(title) is not None:
        return False
    if title and _LETTER_TITLE.search(title):
        return not _CALLED.search(f"{title} {lead}")
    return bool(_LETTER_LEAD.search(lead)) and not _CALLED.search(f"{title or ''} {lead}")


def is_question_time(title: str | None) -> bool:
    """True for interviews and briefings: what is told there of meetings is told in passing."""
    return bool(title and _INTERVIEW.search(title))
