"""Who is told of a release: the decision-makers when it waits for them, its proposer when it is decided."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.publication.models import Release
from tiendo.reporting.people import people_holding_role
from tiendo.ui.sentences import Sentence

WAITING = gettext_noop("Đợt công bố “{title}” chờ bạn phê duyệt.")
APPROVED = gettext_noop("Đợt công bố “{title}” đã được phê duyệt, mang số {number}.")
REJECTED = gettext_noop("Đợt công bố “{title}” không được phê duyệt.")


def tell_deciders(release: Release, *, by: User, at: datetime) -> None:
    """A proposal waits for them; called in its transaction."""
    sentence = Sentence.of(WAITING, title=release.title)
    people = people_holding_role(Role.DECISION_MAKER, on=localdate(at))
    _tell(release, Kind.RELEASE_TO_APPROVE, people, sentence, "", by, at)


def tell_proposer(release: Release, *, by: User, at: datetime) -> None:
    """Approved under its number, or not, and why; called in the transaction of the decision."""
    if release.status == Release.Status.APPROVED:
        sentence = Sentence.of(APPROVED, title=release.title, number=release.number)
    else:
        sentence = Sentence.of(REJECTED, title=release.title)
    _tell(release, Kind.RELEASE_DECIDED, [release.proposed_by], sentence, release.reason or "", by, at)


def _tell(release: Release, kind: Kind, to: list[User], sentence: Sentence, body: str, by: User, at: datetime) -> None:
    notify(
        kind=kind,
        to=to,
        sentence=sentence,
        body=body,
        url=reverse("publication:release-detail", args=[release.pk]),
        about=f"publication.release:{release.pk}",
        key=f"publication.release:{release.pk}:{kind.value}",
        by=by,
        at=at,
    )
