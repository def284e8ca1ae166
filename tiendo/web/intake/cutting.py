"""Where a long bullet may be cut into tasks: list marks, semicolons, sentences. Suggestions only; pure."""

import re

MARKS = re.compile(r"(?:^|\n)[ \t]*(?:[-–+•*]|[a-zđ]\)|\(?\d{1,2}[.)])[ \t]+")
SEMICOLON = re.compile(r";\s+")
SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[A-ZĐÀ-Ỹ])")
BLANK = re.compile(r"\n[ \t]*\n\s*")
LEAST = 12  # letters: a shorter piece is no task of its own
MOST = 30  # parts


def suggested_parts(text: str) -> list[str]:
    """The text in the pieces a person would most likely want: by list marks, else semicolons, else sentences."""
    for cut in (MARKS, SEMICOLON, SENTENCE):
        parts = _joined([part.strip(" \t\n;") for part in cut.split(text)])
        if len(parts) > 1:
            return parts[:MOST]
    return [text.strip()] if text.strip() else []


def parts_of(text: str) -> list[str]:
    """The pieces as a person wrote them: a blank line between two."""
    parts = [" ".join(part.split()) for part in BLANK.split(text.replace("\r\n", "\n").strip())]
    return [part for part in parts if part][:MOST]


def _joined(parts: list[str]) -> list[str]:
    """Pieces too short to stand alone go to the one before them."""
    found: list[str] = []
    for part in parts:
        if found and len(part) < LEAST:
            found[-1] = f"{found[-1]}; {part}" if part else found[-1]
        elif part:
            found.append(part)
    return found
