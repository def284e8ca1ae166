"""Spelling keys: one key for a word however its tone mark is placed, its case, or its spaces."""

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
SPACES = re.compile(r"\s+")
LETTERS = [chr(code) for code in (*range(0xC0, 0x180), 0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA))]
CAPITALS = "".join(letter for letter in LETTERS if letter.isupper())
SMALL = "".join(letter for letter in LETTERS if letter.islower())


def pattern(text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A regular expression in which `À-Ỹ` stands for the marked capitals and `à-ỹ` for the marked small letters.

    Unicode mixes the two in one run, so the ranges themselves would match both.
    """
    return re.compile(text.replace("À-Ỹ", CAPITALS).replace("à-ỹ", SMALL), flags)


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
