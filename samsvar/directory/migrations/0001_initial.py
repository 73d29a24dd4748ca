import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
            name='LawQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('basis', models.CharField(blank=True, choices=[('s115', 'samarbejdet (§ 115)'), ('consent', 'borgerens samtykke'), ('overriding', 'værdispring'), ('treatment', 'behandling mellem sundhedspersoner'), ('plan', 'udskrivningsaftale eller koordinationsplan'), ('own', 'egen myndighed'), ('duty', 'pligt til at underrette om et barn'), ('call_out', 'fælles udrykning'), ('none', 'ingen hjemmel')], max_length=16, verbose_name='hjemmel')),
                ('cooperation', models.CharField(blank=True, choices=[('psp', 'PSP (politi, sociale myndigheder, psykiatri)'), ('ssp', 'SSP (skole, sociale myndigheder, politi)'), ('ksp', 'KSP (kriminalforsorg, sociale myndigheder, politi)')], max_length=8, verbose_name='samarbejdsform')),
                ('sender', models.CharField(blank=True, choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='fra')),
                ('receiver', models.CharField(blank=True, choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='til')),
                ('purpose', models.CharField(blank=True, choices=[('clarify', 'visiterende drøftelse'), ('help', 'indsatsen for borgeren'), ('acute', 'akut situation'), ('follow_up', 'opfølgning'), ('safety', 'sikkerhed ved besøg'), ('handover', 'overdragelse af ansvar')], max_length=16, verbose_name='formål')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField(max_length=1500, verbose_name='spørgsmål, uden navn og nummer')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('to_authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
            ],
            options={
                'verbose_name': 'tvivl',
                'indexes': [models.Index(fields=['to_authority', '-asked_at'], name='law_question_by_lawyer')],
            },
        ),
        migrations.CreateModel(
            name='LawAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('basis', models.CharField(blank=True, choices=[('s115', 'samarbejdet (§ 115)'), ('consent', 'borgerens samtykke'), ('overriding', 'værdispring'), ('treatment', 'behandling mellem sundhedspersoner'), ('plan', 'udskrivningsaftale eller koordinationsplan'), ('own', 'egen myndighed'), ('duty', 'pligt til at underrette om et barn'), ('call_out', 'fælles udrykning'), ('none', 'ingen hjemmel')], max_length=16, verbose_name='hjemmel')),
                ('cooperation', models.CharField(blank=True, choices=[('psp', 'PSP (politi, sociale myndigheder, psykiatri)'), ('ssp', 'SSP (skole, sociale myndigheder, politi)'), ('ksp', 'KSP (kriminalforsorg, sociale myndigheder, politi)')], max_length=8, verbose_name='samarbejdsform')),
                ('sender', models.CharField(blank=True, choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='fra')),
                ('receiver', models.CharField(blank=True, choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='til')),
                ('purpose', models.CharField(blank=True, choices=[('clarify', 'visiterende drøftelse'), ('help', 'indsatsen for borgeren'), ('acute', 'akut situation'), ('follow_up', 'opfølgning'), ('safety', 'sikkerhed ved besøg'), ('handover', 'overdragelse af ansvar')], max_length=16, verbose_name='formål')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('pack', models.CharField(max_length=24, verbose_name='regelsæt')),
                ('text', models.TextField(max_length=3000, verbose_name='svar')),
                ('general', models.CharField(blank=True, max_length=300, verbose_name='spørgsmålet i almindelighed')),
                ('retired_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='directory.lawquestion')),
            ],
            options={
                'verbose_name': 'svar på tvivl',
                'indexes': [models.Index(fields=['partnership', '-at'], name='law_answer_by_place')],
            },
        ),
        migrations.CreateModel(
            name='DirectoryEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outside', models.CharField(blank=True, max_length=120, verbose_name='hører under')),
                ('name', models.CharField(max_length=120, verbose_name='navn')),
                ('known_as', models.CharField(blank=True, max_length=300, verbose_name='kaldes også')),
                ('sector', models.CharField(choices=[('municipality', 'kommune'), ('region', 'region'), ('practice', 'almen praksis'), ('justice', 'politi og kriminalforsorg'), ('private', 'privat eller selvejende')], max_length=16, verbose_name='sektor')),
                ('kind', models.CharField(choices=[('child_authority', 'Børn og Unge (kommunens myndighed)'), ('adult_authority', 'myndigheden for voksne (psykiatri og handicap)'), ('drop_in', 'værested'), ('jobcentre', 'jobcenter'), ('stu', 'ungdommens uddannelsesvejledning, STU-team'), ('substance', 'rusmiddelcenter'), ('pam', 'psykiatrisk akutmodtagelse (PAM)'), ('buk', 'børne- og ungdomspsykiatri (regionens klinik, »B&U«)'), ('ward', 'psykiatrisk sengeafsnit'), ('district', 'distriktspsykiatri'), ('gp', 'praktiserende læge'), ('pvk', 'Psykiatrisk Visitationsklinik (PVK)'), ('buf', 'Børne- og Ungdomspsykiatrisk Forum (BUF)'), ('ppr', 'PPR og forebyggelse'), ('support_85', 'socialpsykiatri, støtte efter § 85'), ('outreach_99', 'opsøgende støttekontaktperson efter § 99'), ('mentor', 'mentor fra jobcentret'), ('housing', 'bosted eller opholdssted'), ('child_board', 'visitationsudvalg for børn'), ('rehab_team', 'rehabiliteringsteam'), ('job_board', 'jobcentrets visitationsteam'), ('stu_board', 'visitationsudvalg for STU'), ('clinic', 'anden psykiatrisk klinik'), ('adult_psychiatry', 'voksenpsykiatrien'), ('paediatric', 'børneafdeling på sygehus'), ('hospital', 'sygehus'), ('specialist', 'privat speciallæge'), ('dentist', 'tandlæge'), ('health_visitor', 'sundhedsplejerske'), ('school', 'skole'), ('home_nursing', 'hjemmesygepleje og hjemmepleje'), ('benefits', 'boligkontor eller ydelseskontor'), ('police', 'politi'), ('probation', 'kriminalforsorg'), ('prison', 'arresthus'), ('other', 'andet')], max_length=20, verbose_name='slags')),
                ('part_of', models.CharField(blank=True, max_length=120, verbose_name='afdeling')),
                ('age_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fra alder')),
                ('age_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='til alder')),
                ('purpose', models.TextField(max_length=800, verbose_name='hvad vi gør')),
                ('open_door', models.BooleanField(default=False, verbose_name='man kan komme uden henvisning')),
                ('ways_in', models.TextField(blank=True, max_length=1500, verbose_name='veje ind')),
                ('bring', models.TextField(blank=True, max_length=800, verbose_name='det skal med')),
                ('pathway', models.TextField(blank=True, max_length=1500, verbose_name='forløbet')),
                ('stages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('intake', 'modtagelse'), ('assess', 'vurdering'), ('grant', 'bevilling'), ('deliver', 'indsats'), ('evaluate', 'opfølgning')], max_length=10), blank=True, default=list, size=None, verbose_name='trin')),
                ('deadlines', models.TextField(blank=True, max_length=800, verbose_name='frister')),
                ('legal', models.CharField(blank=True, max_length=300, verbose_name='lovgrundlag')),
                ('cannot', models.TextField(blank=True, max_length=800, verbose_name='det kan vi ikke')),
                ('asked_as', models.TextField(blank=True, max_length=800, verbose_name='ord, folk spørger med')),
                ('procedure', models.URLField(blank=True, max_length=300, verbose_name='vores procedure')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telefon')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='åbningstid')),
                ('inbox', models.EmailField(blank=True, max_length=254, verbose_name='fælles postkasse')),
                ('staff', models.JSONField(blank=True, default=list, verbose_name='hvem man taler med')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='kilde')),
                ('version', models.PositiveIntegerField(default=1)),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='bekræftet')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='lukket')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('spoken', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), models.Value(', '), models.F('known_as'), arg_joiner=' || ', template='lower(%(expressions)s)'), output_field=models.TextField())),
                ('names', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('name'), models.Value(', '), models.F('known_as'), arg_joiner=' || ', template='lower(%(expressions)s)'), models.Value(', '), function='string_to_array'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('said', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('name', 'known_as', 'asked_as', config='danish'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('told', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('purpose', 'part_of', 'outside', 'ways_in', 'bring', 'pathway', 'deadlines', 'legal', config='danish'), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.unit')),
            ],
            options={
                'verbose_name': 'side i vejviseren',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['said'], name='directory_entry_said'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['told'], name='directory_entry_told'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['names'], name='directory_entry_names'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['spoken'], name='directory_entry_spoken', opclasses=['gin_trgm_ops'])],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('partnership', 'name', 'sector'), name='directory_entry_name_once', violation_error_message='Der er allerede en side med det navn i vejviseren.'), models.CheckConstraint(condition=models.Q(('kind__in', ['child_authority', 'adult_authority', 'drop_in', 'jobcentre', 'stu', 'substance', 'pam', 'buk', 'ward', 'district', 'gp', 'pvk', 'buf', 'ppr', 'support_85', 'outreach_99', 'mentor', 'housing', 'child_board', 'rehab_team', 'job_board', 'stu_board', 'clinic', 'adult_psychiatry', 'paediatric', 'hospital', 'specialist', 'dentist', 'health_visitor', 'school', 'home_nursing', 'benefits', 'police', 'probation', 'prison', 'other'])), name='directory_entry_of_a_kind', violation_error_message='»SKP« bruges om flere slags støtte. Vælg, hvilken det er: § 85, § 99 eller mentor.'), models.CheckConstraint(condition=models.Q(('age_to', None), ('age_from', None), ('age_to__gte', models.F('age_from')), _connector='OR'), name='directory_entry_ages_in_order', violation_error_message='Den højeste alder kan ikke være lavere end den laveste.')],
            },
        ),
        migrations.CreateModel(
            name='LawChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('basis', models.CharField(blank=True, choices=[('s115', 'samarbejdet (§ 115)'), ('consent', 'borgerens samtykke'), ('overriding', 'værdispring'), ('treatment', 'behandling mellem sundhedspersoner'), ('plan', 'udskrivningsaftale eller koordinationsplan'), ('own', 'egen myndighed'), ('duty', 'pligt til at underrette om et barn'), ('call_out', 'fælles udrykning'), ('none', 'ingen hjemmel')], max_length=16, verbose_name='hjemmel')),
                ('cooperation', models.CharField(blank=True, choices=[('psp', 'PSP (politi, sociale myndigheder, psykiatri)'), ('ssp', 'SSP (skole, sociale myndigheder, politi)'), ('ksp', 'KSP (kriminalforsorg, sociale myndigheder, politi)')], max_length=8, verbose_name='samarbejdsform')),
                ('sender', models.CharField(blank=True, choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='fra')),
                ('receiver', models.CharField(blank=True, choices=[('police', 'politi'), ('social', 'sociale myndigheder'), ('psychiatry', 'psykiatri'), ('forensic_psychiatry', 'retspsykiatri'), ('probation', 'kriminalforsorg'), ('jobcentre', 'jobcenter'), ('self_owning', 'selvejende institution'), ('practice', 'almen praksis'), ('housing', 'boligorganisation'), ('private', 'privat person eller firma')], max_length=24, verbose_name='til')),
                ('purpose', models.CharField(blank=True, choices=[('clarify', 'visiterende drøftelse'), ('help', 'indsatsen for borgeren'), ('acute', 'akut situation'), ('follow_up', 'opfølgning'), ('safety', 'sikkerhed ved besøg'), ('handover', 'overdragelse af ansvar')], max_length=16, verbose_name='formål')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('rule', models.CharField(blank=True, max_length=8, verbose_name='regel')),
                ('regime', models.CharField(blank=True, choices=[('gdpr', 'databeskyttelsesforordningen'), ('rhl', 'retshåndhævelsesloven')], max_length=8, verbose_name='regler for persondata')),
                ('opens', models.BooleanField(null=True, verbose_name='åbner')),
                ('status', models.CharField(blank=True, choices=[('verified', 'verified'), ('unverified', 'unverified')], max_length=12, verbose_name='efterprøvet')),
                ('switch', models.BooleanField(null=True, verbose_name='slået til')),
                ('why', models.TextField(max_length=2000, verbose_name='hvorfor, og med hvilken kilde')),
                ('since', models.DateField(verbose_name='gælder fra')),
                ('until', models.DateField(blank=True, null=True, verbose_name='til og med')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'ændring af reglerne',
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='law_change_number_once', violation_error_message='En anden skrev en ændring på samme tid. Send igen.'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('created_by')), _negated=True), _connector='OR'), name='law_change_second_person', violation_error_message='En anden end den, der skrev kladden, skal godkende den.'), models.CheckConstraint(condition=models.Q(models.Q(('opens__isnull', False), ('rule', ''), ('status', ''), ('switch', None), models.Q(('basis', ''), _negated=True)), models.Q(models.Q(('rule', ''), _negated=True), ('basis', ''), ('cooperation', ''), ('opens', None), ('purpose', ''), ('receiver', ''), ('regime', ''), ('sender', '')), _connector='OR'), name='law_change_of_rows_or_of_a_rule', violation_error_message='En ændring gælder enten rækker i tabellen eller én regel.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), models.Q(('ended_at', None), _negated=True), _connector='OR'), name='law_change_ends_after_it_begins', violation_error_message='En ændring kan ikke slutte, før den begynder.')],
            },
        ),
    ]
