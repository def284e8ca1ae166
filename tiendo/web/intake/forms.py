"""What a person types to bring a document in, to accept it, and to put it aside."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiendo.intake.models import Import
from tiendo.orgs.models import Unit
from tiendo.plans.models import Annex, Plan
from tiendo.web.reporting.forms import DayInput


class UploadForm(forms.Form):
    """A file, and whether it is a new plan or an annex that a plan still lacks."""

    file = forms.FileField(label=_("Tệp văn bản"), help_text=_("TXT hoặc DOCX, tối đa 20 MB."))
    annex = forms.ModelChoiceField(
        label=_("Tệp này là"),
        queryset=Annex.objects.none(),
        required=False,
        empty_label=_("Kế hoạch mới"),
        help_text=_("Phụ lục còn thiếu được gắn vào kế hoạch đã có, không phải nhập lại kế hoạch."),
    )

    def __init__(self, *args: Any, missing: QuerySet[Annex], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["annex"]
        field.queryset = missing  # type: ignore[attr-defined]
        field.label_from_instance = _annex_words  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".txt,.docx"


def _annex_words(annex: Annex) -> str:
    return f"{annex.label} – {annex.plan.code}: {annex.plan.title}"


class AcceptForm(forms.Form):
    """What the plan is called and from when it counts."""

    code = forms.SlugField(
        label=_("Mã kế hoạch"),
        max_length=40,
        help_text=_("Chữ không dấu, số và gạch nối. Mã nhiệm vụ bắt đầu bằng mã này, ví dụ KH57-001."),
    )
    title = forms.CharField(label=_("Tên kế hoạch"), widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ModelChoiceField(label=_("Cơ quan ban hành"), queryset=Unit.objects.all())
    in_force_from = forms.DateField(
        label=_("Có hiệu lực từ ngày"), widget=DayInput(), help_text=_("Nhiệm vụ được theo dõi từ ngày này.")
    )

    def __init__(self, *args: Any, source: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if source.plan_id:
            for name in ("code", "title", "owner"):
                del self.fields[name]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Plan.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Mã này đã dùng cho một kế hoạch khác."))
        return code


class DiscardForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do bỏ"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Lý do được ghi vào nhật ký.")
    )
