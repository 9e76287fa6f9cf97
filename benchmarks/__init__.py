"""Measurements of the project: how right the extraction is, how fast and large the graph is."""
