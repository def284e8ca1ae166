"""Whether a paper in somebody's hand is the report that was issued, and whether its data have moved since.

No sign-in, because a paper travels; and nothing of what it says, because it may be internal: whoever has the code knows
the paper. The answer is worked out once in five minutes for a report, so that asking often costs little.
"""

import re
from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tiendo.audit.chain import iso
from tiendo.portal.released import page
from tiendo.reporting.papers.moving import Verification, find_verification

SCHEMA = "tiendo.verification/1"
KEPT_SECONDS = 300
_CODE = re.compile(r"[A-Za-z0-9_-]{8,64}")


@login_not_required
@require_safe
@never_cache
def verification(request: HttpRequest) -> HttpResponse:
    """Where the code printed in a report is typed in."""
    typed = request.GET.get("ma", "").strip()[:80]
    if typed and find(typed):
        return redirect("portal:verification-code", typed)
    return page(request, "verification", {"typed": typed}, status=404 if typed else 200)


@login_not_required
@require_safe
@never_cache
def verification_code(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of the report with this code."""
    found = find(code)
    status = 200 if found else 404
    return page(request, "verification", {"typed": code[:80], "found": found, "code": code}, status=status)


@login_not_required
@require_safe
@never_cache
def verification_json(request: HttpRequest, code: str) -> JsonResponse:
    """The same for a program: `tiendo-verify report.docx --site …`."""
    found = find(code)
    if found is None:
        raise Http404
    moments = {
        "issued_at": iso(found.issued_at),
        "asked_at": iso(found.asked_at),
        "stale_since": iso(found.stale_since) if found.stale_since else None,
    }
    return JsonResponse({"schema": SCHEMA, **asdict(found), **moments}, json_dumps_params={"ensure_ascii": False})


def find(code: str) -> Verification | None:
    """The answer for a code, at most five minutes old."""
    if not _CODE.fullmatch(code):
        return None
    known: Verification | None = cache.get(f"verification:{code}")
    if known is None:
        known = find_verification(code, timezone.now())
        if known is not None:
            cache.set(f"verification:{code}", known, KEPT_SECONDS)
    return known
