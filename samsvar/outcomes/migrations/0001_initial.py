import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from samsvar.postgres.first import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('outreach', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('quarter', models.DateField(verbose_name='kvartal')),
                ('form', models.CharField(max_length=40)),
                ('answers', models.JSONField(default=dict)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.unit')),
            ],
            options={
                'verbose_name': 'kvartalsjournal',
                'indexes': [models.Index(fields=['unit', '-quarter'], name='journal_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quarter__day', 1), ('quarter__month__in', (1, 4, 7, 10))), name='journal_of_a_quarter', violation_error_message='Vælg et kvartal.')],
            },
        ),
        migrations.CreateModel(
            name='PublishedFigures',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('day', models.DateField()),
                ('what', models.CharField(max_length=60)),
                ('figures', models.JSONField()),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.unit')),
            ],
            options={
                'verbose_name': 'offentliggjorte tal',
                'constraints': [models.UniqueConstraint(fields=('unit', 'day', 'what'), name='figures_published_once')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('month', models.DateField(verbose_name='måned')),
                ('form', models.CharField(max_length=40)),
                ('wave', models.PositiveSmallIntegerField(null=True)),
                ('target', models.PositiveSmallIntegerField(null=True)),
                ('answers', models.JSONField(default=dict)),
                ('filled', models.PositiveSmallIntegerField(default=0)),
                ('asked', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sendt')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outreach.course')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.unit')),
            ],
            options={
                'verbose_name': 'indberetning',
                'indexes': [models.Index(fields=['unit', 'sent_at'], name='report_by_unit')],
                'constraints': [models.UniqueConstraint(fields=('course', 'month'), name='report_once_a_month', violation_error_message='En anden er i gang med samme indberetning. Se siden igen.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('sent_by', None)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='report_sent_by_somebody', violation_error_message='Indberetningen mangler, hvem der sendte den.')],
            },
        ),
    ]
