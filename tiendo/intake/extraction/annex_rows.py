"""Entries of annex tables as the reading contract has them: tasks and indicators, in document order."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from gettext import gettext as _

from tiendo.intake.extraction import deliverables
from tiendo.intake.extraction.agencies import Directory
from tiendo.intake.extraction.cells import Entry
from tiendo.intake.extraction.columns import Columns
from tiendo.intake.extraction.dates import find_points
from tiendo.intake.extraction.deadlines import parse_due
from tiendo.intake.extraction.headers import year_in
from tiendo.intake.extraction.marks import without_footnotes
from tiendo.intake.extraction.parties import take_apart
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.extraction.tables import AnnexTable
from tiendo.intake.extraction.target_cells import ASPIRATION, parse_target

TICK = re.compile(r"^[xXvV✓✔√●•+]$")
GIVEN_TO = re.compile(r"^(?:(?:các )?nhiệm vụ )?(?:giao(?: cho)?|của)\s|:$", re.IGNORECASE)
UNIT_IN_NAME = re.compile(r"\((?:(?:đơn vị(?: tính)?|đvt)\s*:\s*)?(?P<unit>[^()\d]{1,25})\)\s*$", re.IGNORECASE)

Data = dict[str, object]


def rows_of(
    tables: Sequence[AnnexTable], directory: Directory, issued_on: date | None = None
) -> tuple[list[Data], list[Data]]:
    """Tasks and indicators of every annex table; deadlines may be counted from the document's day, `issued_on`."""
    tasks: list[Data] = []
    indicators: list[Data] = []
    for table in tables:
        for entry in table.entries:
            if table.columns.kind == "task":
                tasks.append(_task(f"{table.label}#{len(tasks) + 1}", entry, table.columns, directory, issued_on))
            else:
                indicators.append(_indicator(f"{table.label}#{len(indicators) + 1}", entry, table.columns, directory))
    return tasks, indicators


def _agencies(text: str, directory: Directory) -> list[dict[str, str | None]]:
    return [mention.as_json() for mention in directory.split(without_footnotes(text))]


def _source(entry: Entry) -> dict[str, int | str | None]:
    at = entry.position
    return {"page": at.page, "table": at.table, "row": at.row, "line": at.line, "sheet": at.sheet}


def _given(text: str | None) -> str | None:
    return without_footnotes(one_line(text)) or None if text else None


def _shared(identity: str, entry: Entry) -> Data:
    """What tasks and indicators have alike."""
    return {
        "id": identity,
        "number": entry.mark.printed,
        "group": entry.group,
        "groups": list(entry.groups),
        "parent": entry.parent,
        "source": _source(entry),
        "note": _given(entry.cells.get("note")),
        "inherits": _inherits(entry),
        "doubts": list(entry.doubts),
        "other": [{"head": head, "text": one_line(text)} for head, text in entry.others.items()],
    }


def _inherits(entry: Entry) -> list[str]:
    """Inherited parts under the names the contract has for them."""
    names = {"parties": "lead", "start": "due", "end": "due", "name": "title"}
    return sorted({names.get(role, role) for role in entry.inherits})


def _task(identity: str, entry: Entry, columns: Columns, directory: Directory, issued_on: date | None) -> Data:
    cells = entry.cells
    led, partners = _parties(entry)
    product, when = _delivered(entry, columns)
    due, lead = parse_due(without_footnotes(when), issued_on), _lead(led, entry, columns, directory)
    return {
        **_shared(identity, entry),  # after all that the entry has learned above
        "title": _given(cells.get("title")),
        "lead": lead,
        "coordinating": _agencies(partners, directory),
        "product": _given(product),
        "due": due.as_json(),
        "code": _given(cells.get("code")),
        "head": _given(cells.get("head")),
        "authority": _given(cells.get("authority")),
        "supervising": _agencies(cells.get("supervising", ""), directory),
        "lacks": _lacks(cells, bool(lead), due.kind == "missing"),
        "doubts": list(entry.doubts),
    }


def _lead(led: str, entry: Entry, columns: Columns, directory: Directory) -> list[dict[str, str | None]]:
    """Who leads; where no column says so, the heading that names nothing but an agency does."""
    if led.strip() or not entry.group or {"lead", "parties"} & columns.at.keys():
        return _agencies(led, directory)
    named = _agencies(GIVEN_TO.sub("", entry.group), directory)
    if not named or not all(agency["unit"] for agency in named):
        return []
    entry.inherits.append("lead")
    return named


