from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.plans.models import Plan
from tiendo.publication.queries import plans_to_release


class ProposalForm(forms.Form):
    """Which plan to publish, and what to call the release."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=_("Kế hoạch"), empty_label=None)
    title = forms.CharField(
        label=_("Tên đợt công bố"), max_length=300, help_text=_("Ví dụ: Tiến độ 6 tháng đầu năm 2026")
    )

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["plan"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = plans_to_release(user)


class RejectionForm(forms.Form):
    """Why the proposal goes back."""

    reason = forms.CharField(
        label=_("Lý do không phê duyệt"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
