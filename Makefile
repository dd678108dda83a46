# Two commands matter: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK := deploy/requirements.lock
DEV_LOCK := deploy/requirements-dev.lock
MODELS_LOCK := deploy/requirements-models.lock
SHARED ?= ../shared

.PHONY: help run test lint format types layers unit shape bench accuracy models lock clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: $(VENV)/.run ## Set up .venv and start the bot on embedded defaults
	@exec $(BIN)/depesche run

test: lint types layers unit shape ## Set up .venv; lint, types, layers, tests, shape of the code

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

format: $(VENV)/.dev ## Let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(VENV)/.dev
	@$(BIN)/mypy

layers: $(VENV)/.dev
	@$(BIN)/lint-imports --no-logo

unit: $(VENV)/.dev
	@$(BIN)/depesche rules check rules
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

shape: $(VENV)/.dev
	@$(BIN)/python tests/shape.py

bench: $(VENV)/.dev ## Timings as ratios, side by side in one run
	@$(BIN)/python -m pytest -q -s tests/bench

accuracy: $(VENV)/.dev ## Scores on the reference data in $(SHARED)
	@$(BIN)/python -m pytest -q -s tests/accuracy

models: $(VENV)/.models ## Train the bundled language models anew from $(SHARED) (about an hour)
	@OMP_NUM_THREADS=1 $(BIN)/python -m deploy.models --shared $(SHARED)/data

lock: ## Rewrite the lock files (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-find-links --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" pyproject.toml --group build -o $(LOCK)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-find-links --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" -c $(LOCK) pyproject.toml --group build --group dev -o $(DEV_LOCK)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-find-links --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" --no-deps --group models -o $(MODELS_LOCK)

clean: ## Remove .venv and caches; keeps var/ with its store
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Depesche needs Python 3.11 or newer: set PYTHON=python3.12, say"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(LOCK) pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) from $(LOCK) (once, a minute or two) ..."
	@$(PIP) install --require-hashes -r $(LOCK)
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(DEV_LOCK) $(VENV)/.run
	@echo "Adding the developer's tools from $(DEV_LOCK) ..."
	@$(PIP) install --require-hashes -r $(DEV_LOCK)
	@touch $@

$(VENV)/.models: $(MODELS_LOCK) $(VENV)/.dev
	@echo "Adding what training needs from $(MODELS_LOCK) ..."
	@$(PIP) install --require-hashes --no-deps -r $(MODELS_LOCK)
	@touch $@
