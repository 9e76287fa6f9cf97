"""A store as an rdflib `Dataset`, for everything that the rdflib world offers: reading only.

No copy is made. Limits, all of rdflib's or the adapters' making:
- SPARQL goes to the engine, so it has no rdflib functions and no initBindings inside sub-queries;
  `SERVICE` and `FROM` are refused here as elsewhere.
- Changing it is refused: a change must go through `Store.apply` to be whole and to be seen.
- Over a server each triple pattern is one request; ask SPARQL instead of walking the graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from oxrdflib import OxigraphStore as Adapter
from rdflib import Dataset
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kg.errors import StoreError
from kg.store.base import View
from kg.store.oxigraph import OxigraphStore
from kg.store.prefixes import PREFIXES
from kg.store.remote import RemoteStore
from kg.store.sparql import read_query

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError("the rdflib view is for reading only: change the graph through Store.apply")


class ReadOnlyAdapter(Adapter):
    """oxrdflib's adapter without the ways to change."""

    add = remove = add_graph = remove_graph = update = destroy = open = _refuse

    def addN(self, quads: object) -> NoReturn:  # noqa: N802 - rdflib's name
        _refuse(quads)

    def query(self, query: Query | str, *args: Any, **kwargs: Any) -> Result:
        """As oxrdflib's, after the check that every query here passes."""
        text = read_query(_as_text(query)).standalone()
        return super().query(text, *args, **kwargs)


def _as_text(query: object) -> str:
    if not isinstance(query, str):
        raise StoreError("give the query as text: prepared queries of rdflib are not supported")
    return query


def as_dataset(store: View) -> Dataset:
    """The graph as rdflib sees it: default graph, and one graph per report.

    Raises:
        StoreError: a store of a kind that rdflib has no adapter for.
    """
    if isinstance(store, OxigraphStore):
        dataset = Dataset(store=ReadOnlyAdapter(store=store.engine), default_union=False)
    elif isinstance(store, RemoteStore):
        dataset = Dataset(store=_remote_adapter(store), default_union=False)
    else:
        raise StoreError(f"no rdflib view of a {type(store).__name__}")
    return dataset


def bind_prefixes(dataset: Dataset) -> Dataset:
    """Give a dataset the usual short names."""
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    return dataset


class RemoteAdapter(SPARQLStore):
    """rdflib's adapter for servers, whose default graph is the server's."""

    def _is_contextual(self, graph: Any) -> Any:
        name = getattr(graph, "identifier", graph)
        return name != DATASET_DEFAULT_GRAPH_ID and super()._is_contextual(graph)

    def query(self, query: Query | str, *args: Any, **kwargs: Any) -> Result:
        """As rdflib's, after the check that every query here passes."""
        text = read_query(_as_text(query)).standalone()
        return super().query(text, *args, **kwargs)


def _remote_adapter(store: RemoteStore) -> SPARQLStore:
    headers = {}
    if proof := store.credentials.header():
        headers["Authorization"] = proof
    return RemoteAdapter(query_endpoint=store.query_url, method="POST", headers=headers)