def _parties(entry: Entry) -> tuple[str, str]:
    """Who leads and who coordinates; a cell that names both is taken apart where its own words allow."""
    cells = entry.cells
    both, partners = cells.get("parties", ""), cells.get("coordinating", "")
    lead = cells.get("lead", "") or both
    apart = take_apart(lead) if not partners.strip() else None
    if apart:
        return apart
    if both and not cells.get("lead"):
        entry.doubts.append(_("Ô ghi chung cơ quan chủ trì và phối hợp; hãy chọn cơ quan chủ trì."))
    return lead, partners


def _delivered(entry: Entry, columns: Columns) -> tuple[str | None, str]:
    """The product and the deadline; one column may head both: "Sản phẩm/Thời hạn"."""
    product, when = entry.cells.get("product"), _due_text(entry)
    apart = deliverables.take_apart(product) if product and columns.times_products and not when else None
    return apart or (product, when)


def _due_text(entry: Entry) -> str:
    """The deadline as printed; columns of beginning and end make one range, ticked years a run of years."""
    cells = entry.cells
    start, end = one_line(cells.get("start", "")), cells.get("end", "") or cells.get("due", "")
    if entry.path and not end and "title" in cells:
        return _ticked(entry.path)
    if start and one_line(end):
        return start if start == one_line(end) else f"{start} – {one_line(end)}"
    return f"từ {start}" if start else end


def _ticked(path: Mapping[str, str]) -> str:
    """Ticked years as a run, ticked months and quarters one by one."""
    ticked = [time for time, text in path.items() if TICK.match(text)]
    if not ticked:
        return "; ".join(f"{text} {time if time[0].isalpha() else f'năm {time}'}" for time, text in path.items())
    if len(ticked) == 1:
        return ticked[0]
    return f"{ticked[0]} – {ticked[-1]}" if ticked[0].isdigit() else ", ".join(ticked)


def _lacks(cells: Mapping[str, str], led: bool, undated: bool) -> list[str]:
    """Which of the six the row leaves unsaid."""
    missing = {
        "viec": not cells.get("title"),
        "nguoi": not led,
        "thoi_gian": undated,
        "trach_nhiem": not cells.get("head"),
        "san_pham": not cells.get("product"),
        "tham_quyen": not cells.get("authority"),
    }
    return [name for name, lacking in missing.items() if lacking]


def _indicator(identity: str, entry: Entry, columns: Columns, directory: Directory) -> Data:
    cells = entry.cells
    target, horizon = _target(entry, columns)
    baseline, due = one_line(entry.baseline), parse_due(without_footnotes(_due_text(entry)))
    return {
        **_shared(identity, entry),
        "name": _given(cells.get("name")),
        "unit_text": _given(cells.get("unit_text")) or _unit_in_name(cells.get("name", ""), columns),
        "target": _aimed(target, cells.get("name", "")),
        "horizon": horizon,
        "due": due.as_json() if due.raw else None,
        "path": [{"year": year, "target": parse_target(without_footnotes(text))} for year, text in entry.path.items()],
        "baseline": {"raw": baseline, "year": columns.baseline_year} if baseline else None,
        "lead": _agencies(cells.get("lead", "") or cells.get("parties", ""), directory),
        "coordinating": _agencies(cells.get("coordinating", ""), directory),
    }


def _aimed(target: str, name: str) -> dict[str, object]:
    """The target cell; words of hope in the name ("Phấn đấu tỷ lệ …") count as if they stood in the cell (R041)."""
    read = parse_target(without_footnotes(target))
    return read | {"firm": bool(read["firm"]) and not ASPIRATION.search(name)}


def _target(entry: Entry, columns: Columns) -> tuple[str, str | None]:
    """The target cell and its year: of several years the last that says anything; else the year of the group."""
    own = entry.cells.get("target", "")
    last = columns.path[-1][0] if columns.path else None
    if not own and entry.path:
        last = next(reversed(entry.path))
        return entry.path[last], last
    if own and columns.path and columns.at.get("target") == columns.path[-1][1]:
        return own, last
    return own, columns.horizon or _horizon(entry)


def _horizon(entry: Entry) -> str | None:
    """A time in the row itself, or "Đến năm 2030" as a group row, says the year an indicator aims at."""
    for text in (entry.cells.get("due", ""), *reversed(entry.groups)):
        points = find_points(text)
        if points:
            return str(points[-1].last.year)
        if year_in(text):
            return year_in(text)
    return None


def _unit_in_name(name: str, columns: Columns) -> str | None:
    """A unit in brackets behind the name counts where the table has no column of units."""
    found = UNIT_IN_NAME.search(one_line(name)) if "unit_text" not in columns.at else None
    return found["unit"].strip() if found else None
