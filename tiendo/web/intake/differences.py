"""What changed between two wordings, word by word: kept, taken out, put in. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 1_500  # beyond this two texts stand whole, one after the other


@dataclass(frozen=True)
class Run:
    """A stretch of text: `kind` is "same", "out" (stood before) or "in" (stands now)."""

    kind: str
    text: str


def differences(was: str, now: str) -> tuple[Run, ...]:
    """Both wordings in one line of runs; words that did not change stand once."""
    if was == now:
        return (Run("same", now),) if now else ()
    before, after = WORDS.findall(was), WORDS.findall(now)
    if len(before) + len(after) > MOST_WORDS:
        return tuple(run for run in (Run("out", was), Run("in", now)) if run.text)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    runs: list[Run] = []
    for act, from_, to, start, end in matcher.get_opcodes():
        if act == "equal":
            runs.append(Run("same", "".join(before[from_:to])))
            continue
        runs += [Run("out", "".join(before[from_:to])), Run("in", "".join(after[start:end]))]
    return tuple(run for run in runs if run.text)
