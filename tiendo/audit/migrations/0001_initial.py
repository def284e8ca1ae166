from django.db import migrations, models

from tiendo.audit.triggers import install_in_migration, remove_in_migration


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='chain_head_single_row')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('act', models.TextField()),
                ('subject', models.TextField()),
                ('detail', models.JSONField(default=dict)),
                ('prev_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['seq'],
                'indexes': [models.Index(fields=['act', 'seq'], name='event_act_seq'), models.Index(fields=['subject', 'seq'], name='event_subject_seq')],
                'constraints': [models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='event_seq_from_one'), models.UniqueConstraint(fields=('hash',), name='event_hash_once'), models.UniqueConstraint(fields=('prev_hash',), name='event_follows_one')],
            },
        ),
        migrations.RunPython(install_in_migration, remove_in_migration),
    ]
