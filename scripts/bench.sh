#!/usr/bin/env bash
# Measures how documents are read (docs/reference/reading.md; see bench/reading.py), then the pages people wait for, on
# both databases (docs/reference/performance.md; see bench/run.py).
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
.venv/bin/python -m bench.reading
env -u DATABASE_URL .venv/bin/python -m bench "$@"
TIENDO_PG_DURABLE=1 scripts/postgres.sh .venv/bin/python -m bench "$@"
.venv/bin/python -m bench.report
