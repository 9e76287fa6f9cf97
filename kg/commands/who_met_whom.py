"""`kg who-met-whom`: the question that the project exists for."""

from __future__ import annotations

import argparse

from kg.commands.options import Parser, add_db, add_format, choice, edtf
from kg.commands.output import write_rows
from kg.model import FORMATS, STATUSES

SUMMARY = "who met whom, when, where and on what; newest first"


def configure(parser: Parser) -> None:
    """Arguments of the command."""
    parser.add_argument("--person", metavar="NAME", help="a person on the one side")
    parser.add_argument("--state", metavar="NAME|CODE", help="a state or organization on that side")
    parser.add_argument("--with", dest="with_", metavar="NAME|CODE", help="the other side")
    parser.add_argument("--topic", metavar="TOPIC", help="a topic or any narrower one")
    parser.add_argument("--since", metavar="DATE", type=edtf, help="day, month or year")
    parser.add_argument("--until", metavar="DATE", type=edtf, help="day, month or year, included")
    parser.add_argument("--format-of", metavar="|".join(FORMATS), type=choice(FORMATS))
    statuses = (*STATUSES, "all")
    parser.add_argument(
        "--status", metavar="|".join(statuses), type=choice(statuses), help="default: held"
    )
    parser.add_argument("--agreed", action="store_true", help="only where something was agreed")
    add_db(parser)
    add_format(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask and print."""
    from kg.commands.reading import reading
    from queries import who_met_whom

    with reading(arguments.db) as view:
        rows = who_met_whom(
            view,
            person=arguments.person,
            state=arguments.state,
            with_=arguments.with_,
            topic=arguments.topic,
            since=arguments.since,
            until=arguments.until,
            format=arguments.format_of,
            agreed=arguments.agreed,
            status=arguments.status,
        )
    dicts = rows.as_dicts()
    if arguments.format == "json" or not _is_table(arguments.format):
        write_rows(rows.columns, dicts, arguments.format)
    else:
        write_rows(*_for_reading(dicts), arguments.format)
    return 0


def _is_table(form: str | None) -> bool:
    from kg.commands.output import on_terminal

    return form == "table" or (form is None and on_terminal())


def _for_reading(
    rows: list[dict[str, object]],
) -> tuple[list[str], list[dict[str, object]]]:
    """Fewer and shorter columns, so that a row fits a terminal."""
    columns = ["date", "who", "whom", "place", "format", "topics", "agreed", "reports", "status"]
    shown = [row | {"who": _named(row, "who"), "whom": _named(row, "whom")} for row in rows]
    if all(row["status"] == "held" for row in rows):
        columns.remove("status")
    return columns, shown


def _named(row: dict[str, object], side: str) -> str:
    code = row[f"{side}_state"] or "?"
    return f"{row[side]} ({code})" if row[side] else str(code)
