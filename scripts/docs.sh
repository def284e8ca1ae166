#!/usr/bin/env bash
# Writes the generated pages and the screenshots of the guides anew.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/debian.sh

scripts/setup.sh dev
need chromium chromium
.venv/bin/python scripts/generate_docs.py
.venv/bin/python docs/screenshots.py
