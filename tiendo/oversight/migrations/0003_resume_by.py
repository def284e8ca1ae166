from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils.timezone import localdate

DAYS = 14  # what was stopped before a day was asked for stands still two weeks, or as long as it did


def say_until_when(apps, schema_editor):
    stops = apps.get_model("oversight", "ClockStop")
    for stop in stops.objects.all():
        ended = localdate(stop.resumed_at) if stop.resumed_at else localdate(stop.stopped_at) + timedelta(days=DAYS)
        stops.objects.filter(pk=stop.pk).update(resume_by=ended)


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_replaced_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="clockstop",
            name="resume_by",
            field=models.DateField(
                help_text="after this day the clock runs again by itself",
                null=True,
                verbose_name="tạm dừng đến hết ngày",
            ),
        ),
        migrations.RunPython(say_until_when, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="clockstop",
            name="resume_by",
            field=models.DateField(
                help_text="after this day the clock runs again by itself", verbose_name="tạm dừng đến hết ngày"
            ),
        ),
        migrations.AlterField(
            model_name="clockstop",
            name="resumed_by",
            field=models.ForeignKey(
                help_text="None: the clock",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
