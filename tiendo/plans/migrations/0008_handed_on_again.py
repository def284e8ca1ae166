"""A task that came back to its giver may be handed on again by another change."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_terms_of_newest")]

    operations = [
        migrations.RemoveConstraint(model_name="handover", name="handover_once_per_task_and_unit"),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                fields=["task", "predecessor", "change"], condition=Q(undone_at=None), name="handover_once_per_change"
            ),
        ),
    ]
