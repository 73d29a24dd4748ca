import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from samsvar.postgres.first import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SteeringDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('decided_on', models.DateField(verbose_name='besluttet')),
                ('title', models.CharField(max_length=160, verbose_name='hvad er besluttet, kort')),
                ('text', models.TextField(max_length=3000, verbose_name='beslutningen')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.group')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'beslutning i styregruppen',
                'indexes': [models.Index(fields=['partnership', '-decided_on'], name='steering_decisions')],
            },
        ),
        migrations.CreateModel(
            name='DecisionReceipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('done', models.TextField(blank=True, max_length=1000, verbose_name='hvad har I gjort')),
                ('taken_on', models.DateField(null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.group')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='steering.steeringdecision')),
            ],
            options={
                'verbose_name': 'modtaget beslutning',
                'constraints': [models.UniqueConstraint(fields=('decision', 'group'), name='decision_once_per_group')],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='udgave')),
                ('purpose', models.TextField(max_length=2000, verbose_name='formål')),
                ('tasks', models.TextField(max_length=2000, verbose_name='opgaver')),
                ('working', models.TextField(blank=True, max_length=2000, verbose_name='arbejdsform')),
                ('mandate', models.TextField(blank=True, max_length=2000, verbose_name='hvad gruppen kan beslutte')),
                ('in_force_from', models.DateField(verbose_name='gælder fra')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.group')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'kommissorium',
                'constraints': [models.UniqueConstraint(fields=('group', 'version'), name='terms_version_once')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('question', models.CharField(max_length=20)),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.group')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'svar i evalueringen',
                'constraints': [models.UniqueConstraint(fields=('group', 'year', 'question', 'authority'), name='one_answer_per_authority')],
            },
        ),
    ]
