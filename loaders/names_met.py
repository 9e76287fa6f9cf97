"""Names of persons as an archive's remarks write them: where one begins that is known to, and ends."""

from __future__ import annotations

import re
from typing import Final

from loaders.titles import strip_honorifics, title_at

_TOKEN: Final = re.compile(
    r"\s+((?:[^\W\d_a-zà-ÿ][\w’‘'.-]*|[‘’'][^\W\d_]\w+|(?:(?:an|as|ash|at|ur|ul|us|ad|ar|az)(?=-)|al|el|bin|bint|ibn|ben|de|da|do|dos|das"
    r"|del|della|di|du|la|le|van|von|der|den|ter|y|e|af|zu)(?:[-‘’'][\w’‘'-]+)?))(?=[\s,;.)(]|\Z|[—–])"
)
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.){2,}\Z")
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "January Jan.", "February Feb.", "March Mar.", "April Apr.", "May", "June Jun.",
            "July Jul.", "August Aug.", "September Sept. Sep.", "October Oct.", "November Nov.",
            "December Dec.",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_PARTICLES: Final = frozenset(
    {"de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der"}
    | {"den", "ter", "y", "e", "af", "zu", "al", "el"}
)


def name_at(text: str, start: int) -> tuple[str, int]:
    """The name at `start`, which is the end of the word before it; empty if there is none."""
    tokens: list[str] = []
    end = start
    while token := _TOKEN.match(text, end):
        word = token[1]
        if word in MONTHS or (tokens and title_at(text, token.start(1)) and word != "Prince"):
            break
        ends = (
            word.endswith(".")
            and len(word) > 2
            and word not in ("Jr.", "Sr.", "St.", "Gen.", "Dr.")
            and not _INITIALS.match(word)
        )
        tokens.append(word.rstrip(".") if ends else word)
        end = token.end() - ends
        if ends:
            break
    while tokens and tokens[-1] in _PARTICLES:
        end -= len(tokens.pop()) + 1
    name = re.sub(r"[’']s\Z", "", strip_honorifics(" ".join(tokens)))
    return name.strip(), end
