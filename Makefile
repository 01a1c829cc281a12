# The commands of a user and of a contributor. Each makes what it needs: `make run` on a bare machine is enough.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PORT ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check bench bench-peers train screenshots browser clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1	/' | expand -t 20

run: $(VENV)/.installed  ## Set up, ingest the sample, open the dashboard on 127.0.0.1
	@$(BIN)/detente ingest data/sample
	@$(BIN)/detente dashboard $(if $(PORT),--port $(PORT))

test: check browser  ## Set up, check the code, run every test
	@$(BIN)/python -m pytest -q

check: $(VENV)/.installed-dev  ## Lint, format and types, without the tests
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@echo "lint, format and types: clean"

bench: $(VENV)/.installed-dev  ## Measure speed, with vaderSentiment as the yardstick in the same run
	@$(BIN)/python -m tests.bench

bench-peers: pyproject.toml  ## Compare with other tools on the same articles (the extra [peers])
	@sh tests/setup.sh $(VENV) '.[dev,peers]'
	@$(BIN)/python -m tests.bench.peers

train: pyproject.toml  ## Learn the scorers' weights anew from ../shared (needs the extra [train]; resumes)
	@sh tests/setup.sh $(VENV) '.[dev,train]'
	@nice $(BIN)/python -m ingest.tone.training

screenshots: $(VENV)/.installed-dev browser  ## Take the pictures of the docs anew
	@$(BIN)/python -m tests.browser.screenshots

$(VENV)/.installed: pyproject.toml constraints.txt
	@sh tests/setup.sh $(VENV) . && touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	@sh tests/setup.sh $(VENV) '.[dev]' && touch $(VENV)/.installed $@

browser:
	@sh tests/browser/install.sh

clean:  ## Remove what `make` made; the store stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
