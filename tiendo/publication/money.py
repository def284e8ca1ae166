"""What the public reads of money: sums that finance confirmed, by year and source, and the share of the budget. Pure.

Everything here is counted from confirmed lines alone. A kind of money without a line is None: "no figure", never 0.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tiendo.budget.money import Kind, Line, Rate, Sums, rate_of, sums_of, total_of
from tiendo.budget.share import Share, Sum
from tiendo.budget.shipped import UNSPLIT

Row = Mapping[str, Any]
Record = dict[str, Any]


def years_of(
    rows: Iterable[Row], *, clean: Callable[[str | None], str | None], day_of: Callable[[datetime], date]
) -> list[Record]:
    """A task's confirmed lines as years, the newest first, each with its sources; JSON-ready."""
    by_year: dict[int, dict[tuple[str, str], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_year[row["year"]][row["source__code"], row["unit__code"]].append(row)
    return [
        {
            "year": year,
            **_amounts(sums_of(_line(row) for held in sources.values() for row in held)),
            "sources": [_source(held, clean, day_of) for held in sources.values()],
        }
        for year, sources in sorted(by_year.items(), reverse=True)
    ]


def _source(
    rows: Sequence[Row], clean: Callable[[str | None], str | None], day_of: Callable[[datetime], date]
) -> Record:
    """One source of one unit: its amounts, the papers they rest on, and when finance confirmed them."""
    first = rows[0]
    papers = dict.fromkeys(paper for row in rows if (paper := clean(row["document"])))
    return {
        "code": first["source__code"],
        "name": first["source__name"],
        "unit": {"code": first["unit__code"], "name": first["unit__name"]},
        **_amounts(sums_of(_line(row) for row in rows)),
        "documents": list(papers),
        "confirmed_on": max(day_of(row["decided_at"]) for row in rows).isoformat(),
    }


def _line(row: Row) -> Line:
    return Line(Kind(row["kind"]), row["amount"], row["as_of"])


def _amounts(sums: Sums) -> Record:
    return {
        **{kind.value: _text(sums.of(kind)) for kind in Kind},
        "as_of": sums.last_day.isoformat() if sums.last_day else None,
    }


def summary_of(
    records: Iterable[Record], shares: Iterable[Share], *, clean: Callable[[str | None], str | None]
) -> Record:
    """Money of all public tasks together, from their records as they are published, and the share of the budget."""
    by_year: dict[int, list[tuple[str, Record]]] = defaultdict(list)
    tasks: dict[int, set[str]] = defaultdict(set)
    for record in records:
        for year in record["resources"]["years"]:
            tasks[year["year"]].add(record["code"])
            by_year[year["year"]] += [(record["code"], source) for source in year["sources"]]
    return {
        "years": [_year(year, by_year[year], tasks=len(tasks[year])) for year in sorted(by_year, reverse=True)],
        "share": [_share(each, clean) for each in shares],
    }


def _year(year: int, told: Sequence[tuple[str, Record]], *, tasks: int) -> Record:
    by_source: dict[str, list[tuple[str, Record]]] = defaultdict(list)
    for code, source in told:
        by_source[source["code"]].append((code, source))
    return {
        "year": year,
        "tasks": tasks,
        **_total(told),
        "sources": [
            {"code": code, "name": held[0][1]["name"], **_total(held)}
            for code, held in sorted(by_source.items(), key=_in_order)
        ],
    }


def _in_order(held: tuple[str, list[tuple[str, Record]]]) -> tuple[bool, str]:
    """By name; money of no source comes last."""
    code, told = held
    return code == UNSPLIT, told[0][1]["name"]


def _total(told: Iterable[tuple[str, Record]]) -> Record:
    """Sums, and the rate over tasks and units; the sources of one count together."""
    merged: dict[tuple[str, str], list[Sums]] = defaultdict(list)
    for code, source in told:
        merged[code, source["unit"]["code"]].append(_sums(source))
    cells = [total_of(held) for held in merged.values()]
    return {**_amounts(total_of(cells)), "rate": _rate(rate_of(cells))}


def _sums(source: Record) -> Sums:
    known = {kind.value: Decimal(source[kind.value]) if source[kind.value] is not None else None for kind in Kind}
    day = date.fromisoformat(source["as_of"]) if source["as_of"] else None
    return Sums(**known, first_day=day, last_day=day)


def _rate(rate: Rate) -> Record:
    return {
        "percent": _text(rate.percent),
        "reason": rate.reason.value if rate.reason else None,
        "silent": rate.silent,
        "unallocated": rate.unallocated,
    }


def _share(share: Share, clean: Callable[[str | None], str | None]) -> Record:
    """One year of the 3 % rule on one basis, with both sums and their papers."""
    sums = share.sums
    return {
        "year": sums.year,
        "basis": sums.basis.value,
        "percent": _text(share.percent),
        "reason": share.reason.value if share.reason else None,
        "is_below": share.is_below,
        "fell": share.fell,
        "before": _text(share.before),
        "total": _sum(sums.total, clean),
        "science": _sum(sums.science, clean),
    }


def _sum(given: Sum | None, clean: Callable[[str | None], str | None]) -> Record | None:
    return {"amount": _text(given.amount), "document": clean(given.document)} if given else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
