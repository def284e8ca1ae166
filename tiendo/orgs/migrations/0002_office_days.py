from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='ngày')),
                ('kind', models.CharField(choices=[('off', 'nghỉ'), ('worked', 'làm bù')], max_length=10, verbose_name='loại')),
                ('note', models.TextField(verbose_name='văn bản, lý do')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='office_day_says_why')],
            },
        ),
    ]
