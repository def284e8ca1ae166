"""Rows of an annex that stand side by side: lists "a)", "b)" in which all are tasks, agencies said once for several."""

from collections.abc import Sequence
from gettext import gettext as _

from tiendo.intake.extraction.cells import Entry, Line
from tiendo.intake.extraction.columns import Columns
from tiendo.intake.extraction.marks import split_label
from tiendo.intake.extraction.spelling import one_line
from tiendo.ui.sentences import Sentence


def listed_tasks(lines: Sequence[Line], name: str) -> set[int]:
    """Rows "a)", "b)", "c)" of lists in which one row gives something of its own: then they are tasks alike."""
    found: set[int] = set()
    run: list[int] = []
    given = False
    for index, line in enumerate(lines):
        letter = _letter(line, name)
        if letter is None and line.mark.style in {"none", "bullet"} and not line.filled:
            continue
        if letter in {None, "a"}:
            run, given = [], False
        if letter is not None:
            run.append(index)
            given = given or bool(line.filled or line.path)
        if given:
            found.update(run)
            run = []
    return found


def _letter(line: Line, name: str) -> str | None:
    """The letter that a row is numbered by, in its own cell or in front of its name."""
    mark = line.mark if line.mark.style != "none" else split_label(one_line(line.texts.get(name, "")))[0]
    own = "number" in line.own or (line.mark.style == "none" and name in line.own)
    return mark.text if mark.style == "letter" and own else None


def share_lead(entry: Entry, line: Line, above: Entry, columns: Columns) -> None:
    """Where merged cells were lost, a blank agency beside something to deliver is the one above, and the entry says so.

    So where no number stands either, or where agencies stand left of the names.
    """
    role = next((role for role in ("lead", "parties") if role in columns.at), None)
    if role is None or columns.kind != "task" or not line.filled & {"due", "end", "product"}:
        return
    if entry.cells.get(role) or not above.cells.get(role) or entry.groups != above.groups:
        return
    beside = entry.mark.style in {"none", "number", "code"} and len(entry.mark.parts) == len(above.mark.parts)
    if entry.loose or (beside and columns.at[role] < columns.at[columns.name]):
        entry.cells[role] = above.cells[role]
        entry.inherits.append(role)
        message = _("Ô cơ quan để trống, được hiểu là “{text}” như dòng trên; hãy kiểm tra lại.")
        entry.doubts.append(Sentence.of(message, text=one_line(above.cells[role])))
