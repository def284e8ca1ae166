#!/usr/bin/env bash
# Leaves .venv/bin/tiendo. `setup.sh base` is what the program needs, `setup.sh dev` adds what its tests need.
# A second run finds the stamp of the first and does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/debian.sh

kind=${1:-base}
case $kind in
    base) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) say "Cách dùng: scripts/setup.sh [base|dev]"; exit 2 ;;
esac

python_ok() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in python3.11 python3 python3.12 python3.13; do
        if command -v "$name" >/dev/null && python_ok "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_environment() {
    local python
    if ! python=$(find_python); then
        need python3 /usr/bin/python3.11
        python=/usr/bin/python3.11
    fi
    # Debian ships Python without the piece that makes environments.
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        need python3-venv '/usr/lib/python3.*/ensurepip/__init__.py'
    fi
    say "Tạo môi trường Python trong .venv"
    rm -rf .venv
    "$python" -m venv .venv
}

stamp_of() { sha256sum "$1" pyproject.toml | sha256sum | cut -d' ' -f1; }

stamped() { [ "$(cat ".venv/.stamp-$1" 2>/dev/null)" = "$(stamp_of "$2")" ] && [ -x .venv/bin/tiendo ]; }

install_packages() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    say "Cài thư viện Python theo $lock (kiểm tra mã băm từng tệp)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock" >&2
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps -e . >&2
    stamp_of "$lock" >".venv/.stamp-$kind"
    # The tests' list holds the program's list.
    [ "$kind" = base ] || stamp_of requirements.lock >.venv/.stamp-base
}

compile_catalogues() {
    local source
    for source in tiendo/locale/*/LC_MESSAGES/django.po; do
        [ -e "$source" ] || continue
        [ "${source%.po}.mo" -nt "$source" ] && continue
        .venv/bin/pybabel -q compile -i "$source" -o "${source%.po}.mo"
        [ -e "${source%.po}.mo" ] || { say "Không biên dịch được bản dịch $source."; exit 1; }
    done
}

.venv/bin/python -c '' 2>/dev/null || make_environment
stamped "$kind" "$lock" || install_packages
compile_catalogues
# Official papers are set in a face with every Vietnamese letter.
need fonts-liberation2 /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf
