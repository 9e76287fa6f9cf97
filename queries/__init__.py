"""Questions to the graph: each in SPARQL, in Cypher and as a Python function, with equal rows."""

from __future__ import annotations

from queries.catalogue import Question, catalogue, question
from queries.network import meeting_network, most_central
from queries.questions import (
    calls,
    pair_history,
    run,
    topics_of_pair,
    visits,
    what_was_agreed,
    where_reports_disagree,
    who_met_both,
    who_met_whom,
)
from queries.rows import Rows
from queries.running import cypher_parameters, from_cypher

__all__ = [
    "Question",
    "Rows",
    "calls",
    "catalogue",
    "cypher_parameters",
    "from_cypher",
    "meeting_network",
    "most_central",
    "pair_history",
    "question",
    "run",
    "topics_of_pair",
    "visits",
    "what_was_agreed",
    "where_reports_disagree",
    "who_met_both",
    "who_met_whom",
]
