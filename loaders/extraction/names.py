"""Names of persons in running text: where one begins, what belongs to it, where it ends."""

from __future__ import annotations

from functools import lru_cache

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.tokens import Tokens
from loaders.extraction.vocabulary import Vocabulary, vocabulary

# The first words of ranks: "Vice Admiral", "Air Chief Marshal".
_RANKS_OF = {
    "vice": ("admiral", "marshal"), "senior": ("general", "lieutenant-general", "colonel-general", "lieutenant", "colonel"), "rear": ("admiral",), "air": ("chief", "vice", "marshal"), "chief": ("marshal",),
    "wing": ("commander",), "group": ("captain",),
}  # fmt: skip
HONOURABLE = frozenset({"hon", "hon.", "honourable", "honorable", "rt", "rt.", "right", "most"})
"""Behind "the" they open a name: "the Rt Hon Ann Lee"."""
_STOPS_IN_NAMES = frozenset({"than", "to", "so", "do", "an", "she", "he"})
_AFTER_TO = frozenset({"lam", "huu", "huy"})
_MONTHS = frozenset({"may", "march", "april", "june", "august", "jun"})
# Months that end a name unless a number follows: "Theresa May", "Dong Jun".
_MONTH_ENDINGS = ("May", "Jun")
_ALWAYS_FIRST = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms."})
_LONGEST = 8
_STYLE_NOUNS = frozenset(
    [
        "grace",
        "holiness",
        "majesty",
        "highness",
        "excellency",
        "excellencies",
        "eminence",
        "beatitude",
        "royal",
        "right",
    ]
)
_STYLE_OWNERS = frozenset(
    ["his", "her", "their", "your", "royal", "serene", "the", "right", "most"]
)


def skip_honorifics(tokens: Tokens, i: int, words: Vocabulary) -> int:
    """Index after titles of courtesy such as "H.E. Mr."."""
    first = i
    while i < len(tokens) and _is_honorific(tokens, i, words):
        i += 1
        if (
            tokens.lows[i : i + 1] == ["the"]
            and tokens.lows[i + 1 : i + 2]
            and tokens.lows[i + 1] in HONOURABLE
        ):
            i += 1  # "Dr the Hon. Kenny Anthony"
    if i > first and i < len(tokens) and tokens.words[i] == "." and tokens.words[i - 1].isalpha():
        i += 1
    return i


def _is_honorific(tokens: Tokens, i: int, words: Vocabulary) -> bool:
    word, low = tokens.words[i], tokens.lows[i]
    if low in _RANKS_OF and tokens.low(i + 1) in _RANKS_OF[low]:
        return True
    if word == "Tan" and i + 1 < len(tokens) and tokens.words[i + 1] == "Sri":
        return True
    if low.replace(" ", "") not in words.honorifics or word[0].islower():
        return False
    if word == "He":
        return False  # "Vice Premier He Lifeng"; His Excellency is HE
    if low in _STYLE_NOUNS and not (i and tokens.words[i - 1].lower() in _STYLE_OWNERS):
        return False
    # "General Assembly", "Marshal Islands": a title must lead to a name or another title.
    return i + 1 < len(tokens) and _opens_name(tokens, i + 1, words)


def _opens_name(tokens: Tokens, i: int, words: Vocabulary) -> bool:
    while i < len(tokens) and tokens.words[i] == ".":
        i += 1
    if i == len(tokens):
        return False
    word = tokens.words[i]
    low = word.lower()
    if low == "the" and i + 1 < len(tokens) and tokens.lows[i + 1] in HONOURABLE:
        return True
    return (
        low in words.honorifics
        or low in words.heads
        or is_name_word(word, words)
        or (
            low in words.particles
            and i + 1 < len(tokens)
            and is_name_word(tokens.words[i + 1], words)
        )
    )


