"""Forms beside official papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.reporting.models import Period, ReportTemplate
from tiendo.reporting.papers.template import LONGEST
from tiendo.web.days import DayField


class DocumentForm(forms.Form):
    """What the document system says of a paper."""

    document_number = forms.CharField(label=_("Số, ký hiệu văn bản"), required=False, max_length=100)
    document_on = DayField(label=_("Ngày văn bản"), required=False)
    document_url = forms.URLField(label=_("Liên kết văn bản"), required=False, max_length=500, assume_scheme="https")


class TemplateForm(forms.Form):
    """A template typed or handed in as a text file; the file wins."""

    text = forms.CharField(
        label=_("Nội dung mẫu"),
        widget=forms.Textarea(attrs={"rows": 20}),
        required=False,
        max_length=LONGEST,
        strip=False,
    )
    file = forms.FileField(label=_("Hoặc tệp .txt"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)
    period = forms.ModelChoiceField(
        label=_("Xem trước với số liệu của kỳ"), queryset=Period.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = Period.objects.exclude(opened_at=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("file"):
            values["text"] = self._read(values["file"])
        if not (values.get("text") or "").strip():
            self.add_error("text", _("Hãy dán nội dung mẫu hoặc chọn tệp."))
        return values

    def _read(self, file: Any) -> str:
        if file.size > LONGEST * 4:
            self.add_error("file", _("Tệp quá lớn; mẫu chỉ là vài trang chữ."))
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("Tệp phải là văn bản thuần (.txt) mã UTF-8."))
            return ""


def versions() -> list[ReportTemplate]:
    return list(ReportTemplate.objects.select_related("uploaded_by", "retired_by"))
