#!/usr/bin/env bash
# Measures the pages people wait for, on both databases; see bench/run.py for what and how.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
env -u DATABASE_URL .venv/bin/python bench/run.py "$@"
TIENDO_PG_DURABLE=1 scripts/postgres.sh .venv/bin/python bench/run.py "$@"
