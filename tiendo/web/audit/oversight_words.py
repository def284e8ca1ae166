"""Words for the acts of reorganisation and oversight, a part of the one table in `words`."""

from django.utils.functional import Promise

OVERSIGHT_ACT_WORDS: dict[str, str | Promise] = {}
OVERSIGHT_PAGES: dict[str, str] = {}
