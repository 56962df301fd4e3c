# What people type. Each target sets up what it needs, says so in a line, and is quick the second time.

PY := .venv/bin/python
LOCK := --universal --generate-hashes --no-emit-index-url --no-header -q

# Some machines forbid bytecode; without it every start of Python costs seconds here.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types bench browser postgres lock screenshot clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/ready ## The virtual environment in .venv, with every locked dependency

.venv/ready: requirements-dev.lock pyproject.toml scripts/setup
	@scripts/setup

demo: setup ## A make-believe Slack in your browser, with the real bot behind it (FRESH=1 starts over)
	@$(PY) -m playground $(if $(FRESH),--fresh)

test: setup browser postgres lint types ## Everything: lint, types, then every test on SQLite, PostgreSQL and in a browser
	@echo "Running the tests"
	@$(PY) -m pytest -q -n 2 --dist worksteal

lint: setup ## Style and imports
	@echo "Checking style"
	@.venv/bin/ruff check --quiet
	@.venv/bin/ruff format --check --quiet

types: setup ## Types, strict for bot/
	@echo "Checking types"
	@.venv/bin/mypy --no-error-summary

bench: setup postgres ## The benchmarks, as `name: value` lines
	@$(PY) -m benchmarks

browser: setup ## A Chromium for the browser tests
	@scripts/browser

postgres: setup ## A PostgreSQL for the tests that need one
	@scripts/postgres

screenshot: setup browser ## The playground's picture for the README
	@$(PY) scripts/screenshot.py

lock: ## Pin the dependencies again, with hashes and without naming a host (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv"; exit 1; }
	uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	uv pip compile pyproject.toml --group dev $(LOCK) -o requirements-dev.lock
	uv pip compile --group build $(LOCK) -o requirements-build.lock

clean: ## Remove the virtual environment and caches; no database and no saved playground
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results dist build
