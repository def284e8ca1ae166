"""From a reading to proposals: what the document says, one thing a proposal. Pure; nothing is added to what was read.

`printed` of each kind (all values JSON; null is "not in the document"):
  document   {kind, symbol, number, issuer, place, issued_on, title, signer, recipients}
  section    {id, number, level, title}
  item       {id, section, kind, text, targets [{measure, amount, firm, horizon}]}
  task       {item, number, title, description, group, lead [{text, unit}], coordinating [..], product, due, quotes}
  indicator  {number, name, group, unit_text, target, horizon, lead}
  annex      {label, present, mentioned_in}
  repair     {item, printed, proposed, reason, kind, confidence}

`where` is {"lines": [first, last]} in the printed lines, with page, table, row and sheet beside it where there are any;
"ocr" says that a machine told the letters from a picture.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tiendo.intake.extraction.reading import first_line
from tiendo.orgs.words import fold

TASK_BRANCH = re.compile(r"^(?:(?:cac|nhung|mot so|noi dung|nhom|phan cong)\s){0,3}(?:nhiem vu|giai phap|cong viec)\b")
CLAUSE_BRANCH = re.compile(r"^(?:to chuc thuc hien|trach nhiem thuc hien|phan cong thuc hien)\b")
TITLE_LENGTH = 140
RECOGNISED = ("document", "task", "indicator")  # kinds to look at again when their page is a picture

Reading = dict[str, Any]


@dataclass(frozen=True)
class Proposed:
    """One proposal before it is stored; `sure` is False when a person should look twice.

    Of a file that would amend a plan: `change` is added, changed, removed or same, `current` what the plan has now in
    the shape of `printed`, `current_ref` the task's code or the item's path; `left_out` says that a person left the
    same thing out of the plan before. `twins` are likely twins in other plans.
    """

    kind: str
    key: str
    printed: dict[str, Any]
    where: dict[str, Any]
    sure: bool = True
    change: str = ""
    current: dict[str, Any] | None = None
    current_ref: str = ""
    left_out: bool = False
    twins: tuple[dict[str, Any], ...] = ()


def propose(reading: Reading) -> list[Proposed]:
    """Every proposal of a reading, in reading order within each kind; keys are unique within a kind."""
    found = [
        Proposed("document", "document", dict(reading["document"]), {}),
        *_sections(reading),
        *_items(reading),
        *_prose_tasks(reading),
        *_row_tasks(reading),
        *_indicators(reading),
        *_annexes(reading),
        *_repairs(reading),
    ]
    pages = frozenset(reading["file"].get("recognised") or ())
    return _unique([_seen(each, pages) for each in found] if pages else found)


def task_sections(titles: Mapping[str, str]) -> dict[str, str]:
    """Of sections by path → title, those that stand in the part on tasks: tasks are counted under them."""
    return {path: title for path, title in titles.items() if _is_under(path, titles, TASK_BRANCH)}


def short(text: str, limit: int = TITLE_LENGTH) -> str:
    """The first sentence or clause, cut at a word within the limit; the full text stays in the description."""
    first = text.replace("\n", " ").strip()
    for stop in (". ", "; "):
        head = first.split(stop)[0]
        if len(head) <= limit:
            return head.rstrip(".;")
        first = head
    cut = first[:limit].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:") + "…"


def _is_under(section_id: str | None, titles: Mapping[str, str], branch: re.Pattern[str]) -> bool:
    """Whether a section, or one it stands in, has such a title (folded)."""
    parts = (section_id or "").split(".")
    above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return any(branch.match(fold(titles.get(path, ""))) for path in above)


def _lines(printed: Any) -> dict[str, Any]:
    """A position as proposals keep it: printed lines of a text, blocks of a Word file, counted alike."""
    if not isinstance(printed, dict):
        return {"lines": [first_line(printed), printed[1]]}
    page = {"page": printed["page"]} if printed.get("page") else {}
    return {"lines": [first_line(printed), printed["last_block"]], **page}


def _seen(each: Proposed, pages: frozenset[int]) -> Proposed:
    """What a machine told from a picture is for a person to compare: `where` says so, and it is not sure."""
    if each.kind not in RECOGNISED or (each.where and each.where.get("page") not in pages):
        return each
    return replace(each, sure=False, where={**each.where, "ocr": True})


def _row(source: dict[str, Any]) -> dict[str, Any]:
    """The place of a table row: its printed line and, beside it, page, table and row."""
    return {
        "lines": [source["line"], source["line"]],
        **{name: source[name] for name in ("page", "table", "row", "sheet")},
    }


def _sections(reading: Reading) -> Iterator[Proposed]:
    for section in reading["sections"]:
        printed = {name: section.get(name) for name in ("id", "number", "level", "title")}
        yield Proposed("section", section["id"], printed, _lines(section["lines"]))


def _items(reading: Reading) -> Iterator[Proposed]:
    """Passages, each with the targets its words set: firm ones and those only hoped for (R041)."""
    aims: dict[str, list[dict[str, Any]]] = {}
    for target in reading["targets"]:
        on = (target.get("due") or {}).get("on")
        told = {name: target.get(name) for name in ("measure", "amount", "firm")}
        aims.setdefault(target["item"], []).append(told | {"horizon": on[:4] if on else None})
    for item in reading["items"]:
        printed = {name: item.get(name) for name in ("id", "section", "kind", "text")}
        printed |= {"targets": aims[item["id"]]} if item["id"] in aims else {}
        yield Proposed("item", item["id"], printed, _lines(item["lines"]))


def _prose_tasks(reading: Reading) -> Iterator[Proposed]:
    """Bullets under "nhiệm vụ" are tasks; clauses of "tổ chức thực hiện" may be, so they are marked unsure.

    A paper without either part ("Công điện", "Thông báo kết luận") assigns where it charges an agency: unsure too.
    Who leads is never certain in prose, so a bullet that seems to name its lead is unsure as well.
    """
    titles = {section["id"]: section["title"] for section in reading["sections"]}
    divided = any(TASK_BRANCH.match(fold(title)) or CLAUSE_BRANCH.match(fold(title)) for title in titles.values())
    dues = _dues(reading)
    for item in reading["items"]:
        is_bullet = item["kind"] == "bullet" and _is_under(item["section"], titles, TASK_BRANCH)
        is_clause = item["kind"] == "clause" and _is_under(item["section"], titles, CLAUSE_BRANCH)
        charges = item["kind"] in ("bullet", "clause") and bool((item.get("agencies") or {}).get("lead"))
        if is_bullet or is_clause or (charges and not divided):
            printed = _task_of_item(item, dues.get(item["id"]), is_bullet)
            sure = is_bullet and not printed["lead"] and not _doubted_due(printed)
            yield Proposed("task", item["id"], printed, _lines(item["lines"]), sure=sure)


def _task_of_item(item: dict[str, Any], due: dict[str, Any] | None, grouped: bool) -> dict[str, Any]:
    agencies = item.get("agencies") or {}
    named = {role: agencies.get(role, []) for role in ("lead", "coordinating")}
    quotes = {"title": item["text"], "description": item["text"], "due": due["quote"] if due else None}
    return {
        "item": item["id"],
        "number": None,
        "title": short(item["text"]),
        "description": item["text"],
        "group": item["section"] if grouped else None,
        **named,
        "product": None,
        "due": due["due"] if due else None,
        "quotes": _given(quotes | _named_quotes(named)),
    }


def _dues(reading: Reading) -> dict[str, dict[str, Any]]:
    """The first deadline that an item's prose gives."""
    found: dict[str, dict[str, Any]] = {}
    for deadline in reading["deadlines"]:
        found.setdefault(deadline["item"], deadline)
    return found


