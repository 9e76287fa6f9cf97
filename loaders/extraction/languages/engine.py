"""All that is known of one language before a report is read."""

from __future__ import annotations

from functools import cache

from loaders.extraction.languages.content import Contents
from loaders.extraction.languages.lexis import Lexis
from loaders.extraction.languages.mentions import MentionReader
from loaders.extraction.languages.pack import Pack, pack
from loaders.extraction.languages.people import People
from loaders.extraction.languages.phrases import Phrases
from loaders.extraction.languages.when import Calendar


class Engine:
    """The readers of one language, made of its pack once."""

    def __init__(self, own: Pack) -> None:
        self.pack = own
        self.lexis = Lexis(own)
        self.people = People(own, self.lexis.forms)
        self.mentions = MentionReader(own, self.lexis, self.people)
        self.phrases = Phrases(own, self.lexis)
        self.calendar = Calendar(own)
        self.contents = Contents(own, self.lexis, self.phrases)
        self.talk_nouns = frozenset(self.phrases.nouns)
        self.at = own.words("words", "at")


@cache
def engine(code: str) -> Engine:
    """The engine of a language that there is a pack for."""
    return Engine(pack(code))
