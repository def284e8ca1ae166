"""The two sums of the 3 % rule, each with the paper it stands in (R062)."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.budget.actions.entering import NothingNew
from tiendo.budget.models import SpendingLine
from tiendo.budget.money import MOST_MONEY
from tiendo.budget.permissions import can_record_spending
from tiendo.orgs.models import Unit


@transaction.atomic
def record_spending(
    *,
    owner: Unit,
    year: int,
    item: str,
    basis: str,
    amount: Decimal,
    document: str,
    by: User,
    at: datetime,
    note: str = "",
) -> SpendingLine:
    """The next line of the sum; the one before stays and is no longer current.

    Raises ValidationError for what cannot be right, NothingNew when amount and paper stand there already.
    """
    require(can_record_spending(by))
    _check(year, item, basis, amount, document, this_year=localdate(at).year)
    Unit.objects.select_for_update().get(pk=owner.pk)
    before = SpendingLine.objects.filter(owner=owner, year=year, item=item, basis=basis).order_by("number")
    last = before.last()
    if last and (last.amount, last.document) == (amount, document.strip()):
        raise NothingNew(_("Số này với văn bản này đã có; không có gì mới để ghi."))
    before.filter(is_current=True).update(is_current=False)
    line = SpendingLine.objects.create(
        owner=owner,
        year=year,
        item=item,
        basis=basis,
        number=last.number + 1 if last else 1,
        amount=amount,
        document=document.strip(),
        note=note.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"owner": owner.code, "year": year, "item": item, "basis": basis, "amount": amount}
    about = f"budget.spending:{line.pk}"
    record(act="budget.spending.record", subject=about, actor=by.username, at=at, document=line.document, **detail)
    return line


def _check(year: int, item: str, basis: str, amount: Decimal, document: str, *, this_year: int) -> None:
    if item not in SpendingLine.Item.values or basis not in SpendingLine.Basis.values:
        raise ValidationError({"item": _("Không có khoản hoặc loại số liệu này.")})
    if not 2000 <= year <= this_year + 1:
        raise ValidationError({"year": _("Năm ngân sách phải từ 2000 đến năm sau.")})
    if amount < 0 or amount >= MOST_MONEY or amount != amount.to_integral_value():
        raise ValidationError({"amount": _("Số tiền ghi tròn đồng, không nhỏ hơn 0 và không quá mười tám chữ số.")})
    if not document.strip():
        raise ValidationError({"document": _("Hãy ghi văn bản, nguồn của số liệu.")})
