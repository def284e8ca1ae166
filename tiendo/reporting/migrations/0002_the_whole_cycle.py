import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def duties_of_the_period(apps, schema_editor):
    """Reports that stood before: due when their period was, and on the desk where their status puts them."""
    Duty, Stay = apps.get_model("reporting", "Duty"), apps.get_model("reporting", "Stay")
    Post = apps.get_model("accounts", "Post")
    post = Post.objects.filter(role="coordinator").order_by("-valid_from").first()
    for duty in Duty.objects.select_related("period", "unit"):
        duty.due_at = duty.period.due_at
        duty.save(update_fields=["due_at"])
        if duty.period.opened_at is None or duty.period.closed_at or duty.status == "accepted":
            continue
        waits = duty.status == "submitted" and post is not None
        Stay.objects.create(
            duty=duty,
            desk="coordinator" if waits else "officer",
            unit_id=post.unit_id if waits else duty.unit_id,
            arrived_at=(duty.sent_at if waits else None) or duty.period.opened_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_office_days'),
        ('plans', '0004_higher'),
        ('reporting', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='bước')),
                ('title', models.TextField(verbose_name='tên bước')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('approver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_steps', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_steps', to='orgs.unit')),
            ],
            options={
                'ordering': ['unit', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('unit', 'position'), name='approval_step_once_per_position'), models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='approval_step_from_1'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='approval_step_valid_order')],
            },
        ),
        migrations.CreateModel(
            name='ExtensionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='thời hạn đề nghị')),
                ('reason', models.TextField(verbose_name='lý do')),
                ('document_number', models.TextField(blank=True, default='', verbose_name='số, ký hiệu văn bản')),
                ('asked_at', models.DateTimeField()),
                ('verdict', models.CharField(choices=[('waiting', 'chờ quyết định'), ('granted', 'đồng ý gia hạn'), ('refused', 'không đồng ý'), ('withdrawn', 'đã rút')], default='waiting', max_length=20)),
                ('decision', models.TextField(blank=True, default='', verbose_name='ý kiến, văn bản quyết định')),
                ('decided_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('line', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='extension_request', to='plans.deadlineline')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='plans.task')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extension_requests', to='orgs.unit')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('verdict', 'waiting')), fields=('task',), name='extension_one_waiting'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extension_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('verdict', 'waiting')), models.Q(models.Q(('verdict', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='extension_decided_at_and_by_together'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'granted'), ('line__isnull', False)), models.Q(models.Q(('verdict', 'granted'), _negated=True), ('line', None)), _connector='OR'), name='extension_granted_makes_a_line')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'chờ xác nhận'), ('confirmed', 'đã xác nhận'), ('amended', 'xác nhận, có bổ sung'), ('disputed', 'không thống nhất'), ('settled', 'đã xử lý ý kiến'), ('silent', 'không trả lời đúng hạn')], default='asked', max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='from this moment on silence is recorded as silence')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='reporting.entry')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='orgs.unit')),
            ],
            options={
                'ordering': ['entry', 'unit__sort_key'],
                'constraints': [models.UniqueConstraint(fields=('entry', 'unit'), name='part_once_per_entry_and_unit')],
            },
        ),
        migrations.CreateModel(
            name='PartAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'chờ xác nhận'), ('confirmed', 'đã xác nhận'), ('amended', 'xác nhận, có bổ sung'), ('disputed', 'không thống nhất'), ('settled', 'đã xử lý ý kiến'), ('silent', 'không trả lời đúng hạn')], max_length=20)),
                ('text', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(help_text='None: the clock', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='reporting.part')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_answers', to='reporting.submission')),
            ],
            options={
                'ordering': ['part', 'answered_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'silent', 'asked']), models.Q(('text', ''), _negated=True), _connector='OR'), name='part_answer_says_why')],
            },
        ),
        migrations.CreateModel(
            name='PeriodDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('committee', 'UBND tỉnh'), ('department', 'Sở, ban, ngành'), ('commune', 'UBND xã, phường'), ('district', 'UBND cấp huyện'), ('party', 'Cơ quan Đảng, Mặt trận, đoàn thể'), ('national', 'Cơ quan trung ương'), ('other', 'Tổ chức khác')], max_length=20, verbose_name='cấp')),
                ('due_at', models.DateTimeField(help_text='from this moment on a report is late', verbose_name='hạn nộp')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='reporting.period')),
            ],
            options={
                'ordering': ['period', 'due_at'],
                'constraints': [models.UniqueConstraint(fields=('period', 'level'), name='period_deadline_once_per_level')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='nội dung')),
                ('held_on', models.DateField(verbose_name='ngày họp, làm việc')),
                ('report_due_on', models.DateField(verbose_name='ngày cuối gửi báo cáo')),
                ('document', models.TextField(blank=True, default='', verbose_name='số, ký hiệu văn bản')),
                ('added_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('period', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programme_entry', to='reporting.period')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programme', to='plans.plan')),
            ],
            options={
                'ordering': ['held_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('report_due_on__lte', models.F('held_on'))), name='programme_report_before_held'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='programme_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('said_at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='reporting.entry')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_for', models.ForeignKey(help_text='the unit the person spoke for', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'ordering': ['entry', 'said_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_has_words')],
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='lý do')),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField(verbose_name='đến')),
                ('ended_at', models.DateTimeField(help_text='taken back before its time', null=True)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='reporting.duty')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(help_text='None: the whole report', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='plans.task')),
            ],
            options={
                'ordering': ['-opened_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reopening_has_a_reason'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('opened_at'))), name='reopening_until_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(help_text='code in period_templates', max_length=20, verbose_name='mẫu kỳ')),
                ('asks_estimate', models.BooleanField(default=False, verbose_name='hỏi ước thực hiện đến 31/12')),
                ('commune_days', models.SmallIntegerField(default=0, help_text='negative: earlier', verbose_name='hạn của cấp xã so với hạn chung (ngày làm việc)')),
                ('started_on', models.DateField(verbose_name='áp dụng từ ngày')),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='plans.plan')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['plan', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('plan', 'template'), name='schedule_once_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='schedule_ended_at_and_by_together')],
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('desk', models.CharField(choices=[('officer', 'cán bộ của đơn vị'), ('approver', 'người duyệt trong đơn vị'), ('head', 'thủ trưởng đơn vị'), ('parent', 'đơn vị cấp trên'), ('coordinator', 'cơ quan đầu mối')], max_length=20)),
                ('step', models.PositiveSmallIntegerField(default=0, help_text="which approval step of the unit; 0 at the officers'")),
                ('arrived_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(choices=[('forwarded', 'trình lên'), ('pushed_back', 'trả lại trong đơn vị'), ('recalled', 'rút lại'), ('sent', 'đã gửi'), ('returned', 'cơ quan đầu mối trả lại'), ('accepted', 'đã tiếp nhận'), ('reopened', 'mở lại'), ('closed', 'khóa số liệu')], max_length=20, null=True)),
                ('note', models.TextField(blank=True, default='', help_text='why it was pushed back or recalled')),
                ('warned_at', models.DateTimeField(help_text='the holder was told that it lies too long', null=True)),
                ('escalated_at', models.DateTimeField(help_text="the holder's superior was told", null=True)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='reporting.duty')),
                ('left_by', models.ForeignKey(help_text='None: the clock', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(help_text='whose desk it is', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
                ('user', models.ForeignKey(help_text="when it is one person's", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['duty', 'arrived_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('left_at', None)), fields=['desk', 'arrived_at'], name='stay_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('duty',), name='stay_one_open_per_duty'), models.CheckConstraint(condition=models.Q(('left_at', None), ('left_at__gte', models.F('arrived_at')), _connector='OR'), name='stay_left_after_arriving'), models.CheckConstraint(condition=models.Q(models.Q(('left_at', None), ('outcome', None)), models.Q(('left_at__isnull', False), ('outcome__isnull', False)), _connector='OR'), name='stay_left_with_an_outcome')],
            },
        ),
        migrations.AddField(
            model_name='duty',
            name='document_number',
            field=models.TextField(blank=True, default='', verbose_name='số, ký hiệu văn bản'),
        ),
        migrations.AddField(
            model_name='duty',
            name='document_on',
            field=models.DateField(blank=True, null=True, verbose_name='ngày văn bản'),
        ),
        migrations.AddField(
            model_name='duty',
            name='document_url',
            field=models.URLField(blank=True, default='', max_length=500, verbose_name='liên kết văn bản'),
        ),
        migrations.AddField(
            model_name='duty',
            name='due_at',
            field=models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), help_text='late from this moment on; set on opening, by level of unit'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entry',
            name='filled_from',
            field=models.ForeignKey(blank=True, help_text='the entry of another report it repeats', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='fills', to='reporting.entry'),
        ),
        migrations.AddField(
            model_name='entry',
            name='money_allocated',
            field=models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='kinh phí được giao trong năm (đồng)'),
        ),
        migrations.AddField(
            model_name='entry',
            name='percent_estimate',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='ước thực hiện đến 31/12 (%)'),
        ),
        migrations.AddField(
            model_name='entry',
            name='writer_ids',
            field=models.JSONField(blank=True, default=list, help_text='who wrote since it was last sent: they do not approve it'),
        ),
        migrations.AddField(
            model_name='period',
            name='asks_estimate',
            field=models.BooleanField(default=False, verbose_name='hỏi ước thực hiện đến 31/12'),
        ),
        migrations.AddField(
            model_name='period',
            name='only_units',
            field=models.ManyToManyField(blank=True, help_text='empty: every unit that owes periodic reports', related_name='+', to='orgs.unit'),
        ),
        migrations.AddField(
            model_name='submission',
            name='money_allocated',
            field=models.DecimalField(blank=True, decimal_places=0, max_digits=18, null=True, verbose_name='kinh phí được giao trong năm (đồng)'),
        ),
        migrations.AddField(
            model_name='submission',
            name='percent_estimate',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='ước thực hiện đến 31/12 (%)'),
        ),
        migrations.AddField(
            model_name='submission',
            name='writer_ids',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name='reminder',
            name='days_before',
            field=models.SmallIntegerField(help_text='the mark it was sent at, in working days; negative: after'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('money_allocated', None), ('money_allocated__gte', 0), _connector='OR'), name='entry_allocated_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('percent_estimate', None), models.Q(('percent_estimate__gte', 0), ('percent_estimate__lte', 100)), _connector='OR'), name='entry_estimate_0_to_100'),
        ),
        migrations.AddField(
            model_name='period',
            name='schedule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='reporting.schedule'),
        ),
migrations.RunPython(duties_of_the_period, migrations.RunPython.noop),
    ]
