#!/usr/bin/env bash
# Every test: the suite on SQLite, the same on PostgreSQL, then whole journeys in a browser.
# Stops at the first failing run, so the last line printed is always the one that matters.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/debian.sh

scripts/setup.sh dev
need chromium chromium
need poppler-utils pdftotext
need gettext xgettext
wish libreoffice-writer-nogui soffice "kiểm thử đọc tệp .doc và .rtf"
wish tesseract-ocr-vie '/usr/share/tesseract-ocr/*/tessdata/vie.traineddata' "kiểm thử nhận dạng chữ bản quét"
need postgresql '/usr/lib/postgresql/*/bin/initdb'

# Without bytecode every program that a test starts would first be compiled anew, a second or two each time.
unset DATABASE_URL PYTHONDONTWRITEBYTECODE
say "Bộ kiểm thử trên SQLite"
.venv/bin/python -m pytest -v -n 2 -m "not browser"
say "Bộ kiểm thử trên PostgreSQL"
# What asks no database is left out by tests/conftest.py; the English of every page and the year of reports are long
# and say the same on either: once is enough.
once=(tests/test_messages.py tests/year)
scripts/postgres.sh .venv/bin/python -m pytest -v -n 2 -m "not browser" --create-db "${once[@]/#/--ignore=}"
say "Kiểm thử bằng trình duyệt"
# Two browsers side by side, each with a server and a data folder of its own; the journeys of a file stay together.
.venv/bin/python -m pytest -v -n 2 --dist loadfile -m browser
