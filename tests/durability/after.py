"""Run as a program: what the database of a home holds now, and whether its log is whole, as JSON."""

import json
import os
import sys

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
    django.setup()
    from tiendo.audit.models import Event
    from tiendo.audit.queries import find_break
    from tiendo.reporting.models import Duty, Entry, Submission

    found = find_break()
    state = {
        "entries": {row.task.code: [row.revision, row.result] for row in Entry.objects.select_related("task")},
        "sent": [duty.pk for duty in Duty.objects.exclude(sent_at=None)],
        "submissions": list(Submission.objects.values_list("entry__duty_id", "entry__task__code")),
        "break": str(found) if found else None,
        "saves": Event.objects.filter(act="reporting.entry.save").count(),
        "sends": Event.objects.filter(act="reporting.duty.send").count(),
    }
    json.dump(state, sys.stdout)


if __name__ == "__main__":
    main()