def is_name_word(word: str, words: Vocabulary) -> bool:
    """True for a capitalised word, an initial, or a name such as "el-Sisi"."""
    if not word[0].isalpha():
        return False
    low = word.lower()
    if word[0].islower():
        return ("-" in word and any(p[:1].isupper() for p in word.split("-"))) or (
            word[:2] in ("d'", "d’", "l'", "l’") and word[2:3].isupper()
        )
    return low not in words.stops


def read_name(tokens: Tokens, i: int, words: Vocabulary) -> int:
    """Index after the name that begins at token `i`; `i` itself if none begins there."""
    first = i
    while i < len(tokens) and i - first < _LONGEST:
        step = _step(tokens, i, first, words)
        if step == 0:
            break
        i += step
    return _trimmed(tokens, first, i, words)


def _step(tokens: Tokens, i: int, first: int, words: Vocabulary) -> int:
    """How many tokens the name takes at `i`: 0 ends it."""
    word, low = tokens.words[i], tokens.lows[i]
    started = i > first
    if _is_only_a_name(word):
        return 0 if started and (_breaks_line(tokens, i) or _is_adjective(tokens, i)) else 1
    if started and low in _MONTHS and word[0].isupper():
        return _month_as_name(tokens, i)
    if started and low in words.suffixes and (word[0].isupper() or low in ("jr.", "sr.")):
        return 1
    if word == "," and started and _is_suffix(tokens, i + 1):
        return 2
    if word in "“\"(‘'’" and started:
        return _nickname(tokens, i, words) or _glottal(tokens, i)
    if (
        low in words.particles
        and (word[0].islower() or not started)
        and _leads_on(tokens, i, words)
    ):
        return 1
    if low == "said" and word[0].isupper() and started and tokens.lows[i - 1] in words.particles:
        return 1  # "Qaboos bin Said"
    if started and low in _ALWAYS_FIRST:
        return 0  # "In Sofia Mr Lund": two names
    if low in _STOPS_IN_NAMES and _stop_as_name(tokens, i, first, words):
        return 1
    if low in ("i", "a") and is_initial(tokens, i):
        return 1
    if word[0].isdigit() or not (
        is_name_word(word, words) or (not started and _month_name(tokens, i, words))
    ):
        return 0
    after_particle = started and tokens.words[i - 1].lower() in words.particles
    if started and not after_particle and (low in words.heads or low in words.plural_heads):
        return 0
    if not started and low in words.heads and low not in ("king", "prince", "judge", "duke"):
        following = tokens.lows[i + 1] if i + 1 < len(tokens) else ""
        return int(following in ("bin", "ibn"))  # "Sultan bin Ahmed"
    if started and _breaks_line(tokens, i):
        return 0
    return 0 if started and _is_adjective(tokens, i) else 1


@lru_cache(maxsize=8192)
def _is_only_a_name(word: str) -> bool:
    """True for a capitalised word that is no other part of a name, no office, and no small word."""
    words, low = vocabulary(), word.lower()
    others = (words.heads, words.plural_heads, words.particles, words.suffixes, _OTHER_PARTS)
    capital = word[0].isalpha() and not word[0].islower() and low not in words.stops
    return capital and not any(low in other for other in others)


_OTHER_PARTS = _MONTHS | _ALWAYS_FIRST | _STOPS_IN_NAMES | {"said", "i", "a"}


def is_initial(tokens: Tokens, i: int) -> bool:
    """ "I K Gujral", "A K Antony": a letter before another initial and a name."""
    first, second, third = (*tokens.words[i : i + 3], "", "", "")[:3]
    letters = len(first.rstrip(".")) == len(second.rstrip(".")) == 1
    return letters and first.isupper() and second[:1].isupper() and third[:1].isupper()


