"""What kind of office some words name: head of state, foreign minister, envoy ..."""

from __future__ import annotations

import re
from functools import cache

from loaders.extraction.institutions import kind_by_body
from loaders.extraction.late_pattern import late
from loaders.extraction.vocabulary import vocabulary
from ontology.lexicon import lexicon

_BY_NOUN = (
    ("high representative", "organization-head"), ("of diplomacy", "foreign-minister"), ("diplomacy chief", "foreign-minister"),
    ("ambassador", "envoy"), ("chargé", "envoy"), ("envoy", "envoy"), ("nuncio", "envoy"), ("consul", "envoy"),
    ("special representative", "envoy"), ("permanent representative", "envoy"), ("high commissioner", "envoy"),
    ("vice president", "deputy-head"), ("vice-president", "deputy-head"), ("deputy prime minister", "deputy-head"),
    ("deputy president", "deputy-head"), ("vice premier", "deputy-head"), ("first president", "other"),
    ("deputy foreign minister", "deputy-minister"), ("vice foreign minister", "deputy-minister"),
    ("deputy minister", "deputy-minister"), ("assistant", "deputy-minister"), ("deputy secretary", "deputy-minister"),
    ("under secretary", "deputy-minister"), ("undersecretary", "deputy-minister"), ("secretary of state", "foreign-minister"),
    ("foreign minister", "foreign-minister"), ("foreign secretary", "foreign-minister"), ("prime minister", "head-of-government"),
    ("premier", "head-of-government"), ("chancellor", "head-of-government"), ("crown prince", "royal"), ("king", "head-of-state"),
    ("queen", "head-of-state"), ("emir", "head-of-state"), ("amir", "head-of-state"), ("sultan", "head-of-state"), ("shah", "head-of-state"), ("lyonch", "head-of-government"),
    ("leader of the opposition", "legislature"), ("opposition leader", "legislature"), ("pope", "head-of-state"),  ("president", "head-of-state"), ("head of state", "head-of-state"), ("head of government", "head-of-government"),
    ("prince", "royal"), ("speaker", "legislature"), ("presiding officer", "legislature"), ("governor", "regional"), ("mayor", "regional"),
    ("secretary-general", "organization-head"), ("secretary general", "organization-head"), ("minister", "minister"),
    ("secretary", "minister"), ("ceo", "company"), ("leader", "other"),
)  # fmt: skip

# Kinds whose holders speak for their state abroad, and those who lead it.
GOVERNING = frozenset(
    {"head-of-state", "head-of-government", "foreign-minister", "minister", "deputy-head", "deputy-minister", "royal"}
)  # fmt: skip
HEADS = frozenset({"head-of-state", "head-of-government"})
# Kinds of which a state has one at a time, whatever the words: "FM", "Minister for External Relations".
_ONE_HOLDER = frozenset({"foreign-minister", "head-of-government"})
_MINOR = frozenset(
    [
        "official",
        "member",
        "representative",
        "deputy",
        "lawmaker",
        "legislator",
        "diplomat",
        "aide",
        "negotiator",
        "delegate",
        "senior",
    ]
) | {"senior official", "top official", "government official", "high-ranking official"}


# Styles and the words of the offices that bear them; "Excellency" is anybody's.
_STYLES = {
    "majesty": ("king", "queen", "sultan", "emperor", "empress", "sovereign", "monarch"),
    "highness": ("emir", "amir", "prince", "princess", "ruler", "sheikh", "crown", "duke"),
    "holiness": ("pope", "pontiff", "patriarch", "holy father", "catholicos"),
}
_REIGNING = frozenset(
    {"king", "queen", "sultan", "emperor", "empress", "sovereign", "monarch", "emir", "amir", "shah", "pope", "pontiff"}
)  # fmt: skip
# Told so alone, they are offices of one person who holds no second one.
_RULERS_ALONE = frozenset(
    {"president", "president of the republic", "king", "queen", "emir", "amir", "sultan", "pope", "head of state"}
)  # fmt: skip
OF_ORGANIZATIONS = frozenset({"secretary-general", "secretary general"})


