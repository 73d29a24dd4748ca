import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from samsvar.postgres.first import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='navn')),
            ],
            options={
                'verbose_name': 'område',
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('cooperation', models.CharField(choices=[('psp', 'PSP (politi, sociale myndigheder, psykiatri)'), ('ssp', 'SSP (skole, sociale myndigheder, politi)'), ('ksp', 'KSP (kriminalforsorg, sociale myndigheder, politi)')], default='psp', max_length=8, verbose_name='samarbejdsform')),
                ('police_district', models.CharField(blank=True, max_length=120, verbose_name='politikreds')),
                ('purpose', models.TextField(blank=True, verbose_name='formål og målgruppe')),
                ('reference_prefix', models.CharField(max_length=6, verbose_name='sagspræfiks')),
                ('name_in_advance', models.BooleanField(default=True, verbose_name='navn kan ses før mødet')),
                ('age_limit', models.PositiveSmallIntegerField(default=18, verbose_name='aldersgrænse')),
                ('means_required', models.BooleanField(default=True, verbose_name='kræv, at egne midler er udtømt')),
                ('count_network_cases', models.BooleanField(default=True, verbose_name='tæl NP-sager')),
                ('run_off_days', models.PositiveSmallIntegerField(default=30, verbose_name='dage med læseadgang efter udtræden')),
                ('stale_days', models.PositiveSmallIntegerField(default=30, verbose_name='dage før en sag kaldes stille')),
                ('hearing', models.CharField(choices=[('all_hear', 'Alle hører med'), ('anonymise', 'Sagen drøftes uden navn'), ('leave_room', 'De andre går ud')], db_default='all_hear', default='all_hear', max_length=12, verbose_name='når flere kommuner sidder ved bordet')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'samarbejde',
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('short_name', models.CharField(max_length=24, verbose_name='kort navn')),
                ('kind', models.CharField(choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='slags')),
                ('regime', models.CharField(choices=[('gdpr', 'databeskyttelsesforordningen'), ('rhl', 'retshåndhævelsesloven')], default='gdpr', max_length=8, verbose_name='regler for persondata')),
                ('notice', models.CharField(choices=[('screen', 'På skærmen'), ('text', 'Som tekst til vores eget system'), ('letter', 'Som brev (PDF)')], db_default='screen', default='screen', max_length=8, verbose_name='sådan vil vi have besked')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='fra')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='til')),
                ('areas', models.ManyToManyField(blank=True, related_name='authorities', to='partnerships.area')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='partnerships.authority')),
                ('several_coordinators', models.BooleanField(db_default=False, default=False, verbose_name='flere tovholdere, hver med sit område')),
            ],
            options={
                'verbose_name': 'myndighed',
                'constraints': [models.CheckConstraint(condition=models.Q(('successor', models.F('id')), _negated=True), name='authority_not_its_own_successor', violation_error_message='En myndighed kan ikke afløse sig selv.')],
            },
        ),
        migrations.CreateModel(
            name='Capacity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('function', models.CharField(max_length=80, verbose_name='funktion')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('frontline', 'Frontlinje'), ('screener', 'Visitator (vagthavende)'), ('releaser', 'Leder, der kan frigive'), ('local_admin', 'Lokal administrator'), ('dpo', 'Databeskyttelsesrådgiver'), ('jurist', 'Jurist')], max_length=16), blank=True, default=list, size=None, verbose_name='roller')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='træffes')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='gennemgået')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='hvorfor ophørt')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to='partnerships.authority')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'post',
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('word', models.CharField(default='operativgruppe', max_length=40, verbose_name='kaldes her')),
                ('level', models.CharField(choices=[('strategic', 'Strategisk'), ('steering', 'Styrende'), ('operative', 'Udførende')], max_length=12, verbose_name='niveau')),
                ('model', models.CharField(choices=[('district_council', 'Kredsrådet, udvidet med en PSP-repræsentant fra regionen'), ('steering_group', 'PSP-styregruppe under kredsrådet'), ('committee', 'PSP-udvalg under kredsrådet'), ('local_council', 'Lokalrådet er styregruppe'), ('local_council_appoints', 'Lokalrådet udpeger en styregruppe'), ('several_councils', 'Flere lokalråd sammen'), ('joins_neighbour', 'En lille kommune går med hos en større nabo'), ('catchment', 'Én styregruppe pr. psykiatrisk optageområde'), ('existing_forum', 'Et forum, der allerede findes'), ('operative_group', 'Operativgruppe'), ('conference', 'Samarbejdsenhed: åbne sagskonferencer')], default='operative_group', max_length=24, verbose_name='bygget som')),
                ('reference_prefix', models.CharField(blank=True, max_length=6, verbose_name='sagspræfiks')),
                ('rhythm', models.CharField(choices=[('weekly', 'hver uge'), ('third_wednesday', '3. onsdag i måneden'), ('monthly', 'hver måned'), ('every_second_month', 'hver anden måned'), ('quarterly', 'hvert kvartal'), ('yearly', 'en gang om året'), ('on_need', 'efter behov')], default='monthly', max_length=20, verbose_name='rytme')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='sted')),
                ('duty_to_attend', models.BooleanField(default=False, verbose_name='mødepligt')),
                ('deputies_allowed', models.BooleanField(default=True, verbose_name='stedfortrædere')),
                ('only_at_meetings', models.BooleanField(db_default=False, default=False, verbose_name='deler kun på møder')),
                ('theme_day_every', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="temadag hver n'te gang")),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('shared_inbox', 'Funktionspostkasse'), ('duty_officer', 'Vagthavende gennemgår døgnrapporter'), ('secretariat_search', 'Sekretariatet søger på a-journalnumre'), ('night_report', 'Døgnrapport og socialrapport')], max_length=24), blank=True, default=list, size=None, verbose_name='politiets kanaler')),
                ('instruction', models.TextField(blank=True, verbose_name='sådan melder du')),
                ('since', models.DateField(blank=True, null=True, verbose_name='fra')),
                ('until', models.DateField(blank=True, null=True, verbose_name='til')),
                ('areas', models.ManyToManyField(blank=True, related_name='groups', to='partnerships.area')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='partnerships.group')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'gruppe',
            },
        ),
        migrations.CreateModel(
            name='GroupFunction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('function', models.CharField(choices=[('coordinator', 'Koordinator'), ('chair', 'Formand'), ('secretariat', 'Sekretariat')], max_length=12, verbose_name='funktion')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='hvorfor flyttet')),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='functions', to='partnerships.capacity')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='functions', to='partnerships.group')),
            ],
            options={
                'verbose_name': 'gruppefunktion',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('group', 'function'), name='one_holder_of_a_function', violation_error_message='En anden har allerede denne funktion i gruppen.')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='indsats')),
                ('active', models.BooleanField(default=True, verbose_name='bruges')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='partnerships.authority')),
            ],
            options={
                'verbose_name': 'indsats',
                'ordering': ['position', 'name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('permanent', 'Fast medlem'), ('ad_hoc', 'Ad hoc'), ('deputy', 'Stedfortræder')], default='permanent', max_length=12, verbose_name='slags')),
                ('may_decide', models.BooleanField(default=True, verbose_name='kan beslutte ved bordet')),
                ('close_to_practice', models.BooleanField(default=True, verbose_name='tæt på borgersager')),
                ('duty_to_attend', models.BooleanField(default=False, verbose_name='mødepligt')),
                ('mandate', models.CharField(blank=True, max_length=200, verbose_name='mandat')),
                ('network', models.CharField(blank=True, max_length=200, verbose_name='kan inddrage')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='hvorfor udtrådt')),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partnerships.capacity')),
                ('deputises_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='partnerships.membership')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='partnerships.group')),
            ],
            options={
                'verbose_name': 'medlemskab',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('group', 'capacity'), name='membership_once', violation_error_message='Personen sidder allerede i gruppen.')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='partnerships.authority')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'deltagelse',
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('partnership', 'authority'), name='participation_once', violation_error_message='Myndigheden er allerede med i samarbejdet.')],
            },
        ),
        migrations.CreateModel(
            name='EmergencyContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='hvem')),
                ('phone', models.CharField(max_length=40, verbose_name='telefon')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='hvornår')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emergency_contacts', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'akut kontakt',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=40)),
                ('danish', models.CharField(max_length=200, verbose_name='dansk')),
                ('english', models.CharField(blank=True, max_length=200, verbose_name='engelsk')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('active', models.BooleanField(default=True, verbose_name='bruges')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'kriterium',
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='criterion_once', violation_error_message='Kriteriet findes.')],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=40)),
                ('danish', models.CharField(max_length=80, verbose_name='dansk')),
                ('english', models.CharField(blank=True, max_length=80, verbose_name='engelsk')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('active', models.BooleanField(default=True, verbose_name='bruges')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'kategori',
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='category_once', violation_error_message='Kategorien findes.')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='udgave')),
                ('text', models.TextField(verbose_name='aftalens ord')),
                ('in_force_from', models.DateField(verbose_name='gælder fra')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parties', models.ManyToManyField(related_name='+', to='partnerships.authority', verbose_name='parter')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'aftale',
                'constraints': [models.UniqueConstraint(fields=('partnership', 'version'), name='agreement_version_once', violation_error_message='Den udgave af aftalen findes allerede.')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='åbningstid')),
                ('inbox', models.EmailField(blank=True, max_length=254, verbose_name='fælles postkasse')),
                ('notice', models.CharField(choices=[('screen', 'På skærmen'), ('text', 'Som tekst til vores eget system'), ('letter', 'Som brev (PDF)')], db_default='screen', default='screen', max_length=8, verbose_name='sådan vil vi have besked')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='partnerships.authority')),
            ],
            options={
                'verbose_name': 'enhed',
            },
        ),
        migrations.CreateModel(
            name='Releaser',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('deputy', models.BooleanField(default=False, verbose_name='stedfortræder')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='hvornår')),
                ('nights', models.BooleanField(default=False, verbose_name='også aften, nat og weekend')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releasers', to='partnerships.authority')),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.capacity')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.unit')),
            ],
            options={
                'verbose_name': 'frigiver',
                'ordering': ['deputy', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('capacity',), name='releaser_once', violation_error_message='Personen står allerede på listen.')],
            },
        ),
        migrations.AddField(
            model_name='capacity',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='capacities', to='partnerships.unit'),
        ),
        migrations.AddConstraint(
            model_name='capacity',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='capacity_ends_after_it_begins', violation_error_message='En post kan ikke slutte, før den begynder.'),
        ),
    ]
