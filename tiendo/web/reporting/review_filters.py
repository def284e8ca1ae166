"""What of the review queue is shown: by kind, period, unit and group of the plan."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.orgs.models import Unit
from tiendo.plans.models import TaskGroup
from tiendo.reporting.models import Period
from tiendo.reporting.reviewing import KINDS, Rows

Tab = tuple[str, str, bool, int]


class QueueFilter(forms.Form):
    """Only what stands in the queue is offered; a choice that is no longer there counts as none."""

    ky = forms.ModelChoiceField(label=gettext_lazy("Kỳ báo cáo"), queryset=Period.objects.none(), required=False)
    don_vi = forms.ModelChoiceField(label=gettext_lazy("Đơn vị"), queryset=Unit.objects.none(), required=False)
    nhom = forms.ModelChoiceField(
        label=gettext_lazy("Nhóm nhiệm vụ"), queryset=TaskGroup.objects.none(), required=False
    )

    def __init__(self, data: QueryDict, *, rows: Rows) -> None:
        super().__init__(data)
        bare = rows.order_by()
        offered: dict[str, Any] = {
            "ky": Period.objects.filter(pk__in=bare.values("entry__duty__period")),
            "don_vi": Unit.objects.filter(pk__in=bare.values("entry__duty__unit")).order_by("sort_key"),
            "nhom": TaskGroup.objects.filter(pk__in=bare.values("entry__task__group")).order_by("plan", "position"),
        }
        for name, queryset in offered.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("Tất cả")  # type: ignore[attr-defined]
        self.is_valid()

    def narrow(self, rows: Rows) -> Rows:
        given = self.cleaned_data
        wanted = {
            "entry__duty__period": given.get("ky"),
            "entry__duty__unit": given.get("don_vi"),
            "entry__task__group": given.get("nhom"),
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value is not None})

    @property
    def is_narrow(self) -> bool:
        return any(self.cleaned_data.values())

    def tabs(self, path: str, kind: str, counts: dict[str, int]) -> list[Tab]:
        """One for all and one for each kind, with how many; the other choices are kept."""
        words = {
            "flagged": _("Cần xem kỹ"),
            "clean": _("Không có cảnh báo"),
            "late": _("Nộp quá hạn"),
            "disputed": _("Không thống nhất"),
        }
        tabs = [(_("Tất cả"), self._link(path, ""), kind not in KINDS, counts["all"])]
        tabs += [(words[name], self._link(path, name), kind == name, counts[name]) for name in KINDS]
        return tabs

    def _link(self, path: str, kind: str) -> str:
        asked = QueryDict(mutable=True)
        for name, value in self.cleaned_data.items():
            if value is not None:
                asked[name] = str(value.pk)
        if kind:
            asked["loai"] = kind
        return f"{path}?{asked.urlencode()}" if asked else path
