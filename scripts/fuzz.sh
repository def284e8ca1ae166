#!/usr/bin/env bash
# Damages documents and reads them, for as many minutes as the argument says (5 without one).
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
.venv/bin/python -m tests.fuzz.forever "${1:-5}"
