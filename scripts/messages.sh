#!/usr/bin/env bash
# Brings the English catalogue up to date with the words in the code, and compiles it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/debian.sh

scripts/setup.sh base
need gettext xgettext
mkdir -p tiendo/locale
cd tiendo
DJANGO_SETTINGS_MODULE=tiendo.config.settings ../.venv/bin/python -m django makemessages \
    -l en --no-wrap --no-location --ignore "static/*"
cd ..
catalogue=tiendo/locale/en/LC_MESSAGES/django.po
msgattrib --no-obsolete --no-wrap --output-file "$catalogue" "$catalogue"
# A new catalogue calls its head doubtful, and a doubtful catalogue is not compiled; a date would make each run a change.
sed -i '1,10{/^#, fuzzy$/d};/^"POT-Creation-Date:/d;/^"PO-Revision-Date:/d;/^"Generated-By:/d' "$catalogue"
# Says how many are still untranslated or guessed (fuzzy).
msgfmt --statistics --check-format --output-file /dev/null "$catalogue"
scripts/setup.sh base
