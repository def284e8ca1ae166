"""Component tags and value filters, loaded in every template. The cookbook is tiendo/ui/README.md.

Small things that stand in every row of a list (icon, chip, progress, missing) are built here, because a template
for each would cost more than the row; larger components have a template in ui/components/.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tiendo.ui import formats, saying
from tiendo.ui.chips import look_of
from tiendo.ui.context import Site, site_facts

register = template.Library()

STAT_ICONS = {"accent": "check-circle", "warn": "clock", "danger": "alert"}
MESSAGE_ICONS = {"success": "check-circle", "warning": "alert", "error": "alert"}


# Values


@register.filter
def vn_number(value: object, places: int | None = None) -> str:
    """`12.345,6`; words that hold no number pass unchanged; None is empty."""
    number = formats.as_decimal(value)
    if number is None:
        return "" if value is None else str(value)
    return formats.number_text(number, places)


@register.filter
def vn_measured(value: object) -> str:
    """A measured value: every digit that was recorded, an endless one cut after two."""
    number = formats.as_decimal(value)
    return "" if number is None else formats.measured_text(number)


@register.filter
def vn_percent(value: object) -> str:
    """`99,6 %`, cut to one decimal so that 100 is only shown for 100."""
    number = formats.as_decimal(value)
    return "" if number is None else formats.percent_text(number)


@register.filter
def vn_money(value: object, unit: str = "đồng") -> str:
    """`1.250.000 đồng`; unit may be nghìn, triệu or tỷ."""
    number = formats.as_decimal(value)
    return "" if number is None else formats.money_text(number, unit)


@register.filter
def vn_date(value: object) -> str:
    """`05/02/2025`; None is empty; words pass unchanged."""
    if isinstance(value, date):
        return formats.date_text(value, timezone.get_current_timezone())
    return str(value or "")


@register.filter
def vn_datetime(value: object) -> str:
    """`05/02/2025 14:30` in the local zone; None is empty; words pass unchanged."""
    if isinstance(value, date):
        return formats.moment_text(value, timezone.get_current_timezone())
    return str(value or "")


@register.filter
def days_phrase(value: object, today: date | None = None) -> str:
    """`còn 5 ngày`, `hôm nay là hạn cuối`, `quá hạn 3 ngày`, from days left or from a due date with `today`."""
    days = (value - today).days if isinstance(value, date) and today else value
    if not isinstance(days, int):
        return ""
    if days == 0:
        return _("hôm nay là hạn cuối")
    if days > 0:
        return ngettext("còn %(n)s ngày", "còn %(n)s ngày", days) % {"n": days}
    return ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", -days) % {"n": -days}


@register.filter
def ago(value: object, today: date | None = None) -> str:
    """`20/11/2026 (3 ngày trước)`: a past day and how old it is (R029); a day still to come stands alone."""
    if not isinstance(value, date):
        return str(value or "")
    zone = timezone.get_current_timezone()
    day = formats.in_zone(value, zone)
    days = ((today or timezone.localdate()) - (day.date() if isinstance(day, datetime) else day)).days
    if days < 0:
        return vn_date(value)
    age = _("hôm nay") if days == 0 else ngettext("%(n)s ngày trước", "%(n)s ngày trước", days) % {"n": days}
    return f"{vn_date(value)} ({age})"


# Small parts, built here


@register.simple_tag
@lru_cache(maxsize=500, typed=True)  # words marked as safe are not the same words unmarked
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite; with a label it speaks, without one it is decoration beside words."""
    meaning: SafeString | str = SafeString('aria-hidden="true"')
    if label:
        meaning = format_html('role="img" aria-label="{}"', label)
    shape = '<svg class="icon" width="20" height="20" {} focusable="false"><use href="{}#{}"/></svg>'
    return format_html(shape, meaning, static("ui/icons.svg"), name)


@register.simple_tag
def chip(kind: object, text: object = None) -> SafeString:
    """A state with its icon and word; without text, the word officials use for that code."""
    look = look_of(kind)
    return _chip(look.tone, look.icon, str(text or (_(look.words) if look.words else kind)))


@lru_cache(maxsize=500, typed=True)  # words marked as safe are not the same words unmarked
def _chip(tone: str, shape: str, words: str) -> SafeString:
    tone = f" chip-{tone}" if tone else ""
    return format_html('<span class="chip{}">{}<span>{}</span></span>', tone, icon(shape), words)


@register.filter
def beside(state: object, figure: object) -> object:
    """The state of a figure (row, record, value or None): a value with parts still missing is not called missing."""
    value = figure.get("value") if isinstance(figure, Mapping) else getattr(figure, "value", figure)
    return "not_full" if state == "no_data" and value not in (None, "") else state


@register.simple_tag
def missing(value: object, words: str | None = None) -> SafeString:
    """The value (dates and numbers as they are written here), or quietly "không có trong văn bản"."""
    if value is None or value == "":
        return format_html('<span class="missing">{}</span>', words or _("không có trong văn bản"))
    if isinstance(value, date):
        return format_html("{}", vn_datetime(value))
    return format_html("{}", vn_number(value) if isinstance(value, Decimal | int | float) else value)


