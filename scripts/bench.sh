#!/usr/bin/env bash
# Measures how documents are read (docs/reference/reading.md; see bench/reading.py), then the pages people wait for
# and the minutes before a deadline, on both databases, then consolidating a period beside merging Excel files
# (docs/reference/performance.md; see bench/run.py, bench/storm.py, bench/consolidating.py), then working a country's
# figures out anew (docs/reference/measuring-performance.md; see bench/measuring.py); TIENDO_BENCH_MEASURING="--units 350"
# makes that smaller.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
.venv/bin/python -m bench.reading
env -u DATABASE_URL .venv/bin/python -m bench "$@"
TIENDO_PG_DURABLE=1 scripts/postgres.sh .venv/bin/python -m bench "$@"
for kill in "" --kill; do
    env -u DATABASE_URL .venv/bin/python -m bench.storm $kill
    TIENDO_PG_DURABLE=1 scripts/postgres.sh .venv/bin/python -m bench.storm $kill
done
env -u DATABASE_URL .venv/bin/python -m bench.consolidating
.venv/bin/python -m bench.report
read -ra size <<<"${TIENDO_BENCH_MEASURING:-}"
env -u DATABASE_URL .venv/bin/python -m bench.measuring "${size[@]}"
TIENDO_PG_DURABLE=1 scripts/postgres.sh .venv/bin/python -m bench.measuring "${size[@]}"
.venv/bin/python -m bench.measuring_page
