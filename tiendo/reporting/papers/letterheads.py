"""Who reports to whom, as official papers print it on the day they are made."""

from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import localdate

from tiendo.accounts.models import Post, Role, User
from tiendo.orgs.history import parent_on, parents_on
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan
from tiendo.reporting.models import Period
from tiendo.reporting.papers.paper import Letterhead


def coordinator_unit(by: User, on: date) -> Unit | None:
    """The unit for which the person coordinates on the day."""
    post = Post.objects.in_force(on).filter(user=by, role=Role.COORDINATOR).select_related("unit").first()
    return post.unit if post else None


def coordinator_letterhead(period: Period, by: User, at: datetime) -> Letterhead:
    """The coordinator's own unit reports to the one above it; its head signs."""
    on = localdate(at)
    unit = coordinator_unit(by, on) or period.plan.owner
    return letterhead(unit, parent_on(unit, on) or period.plan.owner, on, symbol="BC")


def unit_letterhead(unit: Unit, period: Period, on: date) -> Letterhead:
    """A unit reports to the coordinating agency of the day; its head signs."""
    above = parents_on(on)
    beside = above.get(unit.pk, unit.parent_id)
    posts = list(Post.objects.in_force(on).filter(role=Role.COORDINATOR).select_related("unit").order_by("pk"))
    post = next((each for each in posts if above.get(each.unit_id) == beside), next(iter(posts), None))
    return letterhead(unit, post.unit if post else period.plan.owner, on, symbol="BC")


def meeting_letterhead(plan: Plan, on: date, *, symbol: str = "BC") -> Letterhead:
    """The coordinating agency of the day speaks to the meeting, and for a plan whose owner has nobody above."""
    post = Post.objects.in_force(on).filter(role=Role.COORDINATOR).select_related("unit").order_by("pk").first()
    unit = post.unit if post else plan.owner
    return letterhead(unit, parent_on(unit, on) or plan.owner, on, symbol=symbol)


def letterhead(unit: Unit, to: Unit, on: date, *, symbol: str) -> Letterhead:
    head_post = Post.objects.in_force(on).filter(unit=unit, role=Role.HEAD, delegated_by=None).select_related("user")
    post = head_post.order_by("pk").first()
    title = post.title.replace(unit.name, "").replace(unit.short_name, "").strip() if post else ""
    return Letterhead(
        parent_agency=(parent_on(unit, on) or to).name,
        issuing_agency=unit.name,
        symbol=f"{symbol}-{_initials(unit.short_name)}",
        place=settings.TIENDO_PLACE,
        addressee=to.name,
        signer_title=title or "Thủ trưởng",
        signer_name=post.user.full_name if post else "",
    )


def is_illustrative() -> bool:
    """Papers made of invented data say so on every page."""
    return bool(settings.TIENDO_ILLUSTRATIVE) or (settings.TIENDO_HOME / "illustrative").exists()


def _initials(name: str) -> str:
    """ "Sở KH&CN" → "SKHCN", as symbols of documents are formed."""
    words = [word for word in name.replace("&", "").replace(",", " ").split() if word.lower() != "và"]
    return "".join(word if word.isupper() else word[:1] for word in words).upper()
