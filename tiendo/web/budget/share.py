"""The 3 % rule: the share by year as a table and a picture, and finance's form for its two sums (R062)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tiendo.accounts.permissions import require
from tiendo.budget import actions
from tiendo.budget.permissions import can_record_spending
from tiendo.budget.queries import ShareTable, share_table
from tiendo.budget.share import BASIS_WORDS, LEAST_PERCENT, NO_SHARE_WORDS, Basis, Share
from tiendo.papers.charts import Bar, Bars, Look, bars, text_of
from tiendo.ui.formats import number_text
from tiendo.ui.saying import said
from tiendo.web.budget.forms import SpendingForm
from tiendo.web.budget.shown import money_tabs
from tiendo.web.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def share_page(request: SignedInRequest) -> HttpResponse:
    """Every year on each basis, with the papers of both sums; finance enters the next one below."""
    on = timezone.localdate()
    may = can_record_spending(request.user)
    table = share_table(request.user)
    form = SpendingForm(request.POST or None, initial={"year": on.year}) if may else None
    if request.method == "POST":
        require(may)
        if form is not None and form.is_valid() and _record(request, form, table):
            return redirect("budget:share")
    context = {
        "table": table,
        "rows": [(row, words_of(row)) for row in reversed(table.rows)],
        "warning": share_warning(table),
        "charts": charts_of(table),
        "form": form,
        "tabs": money_tabs(request.user, "share", on),
    }
    return render(request, "web/budget/share.html", context, status=422 if form and form.errors else 200)


def _record(request: SignedInRequest, form: SpendingForm, table: ShareTable) -> bool:
    if table.owner is None:
        form.add_error(None, _("Chưa có UBND tỉnh trong danh mục cơ quan; hãy nhờ quản trị thêm."))
        return False
    try:
        actions.record_spending(owner=table.owner, by=request.user, at=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        for name, words in error.message_dict.items():
            form.add_error(name if name in form.fields else None, words)
    except actions.NothingNew as error:
        form.add_error(None, said(error))
    else:
        messages.success(request, _("Đã ghi số liệu cùng văn bản."))
        return True
    return False


def words_of(share: Share) -> list[str]:
    """What a reader should know of one share: why there is none, or what to be warned of."""
    if share.reason:
        return [_(NO_SHARE_WORDS[share.reason])]
    found = [_("thấp hơn mức tối thiểu 3 %")] if share.is_below else []
    if share.fell and share.before is not None:
        found.append(_("thấp hơn năm trước (%(before)s %%)") % {"before": number_text(share.before, 2)})
    return found


def share_warning(table: ShareTable) -> str:
    """One sentence about the newest year with a share; empty when nothing is wrong."""
    latest = table.latest
    if latest is None or latest.percent is None or not latest.warns:
        return ""
    pattern = _(
        "Năm %(year)s (%(basis)s): chi cho khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số bằng %(percent)s %% "
        "tổng chi ngân sách địa phương, %(what)s."
    )
    return pattern % {
        "year": latest.sums.year,
        "basis": _(BASIS_WORDS[latest.sums.basis]),
        "percent": number_text(latest.percent, 2),
        "what": _(" và ").join(words_of(latest)),
    }


def charts_of(table: ShareTable) -> list[tuple[str, SafeString, str]]:
    """(heading, picture, the same in words) for each basis that has a share; the two are never drawn together."""
    found = []
    for basis in Basis:
        shares = [share for share in table.rows if share.sums.basis is basis]
        if any(share.percent is not None for share in shares):
            chart = _chart(basis, shares)
            drawn = SafeString(bars(chart, ids=f"ty-le-{basis.value}", say=_))
            found.append((chart.title, drawn, text_of(chart, say=_)))
    return found


def _chart(basis: Basis, shares: list[Share]) -> Bars:
    title = _("Tỷ lệ theo %(basis)s") % {"basis": _(BASIS_WORDS[basis])}
    return Bars(
        title=title,
        unit="%",
        bars=tuple(Bar(str(share.sums.year), share.percent, _look(share)) for share in shares),
        threshold=LEAST_PERCENT,
        threshold_name=_("tối thiểu"),
    )


def _look(share: Share) -> Look:
    if share.percent is None:
        return Look.NO_DATA
    return Look.NOT_MET if share.is_below else Look.MET
