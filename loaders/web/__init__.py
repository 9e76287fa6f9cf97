"""Reports from the web, fetched politely and never from an address inside the own network."""
