"""Units that share a task as members of a group can be listed; what is released already says who they are."""

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _shared(data: dict[str, Any]) -> str:
    roles = ("coordinating", "supervising", "performing")
    charged = [data.get("lead"), *(each for role in roles for each in data.get(role) or ())]
    named = {unit["code"] for each in charged if each for unit in (each, each.get("named")) if unit}
    members = {unit["code"] for each in charged if each for unit in each.get("members", ())}
    return f"|{'|'.join(sorted(members - named))}|"


def tell_shared(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Columns for lists only: the sealed records stay as they are."""
    for task in apps.get_model("publication", "PublishedTask").objects.only("data").iterator(500):
        shared = _shared(task.data)
        if shared != "||":
            task.shared_codes = shared
            task.save(update_fields=["shared_codes"])


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_indicators")]

    operations = [
        migrations.AddField(
            model_name="publishedtask",
            name="shared_codes",
            field=models.TextField(
                default="||",
                help_text="|code|code| of units charged as members of a group alone, for the unit's page",
            ),
        ),
        migrations.AlterField(
            model_name="publishedunit",
            name="counts",
            field=models.JSONField(
                help_text="the four cells of the tasks it leads, the number it helps with, and of those it shares"
            ),
        ),
        migrations.RunPython(tell_shared, migrations.RunPython.noop),
    ]
