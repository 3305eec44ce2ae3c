# The two commands of a new checkout: `make brief` and `make test`. Needs Python 3.11 or newer, git and make.

REPORT ?= seeds/003_8a1071f0018ceb90.txt
OUT ?= briefs
BIN := .venv/bin

.PHONY: brief test lint types imports tests setup lock record notebooks clean

# One report to ./briefs as Markdown and HTML, by the offline engine: no network, no key.
brief: setup
	@files="$$($(BIN)/summarizer brief --engine offline --format md --format html -o "$(OUT)" "$(REPORT)")" && \
	$(BIN)/summarizer summarize --engine offline --quiet "$(REPORT)" | sed -n '1,24p' && \
	printf '...\n\nThe whole brief, by the offline engine:\n%s\n' "$$files"

# Everything that a change must pass.
test: lint types imports tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

tests: setup
	$(BIN)/pytest -n auto

setup:
	@PYTHON="$(PYTHON)" scripts/setup

# Pin again what pyproject.toml asks for; needs uv.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet -o requirements.lock

# Record tests/cassettes again: from the replies written by hand, or from the endpoint that OPENAI_MODEL names.
record: setup
	$(BIN)/python -m benchmarks.record_cassettes
	$(BIN)/python -m benchmarks.bad_replies

# Run the notebooks of examples/ again and keep what they show.
notebooks: setup
	$(BIN)/python scripts/run_notebooks.py

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist briefs
