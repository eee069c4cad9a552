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
