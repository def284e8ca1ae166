"""Money as the public reads it: a plan's years by source, and the share of the budget (R023, R062)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tiendo.budget.money import NO_RATE_WORDS, NoRate
from tiendo.budget.share import BASIS_WORDS, NO_SHARE_WORDS, Basis, NoShare
from tiendo.portal.released import page, released_now
from tiendo.portal.views import code_of, several
from tiendo.publication.models import Release
from tiendo.publication.records import Record


@released_now
def money(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """Every plan's money by year, and under it the share of the budget as the newest release tells it."""
    plans = [(each, [_year(year) for year in told_of(each)["years"]]) for each in releases]
    newest = releases[0]
    context = {
        "release": newest,
        "plans": plans,
        "several": bool(several(releases)) and code_of(newest),
        "shares": [(share, _share_words(share)) for share in reversed(told_of(newest)["share"])],
    }
    return page(request, "money", context)


def told_of(release: Release) -> Record:
    """What a release says of money; one from before money was published says nothing."""
    found: Record = release.summary.get("money") or {"years": [], "share": []}
    return found


def _year(year: Record) -> tuple[Record, str, list[tuple[Record, str]]]:
    """The year, why it has no rate, and the same of each of its sources."""
    return year, _why(year), [(source, _why(source)) for source in year["sources"]]


def _why(told: Record) -> str:
    reason = told["rate"]["reason"]
    return _(NO_RATE_WORDS[NoRate(reason)]) if reason else ""


def _share_words(share: Record) -> tuple[str, list[str]]:
    """The basis in words, and what a reader should know of the share."""
    basis = _(BASIS_WORDS[Basis(share["basis"])])
    if share["reason"]:
        return basis, [_(NO_SHARE_WORDS[NoShare(share["reason"])])]
    found = [_("thấp hơn mức tối thiểu 3 %")] if share["is_below"] else []
    return basis, found + ([_("thấp hơn năm trước")] if share["fell"] else [])
