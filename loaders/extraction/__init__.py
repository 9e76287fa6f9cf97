"""From a report to what it says of meetings: `extract(report)`, by rules that are data."""
