import tempfile
from io import TextIOWrapper

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiendo.accounts.permissions import can_see_audit, require
from tiendo.audit.chain import SENTENCES
from tiendo.audit.export import write_log
from tiendo.audit.queries import find_break, head
from tiendo.web.audit.forms import EventFilter
from tiendo.web.audit.opening import openable
from tiendo.web.audit.words import lines_of
from tiendo.web.requests import SignedInRequest

PAGE = 50
IN_MEMORY = 4 * 1024 * 1024


def event_list(request: SignedInRequest) -> HttpResponse:
    """Who did what, newest first, with the head of the chain that proves nothing was changed."""
    require(can_see_audit(request.user))
    form = EventFilter(request.GET)
    page = Paginator(form.events(), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": openable(lines_of(page.object_list), request.user), "head": head()}
    return render(request, "web/audit/event_list.html", context)


@require_POST
def event_verify(request: SignedInRequest) -> HttpResponse:
    """Recompute every hash and say the first place that fails, or that none does."""
    require(can_see_audit(request.user))
    broken = find_break()
    until = head()
    if broken is None:
        said = _("Nhật ký nguyên vẹn: %(seq)d mục, mã đầu chuỗi %(hash)s.") % {"seq": until.seq, "hash": until.hash}
        messages.success(request, said)
    else:
        messages.error(request, _(SENTENCES[broken.kind]) % {"seq": broken.seq})
    return redirect("audit:event-list")


def event_export(request: SignedInRequest) -> HttpResponseBase:
    """The whole log as JSON Lines, to be checked elsewhere with `tiendo-verify`."""
    require(can_see_audit(request.user))
    if not head().seq:
        messages.warning(request, _("Nhật ký còn trống, chưa có gì để tải về."))
        return redirect("audit:event-list")
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 – the answer closes it once it is sent
    text = TextIOWrapper(file, encoding="utf-8", newline="\n")
    write_log(text)
    text.flush()
    text.detach()
    file.seek(0)
    name = f"nhat-ky-{timezone.localdate():%Y%m%d}.jsonl"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/x-ndjson")
