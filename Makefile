# Everything a person types. Each step leaves a stamp, so that a second run does nothing.

SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
RUN := $(BIN)/python -m
PRODUCT := .venv/stamp-product
TOOLS := .venv/stamp-tools
PARTS := node_modules/.package-lock.json
STATIC := samsvar/web/static/dkfds/css/dkfds.css
TEXTS := var/stamp-texts
# A file of tests stays together on one core: some read at their end what the whole file met.
SPREAD := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: demo test lint format lock messages static chromium scenarios requirements bench drill
.DELETE_ON_ERROR:

demo: $(PRODUCT) $(STATIC) $(TEXTS)  ## set up and serve a demonstration on this machine
	@exec $(RUN) samsvar demo --port $(PORT)

test: $(TOOLS) $(STATIC) $(TEXTS) chromium lint  ## everything that must pass
	$(RUN) pytest $(SPREAD)

lint: $(TOOLS)  ## style and types
	$(RUN) ruff check .
	$(RUN) mypy

format: $(TOOLS)
	$(RUN) ruff format .

static: $(STATIC)  ## the design system's files, copied from the npm package

messages: $(TEXTS)  ## the English texts, compiled

scenarios: $(TOOLS) $(STATIC) $(TEXTS)  ## each vignette of the requirements: passed, failed or missing
	@$(RUN) tests.scenarios

requirements: $(TOOLS)  ## each MUST with the tests that prove it
	@$(RUN) tests.requirements

bench: $(TOOLS) $(STATIC) $(TEXTS)  ## pages at the size of Denmark
	@$(RUN) bench

drill: $(TOOLS) $(STATIC) $(TEXTS)  ## the long tests: crash loops, mutation, moves between database versions
	$(RUN) pytest -m drill

lock: $(TOOLS)  ## the newest libraries that the .in files allow, with hashes and without any index address
	for list in build '' dev; do \
	    $(RUN) uv pip compile --upgrade --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
	        "requirements$${list:+-$$list}.in" --output-file "requirements$${list:+-$$list}.txt" || exit 1; \
	done
	$(BIN)/python deploy/npm.py install --package-lock-only --omit-lockfile-registry-resolved

$(BIN)/python:
	bash deploy/make-venv "$(PYTHON)"

# The shared part of both environments. `touch` comes last: an interrupted set-up starts over.
$(PRODUCT): requirements.txt requirements-build.txt pyproject.toml | $(BIN)/python
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.txt -r requirements.txt
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(TOOLS): requirements-dev.txt $(PRODUCT)
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

$(PARTS): package.json package-lock.json | $(PRODUCT)
	$(BIN)/python deploy/npm.py ci --ignore-scripts --no-audit --no-fund --no-update-notifier --omit-lockfile-registry-resolved
	touch $@

$(STATIC): $(PARTS) samsvar/web/build_static.py | $(PRODUCT)
	$(RUN) samsvar.web.build_static
	touch $@

$(TEXTS): $(wildcard samsvar/*/locale/*/LC_MESSAGES/*.po) | $(PRODUCT)
	$(RUN) samsvar.web.translations
	mkdir -p $(@D) && touch $@

chromium:
	@bash deploy/get-chromium
