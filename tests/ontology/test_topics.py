"""Topics: each is defined, has its place in the tree, and is found in its own example."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.ids import BASE
from kg.terms import SKOS
from loaders.extraction.content_labels import key_of, topic_label
from tests.ontology.reference import LEXICON, stated

TOPICS = LEXICON.topics
EVERY = pytest.mark.parametrize("slug", TOPICS)


def texts(slug: str, name: str) -> list[str]:
    return stated("topics.ttl")[f"{BASE}topic/{slug}"].get(SKOS + name, [])


def test_the_tree_has_at_least_150_topics() -> None:
    assert len(TOPICS) >= 150


@EVERY
def test_a_topic_has_a_definition_an_example_and_other_names(slug: str) -> None:
    assert len(texts(slug, "definition")) == 1
    assert len(texts(slug, "example")) == 1
    assert TOPICS[slug].names
    assert TOPICS[slug].ru


@EVERY
def test_a_topic_is_found_in_its_own_example(slug: str) -> None:
    (example,) = texts(slug, "example")
    assert topic_label(example) == TOPICS[slug].label


@EVERY
def test_a_topic_is_found_by_each_of_its_names(slug: str) -> None:
    for name in (TOPICS[slug].label, *TOPICS[slug].names):
        assert topic_label(name) == TOPICS[slug].label, name


@EVERY
def test_a_topic_leads_to_a_top_of_the_tree(slug: str) -> None:
    seen = {slug}
    broader = TOPICS[slug].broader
    while broader is not None:
        assert broader not in seen
        seen.add(broader)
        broader = TOPICS[broader].broader


def test_no_name_belongs_to_two_topics() -> None:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for slug, topic in TOPICS.items():
        for name in (topic.label, *topic.names):
            owners[key_of(name)].add(slug)
    assert {key: slugs for key, slugs in owners.items() if len(slugs) > 1} == {}
