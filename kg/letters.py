"""Cyrillic letters in Latin ones, as newsrooms write them: one name in two scripts compares equal.

Only where scripts differ is anything written over; a name is always kept and shown as the report
has it.
"""

from __future__ import annotations

from functools import lru_cache

# After the usage of English-language newsrooms; the letters of the neighbours' alphabets as well.
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
        "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
        "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ә": "a",
        "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "җ": "j", "ҷ": "j", "ҳ": "h",
        "ӣ": "i", "ӯ": "u", "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj",
    }
)  # fmt: skip
_FIRST, _LAST = "\u0400", "\u04ff"


def is_cyrillic(text: str) -> bool:
    """True if any letter is Cyrillic."""
    return not text.isascii() and any(_FIRST <= c <= _LAST for c in text)


@lru_cache(maxsize=8192)
def romanized(text: str) -> str:
    """Small letters, the Cyrillic ones in Latin: `Сомсак Вонграчит` -> `somsak vongrachit`."""
    return text.lower().translate(_LATIN) if is_cyrillic(text) else text
