"""Public answers over HTTP: made once for what is public, kept in memory, compressed, and never sent twice unchanged.

What a release says never changes, so an answer is fixed by the releases shown now, the last change among all releases,
the language and the address; the key says all four. A face hands over how to make the answer; it is called only when
nobody has asked before.
"""

import gzip
import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from tiendo.publication.models import Release
from tiendo.ui.context import installed_version, is_illustrative

MAX_AGE = 60  # seconds a browser may show a page without asking whether a newer release is out
KEEP = 24 * 3600
WORTH_PACKING = 400
MOST_WITH_A_QUERY = 32 * 1024  # as kept, compressed


class Current(NamedTuple):
    """What the public sees now, as far as deciding whether an answer is still good needs it."""

    pk: int
    number: int  # these two of the release with the newest figures
    seals: str  # of the current release of every plan
    changed_at: datetime  # when a release was last approved, corrected or withdrawn


class Kept(NamedTuple):
    """An answer as kept: its bytes, compressed when that is worth it, and the headers that belong to them."""

    body: bytes
    is_packed: bool
    headers: dict[str, str]


def current() -> Current | None:
    """One small query; None before the first release.

    Withdrawing an old release gives no new seal and yet changes what its address answers, so the moment counts too.
    """
    decided = Release.objects.numbered().order_by("-decided_at").values("decided_at")[:1]
    withdrawn = Release.objects.exclude(withdrawn_at=None).order_by("-withdrawn_at").values("withdrawn_at")[:1]
    rows = list(Release.objects.current().values_list("pk", "number", "seal", Subquery(decided), Subquery(withdrawn)))
    if not rows:
        return None
    pk, number, _seal, *moments = rows[0]
    seals = " ".join(str(row[2]) for row in rows)
    return Current(pk, number, seals, max(moment for moment in moments if moment))


def forget() -> None:
    """Drop every kept answer. Nobody could reach an old one any more; what was taken back is not to lie about."""
    cache.clear()


def answer(request: HttpRequest, now: Current, make: Callable[[], HttpResponse]) -> HttpResponseBase:
    """The kept or freshly made answer, or 304 when the reader already has it. Only a 200 is kept."""
    tag = _tag(request, now)
    unchanged = get_conditional_response(request, etag=f'"{tag}"', last_modified=int(now.changed_at.timestamp()))
    if unchanged is not None:
        return _dated(unchanged, tag, now)
    kept: Kept | None = cache.get(tag)
    if kept is None:
        made = make()
        if made.status_code != 200:
            return made
        kept = _kept(made)
        if _worth_keeping(request, kept):
            cache.set(tag, kept, KEEP)
    return _dated(_sent(request, kept), tag, now)


def _tag(request: HttpRequest, now: Current) -> str:
    said = (
        now.seals,
        now.changed_at,
        get_language(),
        request.get_full_path(),
        request.get_host(),
        is_illustrative(),
        installed_version(),
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _worth_keeping(request: HttpRequest, kept: Kept) -> bool:
    """Query strings are without number, so a large answer is kept only at its plain address: memory has an end."""
    return not request.META.get("QUERY_STRING") or len(kept.body) <= MOST_WITH_A_QUERY


def _kept(made: HttpResponse) -> Kept:
    body = made.content
    headers = {name: made[name] for name in ("Content-Type", "Content-Disposition") if name in made}
    is_packed = len(body) > WORTH_PACKING
    return Kept(gzip.compress(body, 6, mtime=0) if is_packed else body, is_packed, headers)


def _sent(request: HttpRequest, kept: Kept) -> HttpResponse:
    if not kept.is_packed:
        return HttpResponse(kept.body, headers=kept.headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(kept.body, headers=kept.headers | {"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(kept.body), headers=kept.headers)


def _dated(response: HttpResponseBase, tag: str, now: Current) -> HttpResponseBase:
    response["ETag"] = f'"{tag}"'
    response["Last-Modified"] = http_date(now.changed_at.timestamp())
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    # A cookie may hold the language.
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response
