"""Spelling keys: one key for a word however its tone mark is placed, its case, or its spaces."""

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
SPACES = re.compile(r"\s+")


def word_key(word: str) -> str:
    """Lower-case word with its tone moved to the end, so that hoá and hóa have one key."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)) + tone


def phrase_key(text: str) -> str:
    """Key of a phrase: each word's key, joined by single spaces, without surrounding punctuation."""
    words = SPACES.split(text.replace("&", " và ").strip(" \t\n.,;:()*"))
    return " ".join(word_key(word) for word in words if word)


def one_line(text: str) -> str:
    """The text on one line with single spaces."""
    return SPACES.sub(" ", text).strip()
