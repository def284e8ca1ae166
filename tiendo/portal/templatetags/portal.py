"""Parts that several public pages share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tiendo.calendars.deadlines import Cell
from tiendo.indicators.spans import span_of
from tiendo.indicators.wording import value_words as measured
from tiendo.plans.timeline import told
from tiendo.portal.indicator_words import value_words
from tiendo.publication.indicator_records import decimal
from tiendo.publication.models import PublishedIndicator, PublishedTask
from tiendo.publication.records import charged_in
from tiendo.ui.saying import said

register = template.Library()

TONES = {Cell.DONE_ON_TIME: "accent", Cell.OPEN_OVERDUE: "danger"}


@register.filter
def iso_day(text: str | None) -> date | None:
    """The date a released record writes as ISO text; None stays None."""
    return date.fromisoformat(text) if text else None


@register.filter
def history_words(line: Mapping[str, Any]) -> str:
    """What a line of a task's history tells, in the reader's language."""
    return said(told(line["what"], line["values"]))


@register.filter
def shared_with(task: PublishedTask, code: str) -> str:
    """The groups through which a unit shares a task, under the words of the document."""
    groups = (each for each in charged_in(task.data) if any(unit["code"] == code for unit in each.get("members", ())))
    return "; ".join(dict.fromkeys(each["name"] for each in groups))


@register.filter
def span_words(period: str) -> str:
    """A period by its code in words: "2025-Q3" → "quý III/2025"."""
    return said(span_of(period).name)


@register.filter
def indicator_value(row: PublishedIndicator) -> str:
    """The latest figure of an indicator as it is written: with its unit, or the level by its name."""
    latest = row.data["latest"]
    return value_words(latest, row.data) if latest else ""


@register.filter
def objective_value(row: Mapping[str, Any]) -> str:
    """The value of a programme's objective, as it was published, with its unit."""
    value = decimal(row["value"])
    return "" if value is None else said(measured(value, row["unit_text"] or "", row.get("levels") or ()))


@register.inclusion_tag("portal/cells.html")
def cells(counts: Mapping[str, int], **narrowed: Any) -> dict[str, object]:
    """The four official numbers, each opening the list it counts, narrowed to a group, plan or lead agency."""
    tasks, given = reverse("portal:task-list"), {name: value for name, value in narrowed.items() if value}
    return {
        "cells": [
            (
                _(cell.label),
                counts[cell],
                f"{tasks}?{urlencode({'cell': cell.value, **given})}",
                TONES.get(cell, "") if counts[cell] else "",
            )
            for cell in Cell
        ]
    }


@register.filter
def paper_number(paper: Mapping[str, Any]) -> str:
    """A document's number with its symbol, "68/KH-UBND"; empty when the number was left blank."""
    number, symbol = paper["number"], paper["symbol"] or ""
    if not number or symbol.startswith(number):
        return symbol if number else ""
    return f"{number}/{symbol.lstrip('/')}" if symbol else str(number)


@register.filter
def numbered(number: str | None) -> str:
    """The number before a heading: "III" → "III. ", "a)" → "a) "; nothing without one."""
    if not number:
        return ""
    return f"{number} " if number.endswith((".", ")")) else f"{number}. "


@register.filter
def where_words(where: Mapping[str, Any] | None) -> str:
    """Where a passage stands in its document, in words: lines of a text, or page, table and row of an annex."""
    if not where:
        return ""
    if where.get("lines") and where.get("row") is None:
        first, last = where["lines"]
        words = _("dòng %(first)s") if first == last else _("dòng %(first)s–%(last)s")
        return words % {"first": first, "last": last}
    names = {"sheet": _("trang tính"), "page": _("trang"), "table": _("bảng"), "row": _("dòng"), "block": _("khối")}
    return ", ".join(
        f"{names.get(key, key)} {value}" for key, value in where.items() if key != "lines" and value is not None
    )


@register.filter
def field_words(field: str) -> str:
    """What a field of a task is called on screen."""
    words = {
        "title": _("Tên nhiệm vụ"),
        "description": _("Nội dung"),
        "product": _("Sản phẩm"),
        "authority": _("Thẩm quyền quyết định"),
        "lead": _("Cơ quan chủ trì"),
        "coordinating": _("Cơ quan phối hợp"),
        "supervising": _("Cơ quan giám sát"),
        "performing": _("Doanh nghiệp thực hiện"),
        "due": _("Thời hạn"),
        "number": _("Số thứ tự"),
        "group": _("Nhóm nhiệm vụ"),
    }
    return words.get(field, field)
