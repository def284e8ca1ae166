from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_text_edges")]

    operations = [
        migrations.AddField(
            model_name="period",
            name="slot",
            field=models.CharField(
                blank=True,
                help_text="which period of the schedule's template, whatever its name",
                max_length=10,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="programmeentry",
            name="cancel_reason",
            field=models.TextField(blank=True, default="", verbose_name="lý do hủy"),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(fields=("schedule", "slot"), name="period_once_per_schedule_and_slot"),
        ),
        migrations.AddConstraint(
            model_name="programmeentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cancelled_at", None), models.Q(("cancel_reason", ""), _negated=True), _connector="OR"
                ),
                name="programme_cancelled_with_a_reason",
            ),
        ),
    ]
