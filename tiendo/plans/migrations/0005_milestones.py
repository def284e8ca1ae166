import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_higher'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='starts_on',
            field=models.DateField(help_text='when the lead unit means to begin, or as the document says', null=True),
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='nội dung mốc')),
                ('due_on', models.DateField(verbose_name='xong trước hết ngày')),
                ('done_on', models.DateField(null=True, verbose_name='đã xong ngày')),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(help_text='taken out of the plan of work; the row stays', null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='plans.task')),
            ],
            options={
                'ordering': ['task', 'due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='milestone_has_a_title')],
            },
        ),
    ]
