"""Forms of the review: the reason of a return, what the queue shows, what is accepted at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from tiendo.accounts.models import User
from tiendo.reporting.permissions import can_review

# Stored as the coordinator's own words to the unit, so in the language of official papers whoever reads the page.
COMMON_REASONS = (
    gettext_noop("Chưa nêu rõ kết quả cụ thể trong kỳ"),
    gettext_noop("Thiếu minh chứng"),
    gettext_noop("Số liệu không khớp với kỳ trước"),
    gettext_noop("Nội dung chép lại của kỳ trước"),
    gettext_noop("Cần giải trình tỷ lệ hoàn thành"),
    gettext_noop("Kinh phí chưa hợp lý"),
)
MOST = 500  # items accepted with one click


class ReturnForm(forms.Form):
    """Common reasons to tick, and words of one's own; one of the two is needed."""

    common = forms.MultipleChoiceField(
        choices=[(reason, reason) for reason in COMMON_REASONS], required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        parts = [*given.get("common", []), given.get("reason", "").strip()]
        given["words"] = "; ".join(part for part in parts if part)
        if not given["words"]:
            raise forms.ValidationError(_("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì."))
        return given


def review_tools(user: User, *, inside: bool) -> dict[str, Any]:
    """What the parts of a page that answer an item read: the common reasons in the reader's language, and who may
    talk or settle."""
    reviews = bool(can_review(user))
    return {
        "reasons": [(reason, _(reason)) for reason in COMMON_REASONS] if reviews else [],
        "can_settle": reviews,
        "talks": reviews or inside,
    }


class RemarkForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Trao đổi"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class SeenField(forms.CharField):
    """ "12:3": the entry 12 with its third submission before the reviewer."""

    def clean(self, value: Any) -> Any:
        entry, colon, number = str(value).partition(":")
        if not (colon and entry.isdecimal() and number.isdecimal() and len(entry) < 19 and len(number) < 10):
            raise forms.ValidationError(_("Danh sách chọn không đọc được; hãy tải lại trang."))
        return int(entry), int(number)


def seen_items(values: list[str]) -> dict[int, int]:
    """Entry → number of the submission seen. Raises ValidationError for what no page sends, or too much at once."""
    if len(values) > MOST:
        raise forms.ValidationError(_("Mỗi lần tiếp nhận nhiều nhất %(n)d mục.") % {"n": MOST})
    return dict(SeenField().clean(value) for value in values)