@register.simple_tag
def progress(percent: object, label: str | None = None) -> SafeString:
    """A bar with its number; the bar ends at 0 and 100, the number does not; None says that nothing is known."""
    number = formats.as_decimal(percent)
    if number is None:
        return format_html('<span class="missing">{}</span>', _("chưa có dữ liệu"))
    shape = '<progress max="100" value="{}" aria-label="{}"{}>{}</progress><span>{}</span>'
    filled = min(max(number, Decimal(0)), Decimal(100))
    near = SafeString(' class="near"' if 95 < number < 100 else "")
    words = formats.percent_text(number)
    bar = format_html(shape, f"{filled:f}", label or _("Tiến độ"), near, words, words)
    return format_html('<span class="progress">{}</span>', bar)


@register.simple_tag
def this_site() -> Site:
    """Ours, set again by the base page: Django's sign-in view puts another `site` in its context."""
    return site_facts()


# Components with a template


@register.inclusion_tag("ui/components/stat.html")
def stat(label: str, number: object, url: str = "", tone: str = "", note: str = "") -> dict[str, object]:
    """A number that opens the list it counts."""
    return {"label": label, "number": number, "url": url, "tone": tone, "note": note, "icon_name": STAT_ICONS.get(tone)}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(context: Context, page: "Page[Any]", key: str = "page") -> dict[str, object]:
    """Links between pages of a list; the rest of the query string is kept. A second list of a page has its own key."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    steps = [{"number": n, "url": query(context, **{key: n}) if isinstance(n, int) else ""} for n in numbers]
    before = query(context, **{key: page.number - 1}) if page.has_previous() else ""
    after = query(context, **{key: page.number + 1}) if page.has_next() else ""
    return {"page": page, "steps": steps, "before": before, "after": after}


@register.inclusion_tag("ui/components/count_line.html")
def count_line(page: "Page[Any] | int", noun: str, filters: str = "") -> dict[str, object]:
    """`Có 312 nhiệm vụ (quá hạn; Sở Y tế), đang xem 1–25.` from a page or from a plain count."""
    if isinstance(page, int):
        return {"total": page, "noun": noun, "filters": filters}
    partial = page.paginator.num_pages > 1
    bounds = {"first": page.start_index(), "last": page.end_index(), "partial": partial}
    return {"total": page.paginator.count, "noun": noun, "filters": filters, **bounds}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field whole: label, help, errors, control, tied together for screen readers."""
    is_check = getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.use_fieldset
    return {"field": bound, "is_check": is_check, "help_id": f"{bound.auto_id}_helptext"}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """A summary above the form: what to mend, each line leading to its field."""
    fields = [bound for bound in form if bound.errors]
    return {"fields": fields, "general": form.non_field_errors() if form.is_bound else []}


@register.inclusion_tag("ui/components/empty.html")
def empty(text: str, action_url: str = "", action_text: str = "") -> dict[str, str]:
    """An empty place that says so, and what to do next."""
    return {"text": text, "action_url": action_url, "action_text": action_text}


@register.inclusion_tag("ui/components/message.html")
def message(text: str, tone: str = "info") -> dict[str, str]:
    """A note in the page: info, success, warning or error."""
    return {"text": text, "tone": tone, "icon_name": MESSAGE_ICONS.get(tone, "info")}


@register.inclusion_tag("ui/components/steps.html")
def steps(current: int, *labels: str) -> dict[str, object]:
    """Where one is in a sequence; `current` counts from 1."""
    return {"steps": [(label, number < current, number == current) for number, label in enumerate(labels, start=1)]}


@register.inclusion_tag("ui/components/crumbs.html")
def crumbs(*parts: str) -> dict[str, object]:
    """`{% crumbs "Nhiệm vụ" url "Tên trang này" %}`: pairs of words and address, then this page's words."""
    pairs = list(zip(parts[:-1:2], parts[1:-1:2], strict=True))
    return {"pairs": pairs, "here": parts[-1]}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(items: Sequence[Sequence[object]], label: str = "") -> dict[str, object]:
    """Tabs that are links: items of (words, address, is current[, count])."""
    return {"items": [(*item, None)[:4] for item in items], "label": label}


@register.inclusion_tag("ui/components/autosave_status.html")
def autosave_status() -> dict[str, object]:
    """Inside a `form[data-autosave-url]`: the saved/failed line and the offer of a kept copy."""
    return {}


@register.inclusion_tag("ui/components/nav_item.html", takes_context=True)
def nav_item(context: Context, name: str, label: str, exact: bool = False) -> dict[str, object]:
    """A menu link by url name; nothing at all while that page does not exist."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {}
    path = str(getattr(context.get("request"), "path", ""))
    return {"url": url, "label": label, "current": path == url if exact else path.startswith(url)}


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """This page's query string with changes; None removes a key. Django's own needs a request, this one does not."""
    given = getattr(context.get("request"), "GET", None)
    params = given.copy() if isinstance(given, QueryDict) else QueryDict(mutable=True)
    for key, value in changes.items():
        params.pop(key, None)
        if isinstance(value, list | tuple):
            params.setlist(key, [str(part) for part in value])
        elif value is not None:
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.filter
def clipped(text: str, most: int) -> str:
    """At most so many letters, an ellipsis among them; `truncatechars` walks every letter even of a short text."""
    return text if len(text) <= most else Truncator(text).chars(most)


@register.filter
def said(words: object) -> str:
    """A sentence with values in it, or a message of a pure module, in the reader's language."""
    return saying.said(words)


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """`{{ counts|get:unit.pk }}`: a value by a computed key, None when absent."""
    return mapping.get(key)
