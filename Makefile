# Regulars. `make run` is all a fresh machine with Python 3.11 needs; `make help` lists the rest.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON311 ?= $(firstword $(shell command -v python3.11 python3))
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
SPARK_CLIENT := $(VENV)/.spark
# The tests' double of Spark bears no PySpark beside it, so it has an environment of its own.
SAIL := .venv-sail
SPARK := .venv-spark
# Polars and lifetimes are contestants, not dependencies.
BENCH := .venv-bench

# Where PYTHONDONTWRITEBYTECODE is set, every start would compile Airflow anew: 30 s instead of 3 s.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-spark bench up backfill compose-check check lint types lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# A drop folder of one's own (REGULARS_DROP) takes the place of the sample; SAMPLE="--customers 500"
# sizes the sample; BUSINESS_DATE and FIRST_DATE choose the days, else all that were dropped.
run: $(READY) ## The newest day with its history through Airflow; a sample unless REGULARS_DROP is set
	$(PYTHON) -m regulars_airflow.launcher run $(if $(REGULARS_DROP),,--sample='$(SAMPLE)') \
		$(addprefix --business-date ,$(BUSINESS_DATE)) $(addprefix --first-date ,$(FIRST_DATE))

test: $(READY) $(SPARK_CLIENT) $(SAIL)/.ready ## Run all tests; a choice of them with PYTEST="-k money"
	$(PYTHON) -m pytest -q -n 2 --dist worksteal --ignore=tests/e2e $(PYTEST) || test $$? -eq 5
	$(PYTHON) -m pytest -q tests/e2e $(PYTEST) || test $$? -eq 5

test-spark: $(READY) $(SPARK_CLIENT) $(SPARK)/.ready ## The tests on a real Spark; takes Java 17 and half an hour
	$(PYTHON) -m pytest -q -m spark --timeout 1800 $(PYTEST)

# SIZE=50000000 is the size that fills a small machine; BENCHES="--parts contest chain" adds the product.
bench: $(READY) $(BENCH)/.ready ## How fast, against what: SIZE=1000000 order lines, docs/BENCHMARKS.md
	$(PYTHON) -m benchmarks.scale $(addprefix --lines ,$(SIZE)) $(BENCHES)

up: $(READY) ## Start a local Airflow with its pages on http://127.0.0.1:8080
	$(PYTHON) -m regulars_airflow.launcher up

backfill: $(READY) ## With Airflow up: work off past days, FROM=2025-01-01 TO=2025-01-03
	@test -n "$(FROM)" -a -n "$(TO)" || { echo 'Say which days: make backfill FROM=2025-01-01 TO=2025-01-03' >&2; exit 2; }
	$(PYTHON) -m regulars_airflow.launcher backfill --first-date $(FROM) --business-date $(TO)

compose-check: $(READY) ## Start the services of docker-compose.yaml as processes and run a day through them
	@if uv --version >/dev/null 2>&1; then \
		uv pip install --quiet --python $(PYTHON) --target $(VENV)/compose -r requirements-compose.txt; \
	else \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --upgrade \
			--target $(VENV)/compose -r requirements-compose.txt; \
	fi
	REGULARS_COMPOSE_DRIVERS=$(CURDIR)/$(VENV)/compose $(PYTHON) -m pytest -q -s -m compose tests/compose

check: lint types ## All checks that need no run: style, types, rooms, SQL, generated docs
	$(VENV)/bin/lint-imports
	$(PYTHON) -m regulars lint-sql
	$(PYTHON) -m regulars docs --check

lint: $(READY) ## Style of the Python code
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(READY) ## Types of the Python code
	$(VENV)/bin/mypy

lock: ## Resolve requirements.in into requirements.txt again (needs uv)
	uv pip compile requirements.in --universal --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url \
		--upgrade --output-file requirements.txt

clean: ## Remove the environment and the caches; what Regulars has written stays
	rm -rf $(VENV) $(SAIL) $(SPARK) $(BENCH) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Made again only when the requirements change. With uv in seconds, else with pip in a minute or two.
$(READY): requirements.txt
	@if uv --version >/dev/null 2>&1; then \
		test -x $(PYTHON) || uv venv --quiet --python 3.11 $(VENV); \
		uv pip install --quiet --python $(PYTHON) --compile-bytecode -r requirements.txt; \
	else \
		test -x $(PYTHON) || $(PYTHON311) -m venv $(VENV); \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt; \
	fi
	@echo "$(CURDIR)/plugins" > "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/regulars.pth"
	@touch $@

# An extra: who has no Spark runs without it.
$(SPARK_CLIENT): requirements-spark.txt $(READY)
	@if uv --version >/dev/null 2>&1; then \
		uv pip install --quiet --python $(PYTHON) -r $<; \
	else \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check -r $<; \
	fi
	@touch $@

$(SAIL)/.ready: requirements-sail.txt
$(SPARK)/.ready: requirements-spark-server.txt
$(BENCH)/.ready: benchmarks/requirements.txt
$(SAIL)/.ready $(SPARK)/.ready $(BENCH)/.ready:
	@if uv --version >/dev/null 2>&1; then \
		test -x $(@D)/bin/python || uv venv --quiet --python 3.11 $(@D); \
		uv pip install --quiet --python $(@D)/bin/python -r $<; \
	else \
		test -x $(@D)/bin/python || $(PYTHON311) -m venv $(@D); \
		$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<; \
	fi
	@touch $@
