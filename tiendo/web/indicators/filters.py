"""The filter bar of the list of indicators, read from the address, so a filtered list can be bookmarked."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from tiendo.accounts.models import User
from tiendo.indicators.models import Indicator, Objective, Passport, Programme
from tiendo.indicators.models.passports import IndicatorQuerySet
from tiendo.indicators.standing import standings, with_standing
from tiendo.indicators.states import FIRMNESS_WORDS, STATE_WORDS, Firmness, State
from tiendo.orgs.models import Unit, UnitQuerySet
from tiendo.orgs.queries import holders, units_held_by
from tiendo.plans.finding import find
from tiendo.web.indicators.forms import UnitChoice

ANY = [("", _("Tất cả"))]
STATES = [(state.value, _(STATE_WORDS[state])) for state in State]
FIRMNESS = [(kind.value, _(FIRMNESS_WORDS[kind])) for kind in Firmness]
WHOSE = [("", _("Của toàn tỉnh")), ("mine", _("Của đơn vị tôi"))]


class IndicatorFilter(forms.Form):
    q = forms.CharField(label=_("Tìm chỉ tiêu"), required=False, widget=forms.TextInput({"type": "search"}))
    state = forms.ChoiceField(label=_("Kết quả"), choices=[*ANY, *STATES], required=False)
    firmness = forms.ChoiceField(label=_("Mức ràng buộc"), choices=[*ANY, *FIRMNESS], required=False)
    owner = UnitChoice(label=_("Cơ quan chủ trì"), queryset=Unit.objects.none(), required=False, to_field_name="code")
    catalogue = forms.ChoiceField(label=_("Danh mục"), required=False)
    programme = forms.ModelChoiceField(
        label=_("Chương trình"), queryset=Programme.objects.none(), required=False, to_field_name="code"
    )
    whose = forms.ChoiceField(label=_("Phạm vi"), choices=WHOSE, required=False)
    thieu = forms.BooleanField(label=_("Thiếu số liệu đã đến kỳ"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        readable = Indicator.objects.visible_to(user).in_use()
        passports = Passport.objects.in_force().filter(indicator__in=readable)
        catalogues = readable.exclude(catalogue="").order_by("catalogue").values_list("catalogue", flat=True).distinct()
        self.fields["catalogue"].choices = [*ANY, *((name, name) for name in catalogues)]  # type: ignore[attr-defined]
        choices = {
            "owner": _answering(passports),
            "programme": Programme.objects.visible_to(user),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].empty_label = str(ANY[0][1])  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked and understood; a value nobody knows is left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, *, state: bool = True) -> IndicatorQuerySet:
        """The indicators asked for, annotated with where they stand; without `state`, of every state."""
        asked = self.asked
        rows = with_standing(Indicator.objects.visible_to(self.user).in_use())
        if "catalogue" in asked:
            rows = rows.filter(catalogue=asked["catalogue"])
        if "programme" in asked:
            serving = Objective.objects.filter(programme=asked["programme"], ended_at=None)
            rows = rows.filter(pk__in=serving.values("indicator"))
        for kept in filter(None, (self._by_passport(asked), self._mine(asked))):
            rows = rows.filter(pk__in=Passport.objects.in_force().filter(kept).values("indicator"))
        if "thieu" in asked:
            late = [each.indicator.pk for each in standings(rows, on=localdate()) if each.missing]
            rows = rows.filter(pk__in=late)
        if state and "state" in asked:
            rows = rows.filter(state=asked["state"])  # type: ignore[misc]
        return find(rows, asked.get("q", ""), "-firmness", "position", "code").rows

    def _by_passport(self, asked: dict[str, Any]) -> Q:
        kept = Q(firmness=asked["firmness"]) if "firmness" in asked else Q()
        if "owner" in asked:
            kept &= Q(owner__in=units_held_by(frozenset({asked["owner"].pk}), on=localdate()))
        return kept

    def _mine(self, asked: dict[str, Any]) -> Q:
        """Those the reader's units own, or whose values they enter."""
        if "whose" not in asked:
            return Q()
        held = self.user.access.held_unit_ids
        kinds = set(Unit.objects.filter(pk__in=held).values_list("kind", flat=True))
        return mine_of(held, kinds)

    @property
    def more_asked(self) -> bool:
        """Whether one of the folded conditions is in use, so the fold opens."""
        return bool(self.asked.keys() & {"firmness", "catalogue", "programme", "thieu"})

    @property
    def words(self) -> str:
        """The filters in words, for the count line."""
        asked, named = self.asked, dict((*STATES, *FIRMNESS, *WHOSE))
        parts = [str(named[asked[name]]) for name in ("state", "firmness", "whose") if name in asked]
        parts += [asked["owner"].short_name] if "owner" in asked else []
        parts += [str(asked[name]) for name in ("catalogue", "programme") if name in asked]
        parts += [str(self.fields["thieu"].label)] if "thieu" in asked else []
        parts += [f"“{asked['q']}”"] if "q" in asked else []
        return "; ".join(parts)


def _answering(passports: QuerySet[Passport]) -> UnitQuerySet:
    """The units that answer today for those the passports name."""
    heirs = holders(on=localdate())
    named = passports.exclude(owner=None).order_by().values_list("owner", flat=True).distinct()
    return Unit.objects.filter(pk__in={heirs.get(pk or 0, pk) for pk in named})


def mine_of(held: frozenset[int], kinds: set[str]) -> Q:
    """Passports owned by the units, or measured in every unit of their kinds."""
    by_kind = Q()
    for kind in sorted(kinds):
        by_kind |= Q(measured_kinds__icontains=f'"{kind}"')
    return Q(owner__in=held) | by_kind if kinds else Q(owner__in=held)
