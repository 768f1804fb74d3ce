# Every target installs what it needs first and says what it does. Only Python 3.11 with venv, make and git are presumed.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
EVALUATION ?= ../shared/evaluation
SUITES ?= ../shared/w3c/sparql11
PIP := $(BIN)/python -m pip --disable-pip-version-check --require-virtualenv

# Each of the many processes of a run would compile the program anew where the shell forbids to keep what is compiled.
test proof: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help install install-dev install-cluster install-virtuoso run build test proof lint evaluate conformance bench bench-endpoint bench-store bench-peers clean

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/installed: requirements.txt pyproject.toml
	@echo "== installing the program and what it needs into $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	@echo "== installing what tests and checks need"
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

install: $(VENV)/installed ## create .venv with the command .venv/bin/kg

install-dev: $(VENV)/installed-dev ## also install what tests and checks need

install-cluster: $(VENV)/installed ## also install what a cluster of machines needs
	@echo "== installing Dask and fsspec"
	$(PIP) install --quiet --require-hashes -r requirements-cluster.txt

run: install ## install, build the graph from the seeds, open the explorer
	@echo "== building the graph from seeds/"
	$(KG) build
	@echo "== opening the explorer"
	$(KG) explore

build: install ## build the graph from the seeds
	@echo "== building the graph from seeds/"
	$(KG) build

test: install-dev ## run the tests, in up to four processes
	@echo "== running the tests"
	$(BIN)/python -m pytest -m "not proof" -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

install-virtuoso: ## install Debian's Virtuoso, which some of the long checks start, where root may
	@if command -v virtuoso-t >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [[ $$(id -u) == 0 ]]; then \
		echo "== installing Virtuoso"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends virtuoso-opensource >/dev/null; } || \
			echo "Virtuoso could not be installed; its tests will be skipped."; \
	else echo "Virtuoso is not installed (virtuoso-opensource); its tests will be skipped."; fi

proof: install-dev install-virtuoso ## run the long checks, two at a time
	@echo "== running the long checks"
	$(BIN)/python -m pytest -m proof -n auto --maxprocesses 2 --dist loadfile

lint: install-dev ## check style, types and the direction of imports
	@echo "== ruff, mypy, import-linter"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: install ## score the extractor against the evaluation articles (EVALUATION=folder)
	@echo "== evaluating against $(EVALUATION)"
	$(BIN)/python -m benchmarks.evaluate "$(EVALUATION)"

conformance: install ## run the W3C's suites of SPARQL 1.1 against the service (SUITES=folder)
	@echo "== running the suites in $(SUITES)"
	$(BIN)/python -m benchmarks.conformance "$(SUITES)"

bench-endpoint: install-dev ## compare the service with two other endpoints, as ratios in one run
	@echo "== measuring the service"
	$(BIN)/python -m benchmarks.endpoint

bench: install ## measure, as ratios in one run
	@echo "== measuring"
	$(BIN)/python -m benchmarks.build_cost
	$(BIN)/python -m benchmarks.reading_cost
	$(BIN)/python -m benchmarks.law_cost
	$(BIN)/python -m benchmarks.law_at_scale
	$(BIN)/python -m benchmarks.why_cost

bench-store: install ## measure the store against rdflib and the bare engine (ten minutes)
	@echo "== measuring the store"
	$(BIN)/python -m benchmarks.store_speed

bench-peers: install ## read the same French articles with other programs, each installed apart (some minutes)
	@echo "== measuring peers"
	$(BIN)/python -m benchmarks.peers

clean: ## remove the environment and the graph
	rm -rf $(VENV) graph .peers
