#!/usr/bin/env bash
# What can be said about the code without running it.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
# A data folder of its own: a check leaves no trace in var/.
TIENDO_HOME=$(mktemp -d)
trap 'rm -rf "$TIENDO_HOME"' EXIT
export TIENDO_HOME DJANGO_SETTINGS_MODULE=tiendo.config.settings_test

.venv/bin/ruff format --check .
.venv/bin/ruff check .
.venv/bin/mypy tiendo
.venv/bin/lint-imports
.venv/bin/python -m django makemigrations --check --dry-run
.venv/bin/python scripts/generate_docs.py --check
