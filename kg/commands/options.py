"""Options that several commands share, and a parser that names the nearest valid value."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from kg.sync import Neo4jTarget

DEFAULT_DB = "kg-data"


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line and suggest what was probably meant."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options["allow_abbrev"] = False
        super().__init__(*args, **options)

    @property
    def known_options(self) -> list[str]:
        """All options, those of groups too."""
        return [option for action in self._actions for option in action.option_strings]

    def error(self, message: str) -> NoReturn:
        """Exit with code 2 and one line."""
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message:
            near = get_close_matches(unknown.split()[0].split("=")[0], self.known_options, 1, 0.5)
            message += f" (did you mean {near[0]}?)" if near else ""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def choice(values: Sequence[str]) -> Callable[[str], str]:
    """A type for closed lists that names the nearest valid value."""

    def check(text: str) -> str:
        if text in values:
            return text
        near = get_close_matches(text, values, 1, 0.3)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(values)}{hint}")

    return check


def positive(text: str) -> int:
    """A type for counts from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def edtf(text: str) -> str:
    """A type for dates: a day, a month or a year."""
    from kg.dates import When
    from kg.errors import DateError

    try:
        return When.parse(text).edtf
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def add_db(parser: Parser) -> None:
    """`--db`."""
    default = os.environ.get("KG_DB") or DEFAULT_DB
    parser.add_argument(
        "--db",
        metavar="DIR",
        default=default,
        help="the graph: a directory, or the URL of a SPARQL endpoint ($KG_DB, else ./kg-data)",
    )


def add_format(parser: Parser) -> None:
    """`--format`."""
    from kg.commands.output import FORMATS

    parser.add_argument(
        "--format",
        metavar="table|json|csv",
        type=choice(FORMATS),
        help="default: a table on a terminal, JSON elsewhere",
    )


def add_object_format(parser: Parser) -> None:
    """`--format` of commands that print one object."""
    from kg.commands.output import OBJECT_FORMATS

    parser.add_argument(
        "--format",
        metavar="text|json",
        type=choice(OBJECT_FORMATS),
        help="default: text on a terminal, JSON elsewhere",
    )


def add_jobs(parser: Parser) -> None:
    """`--jobs`."""
    parser.add_argument(
        "--jobs", metavar="N", type=positive, default=1, help="processes for the extraction"
    )


def add_mapping(parser: Parser) -> None:
    """`--mapping`."""
    parser.add_argument(
        "--mapping",
        metavar="FILE",
        help="what the columns of the CSV tables mean (TOML; else TABLE.toml beside each)",
    )


def add_allow_private(parser: Parser) -> None:
    """`--allow-private`."""
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="also fetch from addresses inside a private network, which is refused otherwise",
    )


def neo4j_target(uri: str | None) -> Neo4jTarget:
    """The server that `--neo4j` or the environment names."""
    import logging

    from kg.sync import Neo4jTarget

    # The driver's remarks would stand beside the one line that a failure is.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    return Neo4jTarget.from_environment(uri)


def add_neo4j(parser: Parser, purpose: str) -> None:
    """`--neo4j`."""
    parser.add_argument(
        "--neo4j",
        metavar="URI",
        help=f"{purpose} ($NEO4J_URI; user and password from $NEO4J_USERNAME, $NEO4J_PASSWORD)",
    )


def add_graph(parser: Parser) -> None:
    """`--graph`."""
    parser.add_argument(
        "--graph",
        metavar="NAME",
        default="default",
        help="name that our nodes carry; several graphs can live in one database",
    )


def parameters(pairs: Sequence[str]) -> dict[str, str]:
    """`NAME=VALUE` pairs as a dictionary.

    Raises:
        UsageError: one of them has no equals sign.
    """
    from kg.errors import UsageError

    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"--param takes NAME=VALUE, not {pair!r}")
    return dict(p.split("=", 1) for p in pairs)


def query_text(argument: str) -> str:
    """A query from a string, a file or `-` (standard input).

    Raises:
        UsageError: the file cannot be read.
    """
    import sys
    from pathlib import Path

    from kg.errors import UsageError

    if argument == "-":
        return sys.stdin.read()
    if len(argument) < 1000 and "\n" not in argument and argument.endswith((".rq", ".cypher")):
        try:
            return Path(argument).read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{argument}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{argument}: not UTF-8 text, so no query") from error
    return argument
