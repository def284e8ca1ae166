"""From a reading to proposals: what the document says, one thing a proposal. Pure; nothing is added to what was read.

`printed` of each kind (all values JSON):
  document   {kind, symbol, number, issuer, place, issued_on, title, signer, recipients}
  section    {id, number, level, title}
  item       {id, section, kind, text}
  task       {item, number, title, description, group, lead [{text, unit}], coordinating [..], product, due, quotes}
  indicator  {number, name, group, unit_text, target, horizon, lead}
  annex      {label, present, mentioned_in}
  repair     {item, printed, proposed}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiendo.orgs.words import fold

TASK_BRANCH = "nhiem vu"
CLAUSE_BRANCH = "to chuc thuc hien"
TITLE_LENGTH = 140

Reading = dict[str, Any]


@dataclass(frozen=True)
class Proposed:
    kind: str
    key: str
    printed: dict[str, Any]
    where: dict[str, Any]
    sure: bool = True


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
    return _unique(found)


def branch_of(section_id: str, titles: dict[str, str]) -> str:
    """The folded title of the part (I, II, III …) a section stands in."""
    return fold(titles.get(section_id.split(".")[0], ""))


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


def _sections(reading: Reading) -> Iterator[Proposed]:
    for section in reading["sections"]:
        printed = {name: section.get(name) for name in ("id", "number", "level", "title")}
        yield Proposed("section", section["id"], printed, {"lines": section["lines"]})


def _items(reading: Reading) -> Iterator[Proposed]:
    for item in reading["items"]:
        printed = {name: item.get(name) for name in ("id", "section", "kind", "text")}
        yield Proposed("item", item["id"], printed, {"lines": item["lines"]})


def _prose_tasks(reading: Reading) -> Iterator[Proposed]:
    """Bullets under "nhiệm vụ" are tasks; clauses of "tổ chức thực hiện" may be, so they are marked unsure."""
    titles = {section["id"]: section["title"] for section in reading["sections"]}
    dues = _dues(reading)
    for item in reading["items"]:
        branch = branch_of(item["section"] or "", titles)
        is_bullet = branch.startswith(TASK_BRANCH) and item["kind"] == "bullet"
        is_clause = branch.startswith(CLAUSE_BRANCH) and item["kind"] == "clause"
        if is_bullet or is_clause:
            printed = _task_of_item(item, dues.get(item["id"]), is_bullet)
            yield Proposed("task", item["id"], printed, {"lines": item["lines"]}, sure=is_bullet)


def _task_of_item(item: dict[str, Any], due: dict[str, Any] | None, grouped: bool) -> dict[str, Any]:
    agencies = item.get("agencies") or {}
    return {
        "item": item["id"],
        "number": None,
        "title": short(item["text"]),
        "description": item["text"],
        "group": item["section"] if grouped else None,
        "lead": agencies.get("lead", []),
        "coordinating": agencies.get("coordinating", []),
        "product": None,
        "due": due["due"] if due else None,
        "quotes": {"description": item["text"], **({"deadline": due["quote"]} if due else {})},
    }


def _dues(reading: Reading) -> dict[str, dict[str, Any]]:
    """The first deadline that an item's prose gives."""
    found: dict[str, dict[str, Any]] = {}
    for deadline in reading["deadlines"]:
        found.setdefault(deadline["item"], deadline)
    return found


def _row_tasks(reading: Reading) -> Iterator[Proposed]:
    for place, row in enumerate(reading["tasks"], 1):
        named = {"lead": row.get("lead") or [], "coordinating": row.get("coordinating") or []}
        printed = {
            "item": None,
            "number": row.get("number"),
            "title": short(row["title"]),
            "description": row["title"],
            "group": row.get("group"),
            **named,
            "product": row.get("product"),
            "due": row.get("due"),
            "quotes": _row_quotes(row, named),
        }
        unknown = any(agency["unit"] is None for agency in (*named["lead"], *named["coordinating"]))
        yield Proposed("task", f"row-{place}", printed, dict(row["source"]), sure=not unknown)


def _row_quotes(row: dict[str, Any], named: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    quotes = {"description": row["title"], "product": row.get("product"), "deadline": (row.get("due") or {}).get("raw")}
    for role, agencies in named.items():
        quotes[role] = "; ".join(agency["text"] for agency in agencies)
    return {name: quote for name, quote in quotes.items() if quote}


def _indicators(reading: Reading) -> Iterator[Proposed]:
    for place, row in enumerate(reading["indicators"], 1):
        printed = {
            name: row.get(name) for name in ("number", "name", "group", "unit_text", "target", "horizon", "lead")
        }
        yield Proposed("indicator", f"row-{place}", printed, dict(row["source"]))


def _annexes(reading: Reading) -> Iterator[Proposed]:
    for annex in reading["annexes"]:
        yield Proposed("annex", annex["label"], dict(annex), {})


def _repairs(reading: Reading) -> Iterator[Proposed]:
    for place, repair in enumerate(reading["repairs"], 1):
        printed = {name: repair.get(name) for name in ("item", "printed", "proposed")}
        sure = repair.get("sure") in (True, "sure")
        yield Proposed("repair", f"{repair['item']}~{place}", printed, {}, sure=sure)


def _unique(found: list[Proposed]) -> list[Proposed]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for each in found:
        if (each.kind, each.key) not in seen:
            seen.add((each.kind, each.key))
            kept.append(each)
    return kept
