import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reporting", "0002_the_whole_cycle"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="copied_from",
            field=models.ForeignKey(
                help_text="in the entry that this one's repeats",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="reporting.evidence",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="document_url",
            field=models.URLField(blank=True, default="", max_length=500, verbose_name="liên kết văn bản"),
        ),
    ]
