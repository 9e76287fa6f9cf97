"""What a site's robots.txt allows this program, by RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from loaders.web.request import AGENT, Reply

_NOTHING_SAID = range(400, 500)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site; a site that says nothing allows everything."""

    parser: RobotFileParser | None

    def allow(self, address: str) -> bool:
        """True if the page may be fetched."""
        return self.parser is None or self.parser.can_fetch(AGENT, address)

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests; 0 if it does not say."""
        wanted = self.parser.crawl_delay(AGENT) if self.parser else None
        return float(wanted or 0)


def rules_of(reply: Reply) -> Rules | None:
    """The rules that a reply to the request for robots.txt gives; None if it gave no answer.

    A site that has none (any status of 400 to 499) allows everything; one whose server fails must
    be taken to forbid everything for now.
    """
    if reply.status in _NOTHING_SAID:
        return Rules(None)
    if reply.status != 200:
        return None
    parser = RobotFileParser()
    parser.parse(reply.body.decode("utf-8", "replace").lstrip("\ufeff").splitlines())
    return Rules(parser)
