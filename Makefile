# Everything a newcomer types. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run test lint format check e2e seed bench port-is-free posters worker

export SITE_URL ?= http://$(HOST):$(PORT)

help: ## List these targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The lock files name everything, so nothing is left to resolve; compiled on all cores at once.
define install
$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-compile --require-hashes -r $(1)
@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib
endef

$(VENV)/.runtime: requirements.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bin/ensure-packages python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.dev: requirements-dev.txt
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || bin/ensure-packages python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime $@

# What posters are drawn with. Asked for anew each time, and quickly: nothing is run but the loader of libraries.
posters:
	@$(PYTHON) -c 'import ctypes; [ctypes.CDLL(f"lib{name}.so.0") for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")]' \
	  2>/dev/null || bin/ensure-packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

seed: $(VENV)/.runtime posters ## Make the database and load the demo campaign
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) seed_demo

port-is-free:
	@$(PYTHON) -c 'import socket, sys; sys.exit("Port $(PORT) is in use here. Type: make run PORT=8001" \
	  if socket.socket().connect_ex(("$(HOST)", $(PORT))) == 0 else 0)'

run: port-is-free seed ## Serve the demo campaign at http://127.0.0.1:8000/ (HOST= and PORT= respected)
	@$(MANAGE) run_due --every 60 & due=$$!; trap "kill $$due 2>/dev/null" EXIT; \
	$(MANAGE) runserver $(HOST):$(PORT)

worker: $(VENV)/.runtime ## Send e-mail by a process of its own (the site needs TASKS_BACKEND=database too)
	@TASKS_BACKEND=database $(MANAGE) db_worker --backend mail

test: $(VENV)/.dev posters ## Run the whole suite (browser tests skip without chromium)
	$(BIN)/pytest

e2e: $(VENV)/.dev ## Run the browser tests alone
	$(BIN)/pytest -m e2e

lint: $(VENV)/.dev ## Look for mistakes in Python, templates and layers
	$(BIN)/ruff check .
	$(BIN)/djlint --lint templates
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Put Python into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: $(VENV)/.dev ## Django's checks, missing migrations, format
	@mkdir -p var
	$(BIN)/ruff format --check .
	$(MANAGE) check
	$(MANAGE) makemigrations --check --dry-run

bench: $(VENV)/.dev ## Measure speed: Lighthouse (needs npm and chromium), throughput, the library, orders, an import of all postcodes
	$(BIN)/python -m bench.run
	$(BIN)/python -m bench.library
	$(BIN)/python -m bench.orders
	$(BIN)/python -m bench.postcodes
