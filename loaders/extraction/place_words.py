"""Words before and behind the name of a place that tell whether something was there."""

from __future__ import annotations

import re

from loaders.extraction.late_pattern import late

TRAVEL = frozenset(
    ["fly", "flies", "flew", "travel", "travels", "travelled", "traveled", "go", "goes", "went", "visit", "trip",
     "return", "came", "welcome", "welcomed", "flying", "travelling", "traveling"]
)  # fmt: skip
# Nouns behind which "of" names a place.
KINDS = frozenset(
    [
        "city",
        "town",
        "resort",
        "port",
        "village",
        "capital",
        "island",
        "district",
        "suburb",
        "municipality",
        "county",
    ]
)
VISITED = frozenset({"visited", "from", "toured", "reached", "through", "via"})
WELCOMED = frozenset({"welcomed", "welcome", "welcoming"})
REACH = 14  # words behind a place within which "where" may stand
BUILDINGS = frozenset(
    {"palace", "house", "secretariat", "headquarters", "castle", "hotel", "academy", "villa", "hall", "building", "centre",
     "center", "lodge", "mansion", "camp", "guesthouse", "complex", "residence", "compound", "base"}
)  # fmt: skip
PREPOSITIONS = frozenset({"in", "at", "near", "outside", "around"})
BLOCKED_BEFORE = late(
    r"\b(?:situation|developments?|events?|war|conflict|crisis|peace|violence|stability|security|ceasefire|interests?|"
    r"fighting|elections?|coup|humanitarian \w+|troops?|forces?|process|settlement|operations?|cooperation|investments?|investors?|"
    r"projects?|companies|people|citizens|community|embassy|embassies|ambassador|presence|role|rights|democracy|ties|interference|"
    r"rule of law|abuses|progress|efforts?|believes?|confidence|interest(?:ed)?|is|are|was|were|remains?|born|schools?|plants?|"
    r"attacks?|bombing|explosion|earthquake|leaders?hip|refugees|government|authorities|officials?|based|living|residing|policy|"
    r"position|broke out|issues?|reforms?|economy|production|growth|conditions?|trust|unity|transition|escalation|tensions?|resolution of|held prisoner)\s*$",
    re.IGNORECASE,
)  # fmt: skip
# "was in Paris for talks with": there they met, while "is in Paris" only says where somebody is.
WAS_THERE = re.compile(
    r"(?:was|were|is|are) in [^.,;]{2,50}? for (?:\w+ ){0,8}?(?:talks|consultations|meetings?|negotiations|summit|lunch|dinner)\b"
    r"|(?:was|were) in [^.,;]{2,50}?, where\b"
)
TO_COME = re.compile(
    r"\b(?:will|would|is to|are to|was to|were to|due|to be (?:held|hosted|convened|staged|organi[sz]ed)|scheduled|slated|upcoming|forthcoming|"
    r"invit(?:ed|ation|ing))\b"
)