def without_status(office: str) -> str:
    """ "Caretaker Foreign Minister" -> "Foreign Minister": what a counterpart has of an office."""
    first, _, rest = office.partition(" ")
    return rest if rest and first.lower() in vocabulary().status else office


def is_plain_ruler(office: str) -> bool:
    """True for the bare title of a head of state."""
    return office.lower() in _RULERS_ALONE


def two_heads(first: str, second: str) -> bool:
    """ "Premier of the State Council, Prime Minister NAME": two persons; "Prime Minister, Head of Government" is one."""
    told = (first.lower(), second.lower())
    return not any("head of" in o for o in told) and {kind_of(o) for o in told} == {
        "head-of-government"
    }


def bears_style(style: str, office: str | None) -> bool:
    """True if "His STYLE" may be said of the holder of an office."""
    if office is None:
        return False
    words = _STYLES.get(style)
    return words is None or any(word in office.lower() for word in words)


def chairs_by_turns(office: str, states: tuple[str, ...]) -> bool:
    """ "Chairperson of the African Union": a head of state in the chair of an organization for a year."""
    low = office.lower()
    by_turns = "chair" in low and "commission" not in low and "committee" not in low
    return by_turns and any(s in lexicon().organizations for s in states)


def is_ruler(office: str | None) -> bool:
    """True for a head of state or somebody of a ruling house."""
    return office is not None and kind_of(office) in ("head-of-state", "royal")


def is_reigning(office: str) -> bool:
    """True for the title of a monarch or of the Pope: no republic has one."""
    return not _REIGNING.isdisjoint(office.lower().split())


def is_minor(office: str | None) -> bool:
    """True for "senior official" and the like: words that tell a side, not an office."""
    return office is not None and _plain(office.lower().split(" of ")[0]) in _MINOR


def _plain(office: str) -> str:
    """Without the words of rank: "senior government official" is an official."""
    words = office.split()
    return words[-1] if _OF_RANK.issuperset(words[:-1]) else office


_OF_RANK = frozenset({"senior", "top", "high", "high-level", "high-ranking", "government"})


@cache
def _names() -> dict[str, str]:
    index: dict[str, str] = {}
    for office in lexicon().offices.values():
        for name in (office.label, *office.names):
            index.setdefault(name.lower(), office.kind)
    return index


@cache
def kind_of(office: str) -> str:
    """A kind of the closed list of the ontology's offices, or "company" for heads of firms."""
    low = office.lower()
    if low in _names():
        return _names()[low]
    if _HEADS_MINISTRY.match(low):
        return "foreign-minister"
    if _CHAIRS_HOUSE.match(low):
        return "legislature"
    body = kind_by_body(low)
    if body is not None and not _SERVANT.search(low):
        return body
    own = _own_words(low)
    return next((kind for noun, kind in _BY_NOUN if noun in own), "other")


_HEADS_MINISTRY = late(
    r"(?:head|chief) of (?:the )?(?:[\w-]+ )?(?:foreign (?:ministry|office)|ministry of (?:foreign|external) affairs|diplomacy)\Z"
)
_CHAIRS_HOUSE = late(
    r"(?:president|speaker|chair(?:man|woman|person)?) of (?:the )?(?:senate|house|chamber|assembly|[a-z]+) of (?:the )?parliament\Z"
)
# Offices inside a body, or sent by it, that are not its head's.
_SERVANT = re.compile(r"ambassador|envoy|representative|nuncio|consul|delegate|adviser|advisor")
_SERVED = late(
    r" (?:to|of|for|in) (?:the |his |her )?(?:[\w-]+ )?(?:president|prime minister|premier|chancellor|king|queen|emir|amir|"
    r"sultan|crown prince|majesty|highness|secretary[- ]general)\b"
)


def _own_words(low: str) -> str:
    """An office without those whom its holder serves: "adviser to the president" is no president's."""
    served = _SERVED.search(low)
    own = low[: served.start()] if served else low
    own = own.replace("consultative", "")
    if own.strip() in ("pontiff", "holy father"):
        return "pope"
    return own.replace("presidential", "") if own.strip() != "presidential" else low


