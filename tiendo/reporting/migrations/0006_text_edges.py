from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0005_review_aids'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='submission',
            name='submission_text_head',
        ),
        migrations.RemoveIndex(
            model_name='submission',
            name='submission_text_tail',
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['text_head'], name='submission_head'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['text_tail'], name='submission_tail'),
        ),
    ]
