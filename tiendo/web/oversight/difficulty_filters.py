"""How the register is narrowed; the words in the address are Vietnamese without marks."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.orgs.models import Unit
from tiendo.orgs.words import fold
from tiendo.oversight.difficulty_queries import overdue_replies, waiting_for
from tiendo.oversight.difficulty_workflow import DESK_OF, Desk, State
from tiendo.oversight.models import Difficulty, DifficultyQuerySet
from tiendo.plans.models import Plan

ANY = ("", _("tất cả"))
DESKS = [
    (Desk.UNIT.value, _("đơn vị nêu khó khăn")),
    (Desk.COORDINATOR.value, _("cơ quan đầu mối")),
    (Desk.AUTHORITY.value, _("cơ quan có thẩm quyền")),
    (Desk.CARRYING_OUT.value, _("đang thực hiện quyết định")),
    ("ended", _("đã kết thúc")),
]
SEEN = [("", _("chưa tháo gỡ")), ("cho", _("chờ tôi xử lý")), ("qua_han", _("quá hạn trả lời")), ("het", _("tất cả"))]


class DifficultyFilter(forms.Form):
    """Everything is optional; what nobody knows is left out."""

    xem = forms.ChoiceField(label=_("Xem"), choices=SEEN, required=False)
    q = forms.CharField(label=_("Tìm chữ"), required=False, widget=forms.TextInput({"type": "search"}))
    loai = forms.ChoiceField(label=_("Loại"), choices=[ANY, *Difficulty.Kind.choices], required=False)
    o = forms.ChoiceField(label=_("Đang ở"), choices=[ANY, *DESKS], required=False)
    don_vi = forms.ModelChoiceField(
        label=_("Đơn vị nêu"), queryset=Unit.objects.none(), required=False, to_field_name="code"
    )
    co_quan = forms.ModelChoiceField(
        label=_("Cơ quan có thẩm quyền"), queryset=Unit.objects.none(), required=False, to_field_name="code"
    )
    ke_hoach = forms.ModelChoiceField(
        label=_("Kế hoạch"), queryset=Plan.objects.none(), required=False, to_field_name="code"
    )

    def __init__(self, *given: Any, user: User, **more: Any) -> None:
        super().__init__(*given, **more)
        self.user = user
        seen = Difficulty.objects.visible_to(user)
        rows: dict[str, Any] = {
            "don_vi": Unit.objects.filter(pk__in=seen.values("unit")),
            "co_quan": Unit.objects.filter(pk__in=seen.values("authority")),
            "ke_hoach": Plan.objects.filter(pk__in=seen.values("plan")),
        }
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
            self.fields[name].empty_label = str(ANY[1])  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def more_asked(self) -> bool:
        return bool(self.asked.keys() & {"don_vi", "co_quan", "ke_hoach", "o"})

    def narrow(self, *, at: datetime) -> DifficultyQuerySet:
        """The rows asked for; without a word on which, those not yet removed, the longest standing first."""
        asked = self.asked
        rows = Difficulty.objects.visible_to(self.user)
        match asked.get("xem", ""):
            case "cho":
                rows = waiting_for(self.user)
            case "qua_han":
                late = overdue_replies(rows, at=at)
                rows = rows.filter(pk__in=[line.difficulty.pk for line in late])
            case "" if asked.get("o") != "ended":
                rows = rows.exclude(state__in=[State.REMOVED.value, State.WITHDRAWN.value])
        if desk := asked.get("o"):
            wanted = None if desk == "ended" else Desk(desk)
            rows = rows.filter(state__in=[state.value for state, where in DESK_OF.items() if where == wanted])
        for word in fold(asked.get("q", "")).split():
            rows = rows.filter(folded__contains=word)
        names = {"loai": "kind", "don_vi": "unit", "co_quan": "authority", "ke_hoach": "plan"}
        rows = rows.filter(**{field: asked[name] for name, field in names.items() if name in asked})
        return rows.order_by("sent_at", "pk")