def _row_tasks(reading: Reading) -> Iterator[Proposed]:
    for row in reading["tasks"]:
        named = {role: row.get(role) or [] for role in ("lead", "coordinating")}
        title = row["title"] or ""
        printed = {
            "item": None,
            "number": row.get("number"),
            "title": short(title),
            "description": title,
            "group": row.get("group"),
            **named,
            "product": row.get("product"),
            "due": row.get("due"),
            "quotes": _row_quotes(row, named),
        }
        sure = bool(title) and _all_known(named) and not _doubted(row) and not _doubted_due(row)
        yield Proposed("task", row["id"], printed, _row(row["source"]), sure=sure)


def _row_quotes(row: dict[str, Any], named: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    quotes = {
        "title": row["title"],
        "description": row["title"],
        "product": row.get("product"),
        "due": (row.get("due") or {}).get("raw"),
    }
    return _given(quotes | _named_quotes(named))


def _named_quotes(named: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    return {role: "; ".join(agency["text"] for agency in agencies) for role, agencies in named.items()}


def _given(quotes: dict[str, str | None]) -> dict[str, str]:
    return {name: quote for name, quote in quotes.items() if quote}


def _doubted(row: Mapping[str, Any]) -> bool:
    """Whether the reader itself doubts the row, or filled a cell from elsewhere."""
    return bool(row.get("doubts") or row.get("inherits"))


def _doubted_due(row: Mapping[str, Any]) -> bool:
    """Whether a deadline was read with an assumption, or is wrong as printed."""
    return bool((row.get("due") or {}).get("note"))


def _all_known(named: dict[str, list[dict[str, Any]]]) -> bool:
    return all(agency["unit"] is not None for agencies in named.values() for agency in agencies)


def _indicators(reading: Reading) -> Iterator[Proposed]:
    for row in reading["indicators"]:
        printed = {
            name: row.get(name) for name in ("number", "name", "group", "unit_text", "target", "horizon", "lead")
        }
        sure = bool(row["name"]) and _all_known({"lead": row.get("lead") or []}) and not _doubted(row)
        yield Proposed("indicator", row["id"], printed, _row(row["source"]), sure=sure)


def _annexes(reading: Reading) -> Iterator[Proposed]:
    lines = {item["id"]: item["lines"] for item in reading["items"]}
    for annex in reading["annexes"]:
        named = [lines[path] for path in annex["mentioned_in"] if path in lines]
        yield Proposed("annex", annex["label"], dict(annex), _lines(named[0]) if named else {})


def _repairs(reading: Reading) -> Iterator[Proposed]:
    places = {each["id"]: _lines(each["lines"]) for each in (*reading["sections"], *reading["items"])}
    places |= {row["id"]: _row(row["source"]) for row in reading["tasks"]}
    for place, repair in enumerate(reading["repairs"], 1):
        printed = {name: repair.get(name) for name in ("item", "printed", "proposed", "reason", "kind", "confidence")}
        where = places.get(repair["item"], {})
        yield Proposed("repair", f"{repair['item'] or 'document'}~{place}", printed, where, sure=bool(repair["sure"]))


def _unique(found: list[Proposed]) -> list[Proposed]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for each in found:
        if (each.kind, each.key) not in seen:
            seen.add((each.kind, each.key))
            kept.append(each)
    return kept
