# The two commands a newcomer needs are `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint types docs accuracy bench lock clean

demo: .venv/demo.stamp        ## load the bundled examples, check them, answer three questions
	@$(BIN)/python examples/demo.py

test: .venv/dev.stamp         ## everything this machine can run; says what it skipped and why
	@$(BIN)/python -m pytest -n 2 --dist loadfile   # what a file shares is made once

lint: .venv/dev.stamp         ## format and lint, as CI does
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: .venv/dev.stamp        ## mypy --strict on the four packages and the accuracy report
	@$(BIN)/mypy

accuracy: .venv/demo.stamp    ## score the extraction on annotated reports, and what changed; ARGS="--help" tells more
	@$(BIN)/python -m benchmarks.accuracy $(ARGS)

bench: .venv/dev.stamp        ## speed of extraction and load, memory, start-up
	@$(BIN)/python benchmarks/speed.py benchmarks/gold/written-look.jsonl
	@$(BIN)/python benchmarks/load.py

lock: .venv/dev.stamp         ## make the lock files again from pyproject.toml
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --extra cypher --extra server --extra html pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --extra cypher --extra server --extra html --extra neo4j --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --resolution lowest-direct --python-version 3.11 --extra cypher --extra server --extra html --extra neo4j --extra dev pyproject.toml -o requirements-lowest.lock

.venv/demo.stamp: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "cannot make .venv: Python 3.11 or newer with the venv module is needed (Debian: apt install python3-venv)" >&2; exit 1; }
	@$(BIN)/python -c "import sys; sys.exit('Python 3.11 or newer is needed, this is ' + sys.version.split()[0]) if sys.version_info < (3, 11) else None"
	@echo "installing (once) ..." >&2
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev.stamp: .venv/demo.stamp requirements-dev.lock
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@

clean:                        ## remove the environment and the demo's graph
	rm -rf .venv kg-data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
