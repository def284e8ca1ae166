from datetime import datetime, time, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tiendo.audit.models import Event
from tiendo.web.audit.words import ACT_WORDS


class EventFilter(forms.Form):
    subject = forms.CharField(
        label=_("Về đối tượng"), required=False, help_text=_("Mã nhiệm vụ, tên đăng nhập, mã đơn vị…")
    )
    actor = forms.CharField(label=_("Người làm (tên đăng nhập)"), required=False)
    act = forms.ChoiceField(label=_("Việc"), required=False, choices=[("", _("Tất cả")), *ACT_WORDS.items()])
    since = forms.DateField(label=_("Từ ngày"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until = forms.DateField(label=_("Đến ngày"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def events(self) -> QuerySet[Event]:
        """Events asked for, newest first; days are those of the local calendar, both included."""
        self.is_valid()
        asked = self.cleaned_data
        events = Event.objects.order_by("-seq")
        if asked.get("subject"):
            events = events.filter(subject__contains=asked["subject"].strip())
        if asked.get("actor"):
            events = events.filter(actor=asked["actor"].strip())
        if asked.get("act"):
            events = events.filter(act=asked["act"])
        if asked.get("since"):
            events = events.filter(at__gte=_midnight(asked["since"]))
        if asked.get("until"):
            events = events.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        return events


def _midnight(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type]
