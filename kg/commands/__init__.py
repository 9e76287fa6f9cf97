"""The command line, one module per command; each has `configure(parser)` and `run(arguments)`."""
