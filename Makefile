# Everything starts from Python (3.11 or later) and make; `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.installed
BIN := $(VENV)/bin

.PHONY: help demo test test-browser screenshots check bench lock clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP) ## one sample call in the terminal, then the service on http://127.0.0.1:8000 (ONCE=1: only the call)
	@$(BIN)/callgate demo $(if $(ONCE),--once,)

test: $(STAMP) ## the whole test suite
	@$(BIN)/python -m pytest

test-browser: $(STAMP) ## the desks in a headless Chromium (Debian's package chromium, or CHROMIUM=/path)
	@$(BIN)/python -m pytest tests/browser

screenshots: $(STAMP) ## the pictures of the README, anew
	@$(BIN)/python -m tests.browser.screenshots

check: $(STAMP) ## formatting, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(STAMP) ## each performance figure beside its floor, measured in one run
	@$(BIN)/python -m tests.bench

lock: $(STAMP) ## resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header \
	  --python-version 3.11 --upgrade pyproject.toml --group dev -o requirements.lock

clean: ## remove the environment and what the service stored
	rm -rf $(VENV) var

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Callgate needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@
