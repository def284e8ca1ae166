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
# A new catalogue calls its head doubtful, and a doubtful catalogue is not compiled.
sed -i '1,10{/^#, fuzzy$/d}' tiendo/locale/en/LC_MESSAGES/django.po
scripts/setup.sh base
