#!/usr/bin/env bash
# Works the lock files out anew from pyproject.toml, with the hash of every file.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh dev
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    .venv/bin/python -m pip install -q --disable-pip-version-check uv
    uv=.venv/bin/uv
fi
compile() {
    "$uv" pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --custom-compile-command "make lock" "$@"
}
compile -q -o requirements.lock
compile -q --extra dev -o requirements-dev.lock