_RANK = re.compile(r"(?:under|deputy|assistant|vice|sub|associate)\b")


def same_office(left: str, right: str) -> bool:
    """True if two wordings may name one office: "Foreign Minister", "Minister of Foreign Affairs"."""
    a, b = _own_words(left.lower()), _own_words(right.lower())
    if a == b:
        return True
    nouns = {
        "president",
        "minister",
        "chancellor",
        "secretary",
        "king",
        "prince",
        "premier",
        "ambassador",
        "envoy",
        "leader",
        "speaker",
        "governor",
        "commissioner",
        "chairman",
    }
    ranks = {bool(_RANK.match(a)), bool(_RANK.match(b))}
    if len(ranks) == 2 and "secretary-general" in a.replace(" g", "-g"):
        return False  # "the Secretary-General", "the Under-Secretary-General for Political Affairs"
    shared = set(a.replace("-", " ").split()) & set(b.replace("-", " ").split()) & nouns
    if kind_of(left) == kind_of(right) and kind_of(left) in _ONE_HOLDER:
        return True
    return bool(shared) and (kind_of(left) == kind_of(right) or a in b or b in a)


_OF_FIELDS = late(
    r"(?P<noun>(?:deputy |vice |state )?(?:minister|secretary)) (?P<of>of|for) (?P<first>[^,&]+?(?:, [^,&]+?)*?),? and (?:(?:of|for) )?(?P<last>.+)",
    re.IGNORECASE,
)
_FIELDS = late(
    r"(?P<first>[\w-]+(?:, [\w-]+)*),? and (?P<last>[\w-]+) (?P<noun>minister|secretary)",
    re.IGNORECASE,
)


def one_by_one(office: str) -> tuple[str, ...]:
    """ "Minister of energy and transport", read from a plural: the offices of the two."""
    behind = _OF_FIELDS.fullmatch(office)
    if behind is not None:
        fields = [*behind["first"].split(", "), behind["last"]]
        bare = (f.removeprefix("of ").removeprefix("for ") for f in fields)
        return tuple(f"{behind['noun']} {behind['of']} {f}" for f in bare)
    before = _FIELDS.fullmatch(office)
    if before is not None:
        return tuple(
            f"{f} {before['noun']}" for f in (*before["first"].split(", "), before["last"])
        )
    return (office,)


_LEADING = HEADS | {"royal"}
OWN_WORDS = frozenset(
    {"sovereign", "monarch", "head of state"}
)  # said of one's own without naming the state
BY_WORD = {
    "sovereign": frozenset({"head-of-state"}),
    "head of state": frozenset({"head-of-state"}),
    "leader": _LEADING,
    "statesman": _LEADING,
    "ruler": _LEADING,
    "monarch": _LEADING,
    "diplomat": frozenset({"foreign-minister"}),
    "parliamentarian": frozenset({"legislature"}),
    "top parliamentarian": frozenset({"legislature"}),
    "lawmaker": frozenset({"legislature"}),
    "top diplomat": frozenset({"foreign-minister"}),
    "chief diplomat": frozenset({"foreign-minister"}),
}


def is_of_secretariat(office: str) -> bool:
    """True for an office of an organization's own staff: its pages name them without it."""
    return _SECRETARIAT.match(office) is not None


def is_of_mission(office: str) -> bool:
    """True for who is told without a state in a cable and comes from the capital that it goes to, or from the mission."""
    return _OF_MISSION.match(office) is not None


_SECRETARIAT = late(
    r"(?:(?:deputy|assistant|first|vice|acting) )?(?:chair(?:person|man|woman)?\b(?: of the commission)?$|commissioner\b|(?:executive|managing) director|"
    r"director[- ]general|executive secretary|(?:assistant|deputy|under)[- ]secretary[- ]general|high representative|"
    r"special representative of the secretary-general)",
    re.IGNORECASE,
)
_OF_MISSION = late(
    r"(?:under|assistant|deputy assistant|deputy) secretary\b|ambassador\Z|charg[eé]\b|secretary\Z|embassy officer|consul",
    re.IGNORECASE,
)
