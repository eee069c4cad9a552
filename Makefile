# `make` alone lists what can be asked for.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
ROOMS := intake parsers triage storage config tscp
# Nothing in the folder one happens to stand in may pass for a module of ours.
export PYTHONSAFEPATH := 1
# Set by some shells; without compiled modules every start would be slow.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/pip --disable-pip-version-check --quiet --quiet

.PHONY: help
help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-16s %s\n' "$$name" "$$what"; done

# ---- the environment: one .venv, two stamps

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older or missing. Name another: make PYTHON=python3.12 …"; exit 1; }
	@echo "Making the virtual environment (.venv) …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/for-demo: requirements-demo.txt pyproject.toml | .venv/made
	@echo "Installing the locked packages …"
	@$(PIP) install --require-hashes -r requirements-demo.txt
	@$(PIP) install --no-build-isolation --no-deps --no-index -e .
	@touch $@

.venv/for-dev: requirements-dev.txt requirements-demo.txt pyproject.toml | .venv/made
	@echo "Installing the locked packages, those for the tests too …"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-build-isolation --no-deps --no-index -e .
	@touch .venv/for-demo $@

.PHONY: .venv
.venv: .venv/for-dev

# ---- to look at it

.PHONY: demo
demo: .venv/for-demo ## fictitious mail through the whole service, on this machine only
	@$(BIN)/python -P -m tscp.demo

.PHONY: desk
desk: .venv/for-demo assets ## the triage desk on the demo's data (runs the demo first if need be)
	@[ -e demo/summary.html ] || $(BIN)/python -P -m tscp.demo
	@$(BIN)/python -P -m tscp.demo --desk

# ---- to trust it

.PHONY: test
test: .venv/for-dev ## all tests; as root the servers they talk to are installed first
	@scripts/install_servers.sh
	@$(MAKE) --no-print-directory assets
	@$(BIN)/python -P -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: .venv/for-dev ## style, types, which room may import which, and sizes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict $(ROOMS)
	@$(BIN)/lint-imports
	@$(BIN)/python -P scripts/sizes.py

.PHONY: golden
golden: .venv/for-dev ## what is read from each example document, written anew: review it as a diff
	@GOLDEN=1 $(BIN)/python -P -m pytest -q

.PHONY: screenshots
screenshots: .venv/for-dev ## the pictures of the user guide, taken anew: look at them before committing
	@SCREENSHOTS=1 $(BIN)/python -P -m pytest -q tests/web/test_user_guide.py

.PHONY: bench
bench: .venv/for-dev ## how fast it is, as ratios to a floor measured in the same run
	@$(BIN)/python -P -m benchmarks

.PHONY: bench-accuracy
bench-accuracy: .venv/for-dev ## how many answers are read rightly (LAYOUTS= FORMATS= SEEDS= N=)
	@$(BIN)/python -P -m benchmarks.accuracy

.PHONY: fuzz
fuzz: .venv/for-dev ## damaged mail and documents through every reader (SECONDS=60 SEED= ONLY=.docx)
	@PYTHONPATH=tests nice -n 19 $(BIN)/python -P -m fuzz --seconds "$(or $(SECONDS),60)" --seed "$(SEED)" --only "$(ONLY)"

# ---- to keep it up

.PHONY: assets
assets: .venv/made ## GOV.UK Frontend's style sheet and script for the desk
	@$(BIN)/python -P scripts/assets.py

.PHONY: docs
docs: .venv/for-dev ## do the documents still tell the truth?
	@$(BIN)/python -P -m pytest -q tests/house/test_docs_are_true.py

.PHONY: lock
lock: ## the locked, hashed requirements anew (UPGRADE=--upgrade for newer versions)
	@PYTHON=$(PYTHON) UPGRADE=$(UPGRADE) scripts/lock.sh

.PHONY: clean
clean: ## everything made here goes: environments, caches, the demo's data
	@rm -rf .venv .venv-assets demo build dist node_modules tscp/web/static/govuk .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find $(ROOMS) tests benchmarks scripts -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
