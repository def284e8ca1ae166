# Each target says what it does in one line; the work stands in scripts/.
SHELL := /bin/bash
TIENDO_PORT ?= 8000
export TIENDO_PORT

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check fix bench fuzz docs messages lock

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## install what the program needs into .venv
	@scripts/setup.sh base

demo:  ## prepare the sample province and serve it on this machine
	@scripts/setup.sh base
	@.venv/bin/tiendo demo && exec .venv/bin/tiendo serve

run:  ## serve the data folder (TIENDO_HOME, ./var unless set) on this machine
	@scripts/setup.sh base
	@exec .venv/bin/tiendo serve

test:  ## run all tests: both databases and the browser
	@scripts/test.sh

check:  ## format, lint, types, the ladder, migrations, generated pages
	@scripts/check.sh

fix:  ## put right what a tool can put right
	@scripts/setup.sh dev
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench:  ## measure the reading of documents, then the pages people wait for, on both databases
	@scripts/bench.sh

fuzz:  ## damage documents and read them, for MINUTES (5 unless set)
	@scripts/fuzz.sh $(MINUTES)

docs:  ## write the generated pages and screenshots anew
	@scripts/docs.sh

messages:  ## bring the English catalogue up to date
	@scripts/messages.sh

lock:  ## work the lock files out anew from pyproject.toml
	@scripts/lock.sh
