"""`kg watch`: feeds and pages of the web, looked at again and again, into the graph."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.commands.options import Parser, add_allow_private, add_db
from kg.commands.output import on_terminal, say, tell_refused
from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    from kg.model import Refusal, Report
    from kg.pipeline import LoadSummary
    from kg.watch import Look, Watch
    from loaders import Skipped

SUMMARY = "feeds and pages of the web, looked at again and again, into the graph"
_INTERVAL: Final = re.compile(r"(\d+)(s|m|h|d)?\Z")
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SHORTEST: Final = 60
_BUSY: Final = 30.0
"""Seconds until the next try where somebody else is writing into the graph."""


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("addresses", nargs="+", metavar="URL", help="of a feed, page or file")
    add_db(parser)
    parser.add_argument(
        "--interval", metavar="TIME", type=_seconds, default=_seconds("15m"),
        help="between two looks at an address: 90s, 15m, 2h, 1d (default: 15m; at least 60s)",
    )  # fmt: skip
    parser.add_argument(
        "--once", action="store_true", help="look at what is due, and end; for cron"
    )
    parser.add_argument(
        "--articles", action="store_true",
        help="fetch the articles of entries of which a feed only has a summary",
    )  # fmt: skip
    parser.add_argument(
        "--state", metavar="DIR",
        help="where it is kept what is known of each address (default: DB/watched)",
    )  # fmt: skip
    add_allow_private(parser)


def run(arguments: argparse.Namespace) -> int:
    """Watch until interrupted; with --once, exit code 1 if anything failed or was refused."""
    addresses = list(dict.fromkeys(arguments.addresses))
    _check(addresses)
    watch = _watch(arguments)
    sound = True
    while True:
        sound = _look_at_all(watch, addresses, once=arguments.once) and sound
        if arguments.once:
            return 0 if sound else 1
        waits = [wait for address in addresses if (wait := watch.wait(address)) is not None]
        if not waits:
            say("every address is gone for good; there is nothing left to watch")
            return 1
        time.sleep(max(min(waits), 1.0))


def _check(addresses: Iterable[str]) -> None:
    from loaders.addresses import is_web_address, without_user
    from loaders.web.hosts import FetchError, place_of

    for address in addresses:
        if not is_web_address(address):
            raise UsageError(f"{address} is no http or https address; kg load reads files")
        try:
            place_of(address)
        except FetchError as error:
            raise UsageError(f"{without_user(address)}: {error.reason}") from error


def _watch(arguments: argparse.Namespace) -> Watch:
    from kg.ledger import Ledger
    from kg.store.directory import MARKER
    from kg.watch import Watch
    from loaders.web.fetch import Fetcher
    from loaders.web.hosts import any_address, is_public

    remote = arguments.db.startswith(("http://", "https://"))
    if remote and not arguments.state:
        raise UsageError(
            "for a graph on a server, say with --state DIR where to keep what is known"
        )

    def take(outcomes: Iterable[Report | Refusal | Skipped]) -> LoadSummary:
        from kg.pipeline import Pipeline
        from kg.store import open_store

        # Opened for one look only, so that others may write in between.
        with closing(open_store(arguments.db)) as store:
            return Pipeline(store).take(outcomes)

    if not remote and not (Path(arguments.db) / MARKER).exists():
        take(())  # makes the graph, beside which it is kept what is known
    return Watch(
        ledger=Ledger(Path(arguments.state or Path(arguments.db) / "watched")),
        fetcher=Fetcher(any_address if arguments.allow_private else is_public),
        take=take,
        interval=arguments.interval,
        now=time.time,
        articles=arguments.articles,
    )


def _look_at_all(watch: Watch, addresses: Sequence[str], *, once: bool) -> bool:
    """Look at every address that is due; True if nothing failed and nothing was refused."""
    sound = True
    for address in addresses:
        wait = watch.wait(address)
        if wait is None or wait > 0:
            if once:
                _tell_wait(address, wait)
            sound = sound and wait is not None
            continue
        try:
            look = watch.look(address)
        except StoreError as error:
            if once:
                raise
            say(f"{address}: {error}; tried again in {_BUSY:g} s")
            time.sleep(_BUSY)
            continue
        _tell(look)
        refused = look.summary.refused if look.summary else []
        sound = sound and look.outcome != "failed" and not refused
    return sound


def _tell(look: Look) -> None:
    address = look.watched.address
    tell_refused(look.summary.refused if look.summary else ())
    if look.reason:
        say(f"failed: {address}: {look.reason}")
    counts = _counts(look.summary)
    if on_terminal():
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        sys.stdout.write(f"{address}: {look.outcome}{': ' if told else ''}{told}\n")
    else:
        row = {"address": address, "outcome": look.outcome, "reason": look.reason, **counts}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _counts(summary: LoadSummary | None) -> dict[str, int]:
    if summary is None:
        return {}
    return {
        "read": summary.read,
        "new": summary.new,
        "changed": summary.changed,
        "unchanged": summary.unchanged,
        "refused": len(summary.refused),
    }


def _tell_wait(address: str, wait: float | None) -> None:
    if wait is None:
        say(f"{address}: gone for good, not fetched")
    else:
        say(f"{address}: not due for {wait:.0f} s, not fetched")


def _seconds(text: str) -> float:
    found = _INTERVAL.match(text)
    seconds = int(found[1]) * _UNITS[found[2] or "s"] if found else 0
    if seconds < _SHORTEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no time of at least 60s, such as 15m or 2h")
    return float(seconds)
