"""Two people on one card: what the other saved meanwhile, and what this one typed, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.audit.queries import events_about
from tiendo.intake.models import Proposal
from tiendo.ui.templatetags.ui import vn_date, vn_datetime
from tiendo.web.intake.agencies import printed_names
from tiendo.web.intake.editing import EditForm

ACTS = tuple(f"intake.import.{verb}" for verb in ("edit", "relearn", "merge", "unshape", "compare"))
LOOKED = 200  # events of the import, newest first
NAMED = "_ten"  # beside the field of an agency: the printed words that stood there when the page was opened


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved: said in one sentence, and field by field where it is not what was typed here."""

    sentence: str
    rows: tuple[tuple[str, str], ...]


def theirs_of(proposal: Proposal, form: EditForm, user: User) -> Theirs:
    """The row as it is stored now, beside a form that was opened before."""
    return Theirs(_sentence(_last_change(proposal), user), tuple(_differing(form)))


def carried(typed: QueryDict, value: Mapping[str, Any]) -> QueryDict:
    """What was typed, for a form on the value as it is now: a unit goes with the printed name it was chosen for."""
    opened = {
        (name.rpartition("_")[0], _plain(str(text))): name
        for name, text in ((key.removesuffix(NAMED), typed[key]) for key in typed if key.endswith(NAMED))
    }
    kept = typed.copy()
    for name, text in printed_names(value).items():
        role, _line, place = name.rpartition("_")
        was = opened.get((role, _plain(text)))
        unit = typed.get(was, "") if was else value[role][int(place)].get("unit") or ""
        kept[name] = unit
        kept.setlist(f"{name}_out", typed.getlist(f"{was}_out") if was else [])
    return kept


def _plain(text: str) -> str:
    return " ".join(text.split())


def _last_change(proposal: Proposal) -> Event | None:
    events = events_about(f"intake.import:{proposal.source_id}").filter(act__in=ACTS).order_by("-seq")[:LOOKED]
    return next((event for event in events if _concerns(event, proposal)), None)


def _concerns(event: Event, proposal: Proposal) -> bool:
    """A comparison with the plan concerns every row."""
    named = [event.detail.get("key"), *(event.detail.get("keys") or ())]
    kind = event.detail.get("kind", proposal.kind)
    return event.act.endswith(".compare") or (proposal.key in named and kind == proposal.kind)


def _sentence(event: Event | None, user: User) -> str:
    if event is None:
        return _("Dòng này đã được sửa sau khi bạn mở; chưa lưu gì, hãy xem bản đó trước khi lưu tiếp.")
    at = vn_datetime(event.at)
    if event.actor == user.username:
        words = _("Bạn đã sửa dòng này ở một cửa sổ khác lúc %(at)s; chưa lưu gì, hãy xem bản đó trước khi lưu tiếp.")
        return words % {"at": at}
    who = User.objects.filter(username=event.actor).first()
    words = _("%(who)s đã sửa dòng này lúc %(at)s, sau khi bạn mở; chưa lưu gì, hãy xem bản đó trước khi lưu tiếp.")
    return words % {"who": who or event.actor, "at": at}


def _differing(form: EditForm) -> Iterator[tuple[str, str]]:
    """Label and stored words of each field that holds something else than was typed."""
    for bound in form:
        if isinstance(bound.field, forms.BooleanField):
            continue
        stored = bound.field.prepare_value(form.get_initial_for_field(bound.field, bound.name))
        if _text(stored) != _text(bound.value()):
            yield str(bound.label), _words(bound.field, _text(stored))


def _text(value: object) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


def _words(field: forms.Field, stored: str) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(stored, stored))  # type: ignore[arg-type]
    if isinstance(field, forms.DateField) and stored:
        return vn_date(field.to_python(stored))
    return stored
