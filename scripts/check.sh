#!/usr/bin/env bash
# What can be said about the code without running it.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
# A data folder of its own: a check leaves no trace in var/.
TIENDO_HOME=$(mktemp -d)
trap 'rm -rf "$TIENDO_HOME"' EXIT
export TIENDO_HOME DJANGO_SETTINGS_MODULE=tiendo.config.settings_test

failed=()
run() {
    echo "• ${*#.venv/bin/}"
    "$@" || failed+=("${*#.venv/bin/}")
}

run .venv/bin/ruff format --check --quiet .
run .venv/bin/ruff check --output-format concise .
run .venv/bin/mypy tiendo
run .venv/bin/lint-imports
run .venv/bin/python -m django makemigrations --check --dry-run
run .venv/bin/python scripts/generate_docs.py --check

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
