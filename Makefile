# juzhu: what `make help` prints comes from the comments behind the targets.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run demo test lint format bench fuzz messages requirements lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 14

run: .venv/.base ## set everything up and serve the whole system on SQLite with invented people
	@JUZHU_MODE=demo $(BIN)/juzhu demo $(ARGS)

demo: .venv/.base ## fill the demo's database anew and stop
	@JUZHU_MODE=demo $(BIN)/juzhu demo --fresh --no-serve

test: .venv/.dev ## run every check: lint, types, layers, tests on SQLite and PostgreSQL, a real browser
	@$(BIN)/python scripts/check.py

lint: .venv/.dev ## only the checks that need no database
	@$(BIN)/python scripts/check.py lint

format: .venv/.dev ## format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: .venv/.bench ## measure speed and memory against peers, in one table
	@$(BIN)/python -m benchmarks $(ARGS)

fuzz: .venv/.dev ## throw ten minutes of anything at what reads permits
	@JUZHU_MODE=test JUZHU_FUZZ_SECONDS=$${JUZHU_FUZZ_SECONDS:-600} $(BIN)/pytest juzhu/credentials/verify/tests/test_fuzz.py

messages: .venv/.dev ## gather the texts to translate, and compile the translations
	@JUZHU_MODE=test $(BIN)/juzhu manage messages

requirements: .venv/.dev ## write down which test proves which rule
	@$(BIN)/python scripts/requirements_table.py

lock: .venv/.dev ## resolve the dependencies anew, with hashes and without addresses
	@$(BIN)/python scripts/lock.py

clean: ## throw away the virtual environment and the demo's data
	rm -rf .venv var

.venv/bin/python:
	@$(PYTHON) scripts/make_venv.py

.venv/.base: requirements/base.txt pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@
