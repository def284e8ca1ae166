from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.notices.kinds import KINDS, WAY_WORDS, Kind, Way
from tiendo.notices.models import Delivery, DeliveryQuerySet, NoticeQuerySet


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.value, gettext(facts.label)) for kind, facts in KINDS.items()]


class InboxFilter(forms.Form):
    loai = forms.ChoiceField(label=_("Loại thông báo"), required=False)
    chua_doc = forms.BooleanField(label=_("Chỉ thông báo chưa đọc"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [("", gettext("Tất cả")), *kind_choices()]  # type: ignore[attr-defined]

    def wants_unread(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["chua_doc"])

    def notices(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """Those asked for; all of them when what is asked makes no sense."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("loai"):
            notices = notices.filter(kind=asked["loai"])
        return notices.unread() if asked.get("chua_doc") else notices


class WaysForm(forms.Form):
    """One choice for each kind, named by its place in the list: codes with dots are no good as names of fields."""

    def __init__(self, *args: Any, ways: Mapping[Kind, Way], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"loai_{kind.name.lower()}": kind for kind in KINDS}
        choices = [(way.value, gettext(words)) for way, words in WAY_WORDS.items()]
        for name, kind in self.names.items():
            self.fields[name] = forms.ChoiceField(
                label=gettext(KINDS[kind].label), choices=choices, initial=ways[kind].value
            )

    def cleaned_ways(self) -> dict[Kind, Way]:
        return {kind: Way(self.cleaned_data[name]) for name, kind in self.names.items()}


class DeliveryFilter(forms.Form):
    tinh_trang = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Tất cả")), *Delivery.State.choices]
    )

    def deliveries(self, deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
        asked = self.cleaned_data.get("tinh_trang") if self.is_valid() else ""
        return deliveries.filter(state=asked) if asked else deliveries


class EndpointForm(forms.Form):
    name = forms.CharField(label=_("Tên hệ thống nhận"), max_length=120)
    url = forms.URLField(
        label=_("Địa chỉ nhận"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Bắt đầu bằng https://. Địa chỉ này phải trả lời trong 10 giây."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Chỉ gửi các loại tin này"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn loại nào là gửi tất cả."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kind_choices()  # type: ignore[attr-defined]

    def cleaned_kinds(self) -> list[Kind]:
        return [Kind(code) for code in self.cleaned_data["kinds"]]
