import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from samsvar.postgres.first import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'Afsluttet PSP-sag'), ('network', 'Afsluttet NP-sag'), ('concern', 'Bekymring, der ikke blev en sag'), ('consult', 'Anonym sparring'), ('identity', 'Navn uden sag eller bekymring'), ('care', 'Afsluttet netværk om en borger'), ('outreach', 'Afsluttet kontaktforløb, eller henvendelse uden forløb'), ('referral', 'Afsluttet henvisning, eller kladde'), ('rights', 'Besvaret anmodning fra en borger'), ('log', 'Log')], max_length=8)),
                ('subject_id', models.UUIDField()),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('ended_on', models.DateField()),
                ('due_on', models.DateField()),
                ('months', models.PositiveSmallIntegerField()),
                ('rule', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('due', 'Tiden er gået'), ('proposed', 'Foreslået kasseret'), ('approved', 'Godkendt, kasseres om lidt')], default='due', max_length=8)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('partnership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kassation',
                'indexes': [models.Index(fields=['authority', 'state', 'due_on'], name='disposal_by_authority')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject_id'), name='disposal_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved_by', None), ('proposed_by', None), ('state', 'due')), models.Q(('approved_by', None), ('proposed_by__isnull', False), ('state', 'proposed')), models.Q(('proposed_by__isnull', False), ('state', 'approved'), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='disposal_takes_two', violation_error_message='En anden end den, der foreslog det, skal godkende.')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'Afsluttet PSP-sag'), ('network', 'Afsluttet NP-sag'), ('concern', 'Bekymring, der ikke blev en sag'), ('consult', 'Anonym sparring'), ('identity', 'Navn uden sag eller bekymring'), ('care', 'Afsluttet netværk om en borger'), ('outreach', 'Afsluttet kontaktforløb, eller henvendelse uden forløb'), ('referral', 'Afsluttet henvisning, eller kladde'), ('rights', 'Besvaret anmodning fra en borger'), ('log', 'Log')], max_length=8)),
                ('subject_id', models.UUIDField()),
                ('reason', models.CharField(max_length=400, verbose_name='hvorfor')),
                ('review_on', models.DateField(verbose_name='se på det igen')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tilbageholdelse',
                'indexes': [models.Index(condition=models.Q(('lifted_at', None)), fields=['kind', 'subject_id'], name='hold_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Remainder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'Afsluttet PSP-sag'), ('network', 'Afsluttet NP-sag'), ('concern', 'Bekymring, der ikke blev en sag'), ('consult', 'Anonym sparring'), ('identity', 'Navn uden sag eller bekymring'), ('care', 'Afsluttet netværk om en borger'), ('outreach', 'Afsluttet kontaktforløb, eller henvendelse uden forløb'), ('referral', 'Afsluttet henvisning, eller kladde'), ('rights', 'Besvaret anmodning fra en borger'), ('log', 'Log')], max_length=8)),
                ('year', models.PositiveSmallIntegerField()),
                ('months_open', models.PositiveSmallIntegerField()),
                ('raised_by_kind', models.CharField(blank=True, max_length=24)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('social', models.CharField(blank=True, max_length=8)),
                ('psychiatric', models.CharField(blank=True, max_length=8)),
                ('crime', models.CharField(blank=True, max_length=8)),
                ('close_reason', models.CharField(blank=True, max_length=12)),
                ('outcome', models.CharField(blank=True, max_length=24)),
                ('parties', models.PositiveSmallIntegerField(default=0)),
                ('moves', models.PositiveSmallIntegerField(default=0)),
                ('disclosures', models.PositiveSmallIntegerField(default=0)),
                ('was_return', models.BooleanField(default=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'rest til statistik',
                'indexes': [models.Index(fields=['partnership', 'year'], name='remainder_by_year')],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'Afsluttet PSP-sag'), ('network', 'Afsluttet NP-sag'), ('concern', 'Bekymring, der ikke blev en sag'), ('consult', 'Anonym sparring'), ('identity', 'Navn uden sag eller bekymring'), ('care', 'Afsluttet netværk om en borger'), ('outreach', 'Afsluttet kontaktforløb, eller henvendelse uden forløb'), ('referral', 'Afsluttet henvisning, eller kladde'), ('rights', 'Besvaret anmodning fra en borger'), ('log', 'Log')], max_length=8)),
                ('months', models.PositiveSmallIntegerField(verbose_name='måneder efter afslutning')),
                ('reference', models.CharField(max_length=200, verbose_name='lov eller arkivregel')),
                ('reason', models.CharField(max_length=400, verbose_name='hvorfor så længe')),
                ('set_at', models.DateTimeField(auto_now=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'regel for opbevaring',
                'constraints': [models.UniqueConstraint(fields=('authority', 'kind'), name='retention_rule_once'), models.CheckConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='retention_rule_has_source_and_reason', violation_error_message='Skriv, hvilken regel det følger, og hvorfor så længe.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'log'), ('months__gte', 6), ('months__lte', 60)), models.Q(models.Q(('kind', 'log'), _negated=True), ('months__gte', 1), ('months__lte', 120)), _connector='OR'), name='retention_rule_within_limits', violation_error_message='Loggen gemmes 6 til 60 måneder, alt andet 1 til 120.')],
            },
        ),
        migrations.CreateModel(
            name='Stone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('case', 'Afsluttet PSP-sag'), ('network', 'Afsluttet NP-sag'), ('concern', 'Bekymring, der ikke blev en sag'), ('consult', 'Anonym sparring'), ('identity', 'Navn uden sag eller bekymring'), ('care', 'Afsluttet netværk om en borger'), ('outreach', 'Afsluttet kontaktforløb, eller henvendelse uden forløb'), ('referral', 'Afsluttet henvisning, eller kladde'), ('rights', 'Besvaret anmodning fra en borger'), ('log', 'Log')], max_length=8)),
                ('subject_id', models.UUIDField()),
                ('rule', models.CharField(max_length=200)),
                ('until', models.DateField(null=True)),
                ('disposed_on', models.DateField()),
                ('counts', models.JSONField(default=dict)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
            ],
            options={
                'verbose_name': 'sten',
                'indexes': [models.Index(fields=['authority', '-disposed_on'], name='stone_by_authority')],
            },
        ),
    ]
