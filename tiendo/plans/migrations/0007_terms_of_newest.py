from django.db import migrations

WORDS = ("number", "title", "description", "product", "authority")
ROLES = ("lead", "coordinating", "performing")


def keep_terms(apps, schema_editor):
    """Until now no version kept what it says of its tasks: the newest of each plan says what the cards say."""
    plans, terms = apps.get_model("plans", "Plan"), apps.get_model("plans", "TaskTerms")
    for plan in plans.objects.all():
        version = plan.versions.order_by("-number").first()
        if version is None:
            continue
        tasks = plan.tasks.select_related("group").prefetch_related("assignments__unit", "deadline_lines")
        rows = [terms(version=version, task=task, terms=said_of(task)) for task in tasks]
        terms.objects.bulk_create(rows, batch_size=200)


def said_of(task):
    ledger = sorted(task.deadline_lines.all(), key=lambda line: line.number)
    parts = sorted((part for part in task.assignments.all() if part.ended_at is None), key=lambda part: part.pk)
    return {
        **{name: getattr(task, name) for name in WORDS},
        "group": task.group.code if task.group else None,
        "due": {
            "raw": ledger[-1].raw if ledger else None,
            "kind": task.due_kind,
            "on": task.due_on.isoformat() if task.due_on else None,
        },
        **{role: [named(part) for part in parts if part.role == role] for role in ROLES},
        "dropped": task.state == "cancelled",
    }


def named(part):
    return {"unit": part.unit.code if part.unit else None, "printed": part.printed}


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_followed_through")]
    operations = [migrations.RunPython(keep_terms, migrations.RunPython.noop)]
