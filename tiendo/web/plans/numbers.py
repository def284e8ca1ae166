"""Numbers that open the list they count."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from tiendo.plans.queries import CELLS, Overview
from tiendo.web.plans.lists import CONCERNS

WORDS = {
    "done_on_time": gettext_lazy("Hoàn thành đúng hạn"),
    "done_late": gettext_lazy("Hoàn thành quá hạn"),
    "open_in_time": gettext_lazy("Chưa hoàn thành, trong hạn"),
    "open_overdue": gettext_lazy("Chưa hoàn thành, quá hạn"),
    "due_soon": gettext_lazy("Sắp đến hạn"),
    "with_difficulty": gettext_lazy("Khó khăn, vướng mắc"),
    "without_lead": gettext_lazy("Chưa có cơ quan chủ trì"),
    "unanswered": gettext_lazy("Không còn cơ quan chủ trì"),
    "without_report": gettext_lazy("Chưa có báo cáo"),
    "stale": gettext_lazy("Lâu chưa cập nhật"),
    "unclear": gettext_lazy("Thiếu “6 rõ”"),
    "counted": gettext_lazy("Tất cả, trừ nhiệm vụ đã hủy"),
    "finished": gettext_lazy("Hoàn thành"),
    "unfinished": gettext_lazy("Chưa hoàn thành"),
}
TONES = {
    "done_on_time": "accent",
    "open_overdue": "danger",
    "unanswered": "danger",
    "due_soon": "warn",
    "with_difficulty": "warn",
}

URGENCY = ("danger", "warn", "accent", "")


@dataclass(frozen=True)
class Number:
    label: str
    number: int
    url: str
    tone: str = ""


def list_url(**filters: object) -> str:
    """The task list so narrowed."""
    return f"{reverse('plans:task-list')}?{urlencode(filters)}"


def cells(numbers: Overview, **filters: object) -> list[Number]:
    """The four official cells, in the order reports print them."""
    return [_number(name, numbers, list_url(**filters, cell=name)) for name in CELLS]


def concerns(numbers: Overview, **filters: object) -> list[Number]:
    """What somebody should look into: red first, nought last."""
    opened = {"unclear": reverse("plans:task-unclear")}
    found = [_number(name, numbers, opened.get(name) or list_url(**filters, concern=name)) for name in CONCERNS]
    return sorted(found, key=lambda each: (URGENCY.index(each.tone), not each.number))


def _number(name: str, numbers: Overview, url: str) -> Number:
    count = numbers.counts[name]
    return Number(str(WORDS[name]), count, url, TONES.get(name, "") if count else "")
