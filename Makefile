# Two commands on a fresh machine with Python 3.11+, git and make: `make demo`, `make test`.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: help install demo serve test accuracy bench lint types check lock clean
help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: .venv/.done ## install Caravan and its locked dependencies into .venv

.venv/.done: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	if [ -x $(BIN)/uv ]; then \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps -e . ; \
	fi
	touch $@

demo: install ## three nights on sample sites: facts, a conflict, an alert, files
	$(BIN)/caravan --home build/demo demo

serve: install ## nights that run by themselves: server, schedules and a worker on loopback
	$(BIN)/python -m flows.serve

test: install ## every test
	$(BIN)/python -m pytest -n 2

accuracy: install ## figures: levels by language and publisher, the errors that teach most
	$(BIN)/python -m tests.accuracy

bench: install ## every benchmark, one after the other; a limit missed fails
	@failed=0; for file in tests/benchmarks/[a-z]*.py; do \
	  $(BIN)/python -m tests.benchmarks.$$(basename $$file .py) || failed=1; \
	done; exit $$failed

lint: install ## ruff
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: install ## mypy --strict
	$(BIN)/mypy

check: lint types test ## what CI runs

COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --no-emit-index-url \
  --no-emit-find-links --generate-hashes --quiet

lock: install ## resolve both locks anew; they carry versions and hashes, no addresses
	$(BIN)/$(COMPILE) --group dev --group bench -o requirements.lock
	$(BIN)/$(COMPILE) --extra s3 -c requirements.lock -o deploy/requirements.lock

clean: ## remove what was built
	rm -rf .venv build dist *.egg-info
