"""When the public was told of the task."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate

from tiendo.plans.models import Task
from tiendo.plans.timeline import Fact
from tiendo.publication.models import PublishedTask, Release


def publication_facts(task: Task) -> Iterator[Fact]:
    """The numbered releases that hold the task: published, corrected, withdrawn; one query."""
    held = PublishedTask.objects.filter(code=task.code).values("release")
    rows = Release.objects.filter(plan=task.plan_id, number__isnull=False, decided_at__isnull=False, pk__in=held)
    for row in rows.select_related("decided_by").defer("summary"):
        values, about = {"number": str(row.number)}, f"publication.release:{row.pk}"
        what = "publication_corrected" if row.corrects_id else "published"
        acts = ((about, "publication.release.correct"), (about, "publication.release.approve"))
        url = reverse("portal:release", args=[row.number])
        if row.decided_at and row.decided_by:
            day, by = localdate(row.decided_at), row.decided_by.username
            yield Fact(what, row.decided_at, day, values, by, url=url, acts=acts)
        if row.withdrawn_at:
            withdrawn = ((about, "publication.release.withdraw"),)
            at, day = row.withdrawn_at, localdate(row.withdrawn_at)
            yield Fact("publication_withdrawn", at, day, values, note=row.reason or "", url=url, acts=withdrawn)