def _stop_as_name(tokens: Tokens, i: int, first: int, words: Vocabulary) -> bool:
    """ "Foreign Minister Than Swe", "President To Lam": a small word that is part of a name."""
    if not tokens.words[i][0].isupper() or i == 0 or i + 1 >= len(tokens):
        return False
    following = tokens.words[i + 1]
    if tokens.lows[i] == "to" and tokens.lows[i + 1] not in _AFTER_TO:
        return False  # "President To Lead Delegation"
    if i > first and not following[0].isupper():
        return True  # "U Myo Myint Than,"
    led = i > first or tokens.lows[i - 1] in words.heads or tokens.lows[i - 1] in words.honorifics
    return led and following[0].isupper() and is_name_word(following, words)


def _month_as_name(tokens: Tokens, i: int) -> int:
    following = tokens.words[i + 1] if i + 1 < len(tokens) else ""
    return 0 if following[:1].isdigit() else int(tokens.words[i] in _MONTH_ENDINGS)


def _month_name(tokens: Tokens, i: int, words: Vocabulary) -> bool:
    """ "Jan Kowalczyk", "April Ryan": a month's name before another name word."""
    if tokens.words[i].lower() not in ("jan", "jun", "april", "june", "august", "may", "mar"):
        return False
    return (
        i + 1 < len(tokens)
        and tokens.words[i][0].isupper()
        and is_name_word(tokens.words[i + 1], words)
    )


def _is_suffix(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and tokens.words[i].lower() in ("jr", "jr.", "sr", "sr.", "ii", "iii")


def _leads_on(tokens: Tokens, i: int, words: Vocabulary) -> bool:
    """A particle belongs to a name only if a name word follows, perhaps after more particles."""
    for k in range(i + 1, min(i + 4, len(tokens))):
        word = tokens.words[k]
        if word[0].isupper():
            if word == "Said":
                return True
            return (
                is_name_word(word, words) and tokens.words[i].lower() not in ("and", "y", "e", "i")
            ) or (tokens.words[i] in ("y", "e") and is_name_word(word, words))
        if word.lower() not in words.particles:
            return False
    return False


def _nickname(tokens: Tokens, i: int, words: Vocabulary) -> int:
    """`Benjamin “Benny” Gantz`: a quoted single word inside a name."""
    if i + 3 < len(tokens) and tokens.words[i + 2] in "”\"’)'" and tokens.words[i + 1][0].isupper():
        behind = tokens.words[i + 3]
        called = behind == "," and tokens.words[i] in '“"'  # `Afonso Neto "Mbinda", the minister`
        return 3 if called or (is_name_word(behind, words) and tokens.words[i] != "(") else 0
    return 0


def _glottal(tokens: Tokens, i: int) -> int:
    """ "Samuela 'Akilisi Pohiva": a mark of a sound, with no second one behind."""
    k = i + 1
    glued = k < len(tokens) and tokens.starts[k] == tokens.ends[i] and tokens.words[k][0].isupper()
    apart = tokens.starts[i] > tokens.ends[i - 1]
    quoted = not {"'", "’"}.isdisjoint(tokens.words[k + 1 : k + 4])
    return 2 if glued and apart and not quoted and tokens.words[i] in "'‘’" else 0


def _breaks_line(tokens: Tokens, i: int) -> bool:
    """Two words of one name stand at most one space apart (two for carelessly set initials)."""
    return tokens.starts[i] - tokens.ends[i - 1] > 2


def _is_adjective(tokens: Tokens, i: int) -> bool:
    """ "Putin Turkish President": a state's adjective begins another phrase."""
    hit = gazetteer().at(tokens, i)
    if hit is None or not hit.entry.adjectives or hit.entry.states:
        return False
    return hit.last < len(tokens) and tokens.words[hit.last].lower() in (
        "president", "prime", "foreign", "counterpart", "minister", "leader", "deputy", "vice",
    )  # fmt: skip


def _trimmed(tokens: Tokens, first: int, i: int, words: Vocabulary) -> int:
    while (
        i > first
        and tokens.words[i - 1].lower() in words.particles
        and tokens.words[i - 1].islower()
    ):
        i -= 1
    return i
