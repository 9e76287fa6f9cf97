"""Each row of the content tables finds its own example and not its counterexample."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.extraction.content_tables import table
from loaders.extraction.content_words import read_words
from loaders.extraction.documents import NamedDocument, sentence_documents

DOCUMENTS = table("documents")


def named(text: str) -> list[NamedDocument]:
    return sentence_documents(read_words(text, 0, len(text)))


@pytest.mark.parametrize("row", DOCUMENTS["kind"], ids=[r["id"] for r in DOCUMENTS["kind"]])
def test_a_kind_of_document_is_found_by_its_name(row: dict[str, Any]) -> None:
    assert row["meaning"]
    example = row["example"]
    assert (row["type"], row["gives"]) in [
        (d.type, example[d.start : d.end]) for d in named(example)
    ]
    assert row["type"] not in [d.type for d in named(row["counterexample"])]


@pytest.mark.parametrize("row", DOCUMENTS["act"], ids=[r["id"] for r in DOCUMENTS["act"]])
def test_an_act_gives_a_document_its_status(row: dict[str, Any]) -> None:
    assert row["meaning"]
    example = row["example"]
    assert (row["status"], row["gives"]) in [
        (d.status, example[d.start : d.end]) for d in named(example)
    ]
    assert row["status"] not in [d.status for d in named(row["counterexample"])]


@pytest.mark.parametrize("row", DOCUMENTS["lead"], ids=[r["id"] for r in DOCUMENTS["lead"]])
def test_what_stands_before_a_signing_gives_its_status(row: dict[str, Any]) -> None:
    def is_earlier(document: NamedDocument) -> bool:
        return document.status == "referred-to" or document.earlier

    if row["status"] == "referred-to":
        assert all(is_earlier(d) for d in named(row["example"]))
        assert not any(is_earlier(d) for d in named(row["counterexample"]))
        return
    assert [d.status for d in named(row["example"])] == [row["status"]]
    assert row["status"] not in [d.status for d in named(row["counterexample"])]


def test_ids_of_rows_are_unique() -> None:
    for rows in DOCUMENTS.values():
        ids = [r["id"] for r in rows]
        assert len(ids) == len(set(ids))
