"""What a version says of every task, kept when it is made, so that it can be read after the tasks have changed."""

from django.db import transaction

from tiendo.plans.models import PlanVersion, TaskTerms
from tiendo.plans.terms import terms_now


@transaction.atomic
def keep_terms(*, version: PlanVersion) -> int:
    """Keep what the tasks of the plan say now as the words of its newest version; how many tasks.

    Called by whoever makes a version, inside that act: once by `create_version`, again after the tasks that go on were
    amended. Raises ValueError for a version that another has followed: what it said is past.
    """
    if version.plan.versions.filter(number__gt=version.number).exists():
        raise ValueError(f"{version} is no longer the newest: what it says stays")
    said = terms_now(version.plan.tasks.all())
    TaskTerms.objects.filter(version=version).delete()
    rows = [TaskTerms(version=version, task_id=pk, terms=terms) for pk, terms in said.items()]
    TaskTerms.objects.bulk_create(rows, batch_size=200)
    return len(rows)
