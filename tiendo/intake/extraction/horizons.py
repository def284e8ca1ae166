"""The year a passage aims at when a heading or an opening line says it for all that follow: "1. Đến năm 2030"."""

import re

from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.deadlines import Due
from tiendo.intake.extraction.structure import Tree

AIMS = re.compile(
    r"^(?:(?:các\s+)?(?:mục tiêu|chỉ tiêu|tầm nhìn|định hướng)\b[^.;:]{0,80}?\s?)?"
    r"(?:phấn đấu\s+)?(?:(?:đến|hết|đến hết|trong|giai đoạn|tới|từ)\s+)*(?=(?:năm\s+|quý\s+|tháng\s+)?[\dIVX])",
    re.IGNORECASE,
)
OPENS = re.compile(r":\s*$")
LONGEST_OPENING = 200


def horizons(tree: Tree) -> dict[str, Due]:
    """Item → the deadline that the nearest heading above it, or the opening line before it, sets for its aims."""
    of_section = {section.id: due for section in tree.sections if (due := _aim(section.title))}
    found: dict[str, Due] = {}
    opened: tuple[str | None, Due] | None = None
    for item in tree.items:
        if opened and opened[0] != item.section:
            opened = None
        if len(item.text) <= LONGEST_OPENING and OPENS.search(item.text):
            due = _aim(item.text)
            opened = (item.section, due) if due else None
        above = opened[1] if opened else _of_branch(of_section, item.section)
        if above:
            found[item.id] = above
    return found


def _of_branch(of_section: dict[str, Due], section: str | None) -> Due | None:
    path = section or ""
    while path:
        if path in of_section:
            return of_section[path]
        path = path.rpartition(".")[0]
    return None


def _aim(words: str) -> Due | None:
    """The end of the time that a heading names at its beginning, or after "mục tiêu"; None for any other heading."""
    start = AIMS.match(words)
    points = [point for point in find_points(words) if start and point.start <= start.end() < point.end]
    if not points:
        return None
    last = points[-1]
    return Due(words[last.start : last.end], "period_end", on=last.last)
