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
        ('cases', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.BigIntegerField(default=0)),
                ('changed_in', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'puls',
            },
        ),
        migrations.CreateModel(
            name='MeetingKind',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='navn')),
                ('purpose', models.CharField(blank=True, max_length=400, verbose_name='formål')),
                ('participants', models.CharField(blank=True, max_length=400, verbose_name='hvem plejer at være med')),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('approval', 'Godkendelse af referat'), ('orientation', 'Orientering fra områderne'), ('network', 'NP-sager og akutte kontakter siden sidst'), ('cases', 'Sager: opfølgning på gamle, og nye'), ('general', 'Generelle emner'), ('gaps', 'Huller i systemet'), ('theme', 'Tema'), ('skills', 'Vi lærer af hinanden'), ('constitution', 'Konstituering'), ('decisions', 'Beslutninger uden sager'), ('division', 'Hvem gør hvad'), ('feedback', 'Tilbagemelding'), ('plan', 'Planen fremad'), ('evaluation', 'Hvordan går det, og hvad skal ændres'), ('other', 'Eventuelt')], max_length=16), size=None, verbose_name='dele')),
                ('decides', models.BooleanField(default=True, verbose_name='mødet kan beslutte')),
                ('minutes', models.PositiveSmallIntegerField(default=120, verbose_name='varighed i minutter')),
                ('notice_days', models.PositiveSmallIntegerField(default=7, verbose_name='indkaldes så mange dage før')),
                ('template', models.CharField(blank=True, max_length=24)),
                ('changed_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'mødetype',
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('partnership', 'name'), name='kind_name_once', violation_error_message='I har allerede en mødetype med det navn.')],
            },
        ),
        migrations.CreateModel(
            name='MeetingSeries',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('rule', models.JSONField()),
                ('if_closed', models.CharField(choices=[('next', 'Mødet flyttes til næste hverdag'), ('skip', 'Mødet falder ud'), ('keep', 'Mødet holdes alligevel')], default='next', max_length=4, verbose_name='når dagen er en helligdag')),
                ('hour', models.TimeField(verbose_name='klokken')),
                ('minutes', models.PositiveSmallIntegerField(default=120, verbose_name='varighed i minutter')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='sted')),
                ('notify_days', models.PositiveSmallIntegerField(default=3, verbose_name='meld sager senest så mange dage før')),
                ('ahead', models.PositiveSmallIntegerField(default=6, verbose_name='så mange møder frem')),
                ('since', models.DateField(verbose_name='fra')),
                ('until', models.DateField(blank=True, null=True, verbose_name='til')),
                ('changed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='partnerships.group')),
                ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meetingkind')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'mødeserie',
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='series_ends_after_it_begins', violation_error_message='Serien kan ikke slutte, før den begynder.')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='hvornår')),
                ('minutes', models.PositiveSmallIntegerField(db_default=120, default=120, verbose_name='varighed i minutter')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='hvor')),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('approval', 'Godkendelse af referat'), ('orientation', 'Orientering fra områderne'), ('network', 'NP-sager og akutte kontakter siden sidst'), ('cases', 'Sager: opfølgning på gamle, og nye'), ('general', 'Generelle emner'), ('gaps', 'Huller i systemet'), ('theme', 'Tema'), ('skills', 'Vi lærer af hinanden'), ('constitution', 'Konstituering'), ('decisions', 'Beslutninger uden sager'), ('division', 'Hvem gør hvad'), ('feedback', 'Tilbagemelding'), ('plan', 'Planen fremad'), ('evaluation', 'Hvordan går det, og hvad skal ændres'), ('other', 'Eventuelt')], max_length=16), blank=True, db_default=[], default=list, size=None)),
                ('decides', models.BooleanField(db_default=True, default=True, verbose_name='mødet kan beslutte')),
                ('series_day', models.DateField(null=True)),
                ('moved_alone', models.BooleanField(db_default=False, default=False)),
                ('sequence', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('asked_sequence', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('state', models.CharField(choices=[('planned', 'Planlagt'), ('held', 'Holdt'), ('called_off', 'Aflyst')], default='planned', max_length=12, verbose_name='status')),
                ('theme_day', models.BooleanField(default=False, verbose_name='temadag')),
                ('notify_until', models.DateTimeField(blank=True, null=True, verbose_name='sidste frist for at melde sager')),
                ('orientation', models.TextField(blank=True, max_length=4000, verbose_name='orientering fra områderne')),
                ('general', models.TextField(blank=True, max_length=4000, verbose_name='generelle emner')),
                ('notes', models.JSONField(blank=True, db_default={}, default=dict)),
                ('held_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('minutes_sent_at', models.DateTimeField(null=True)),
                ('minutes_version', models.PositiveSmallIntegerField(db_default=1, default=1)),
                ('frame_changed_at', models.DateTimeField(null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='partnerships.group')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('kind', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meetingkind')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.meetingseries')),
            ],
            options={
                'verbose_name': 'møde',
                'indexes': [models.Index(fields=['group', 'starts_at'], name='meeting_by_group')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'called_off'), _negated=True), fields=('group', 'starts_at'), name='meeting_once', violation_error_message='Gruppen har allerede et møde på det tidspunkt.'), models.UniqueConstraint(fields=('series', 'series_day'), name='series_day_once')],
            },
        ),
        migrations.CreateModel(
            name='MinutesRead',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('version', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='meetings.meeting')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'læst referat',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person', 'version'), name='minutes_read_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.capacity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kalenderadresse',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('capacity',), name='one_calendar_feed_per_post')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('sent_sequence', models.PositiveSmallIntegerField(null=True)),
                ('sent_off', models.BooleanField(db_default=False, default=False)),
                ('sent_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('coming', 'Kommer'), ('phone', 'På telefon'), ('deputy', 'Stedfortræder kommer'), ('not_coming', 'Kommer ikke')], db_default='', max_length=12, verbose_name='svar')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_sequence', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='meetings.meeting')),
            ],
            options={
                'verbose_name': 'indkaldelse',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'membership'), name='invitation_once')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('who', models.CharField(choices=[('citizen', 'Borgeren'), ('companion', 'Borgerens bisidder'), ('ombud', 'Borgerens personlige ombud'), ('other', 'En anden, som borgeren har sagt ja til')], max_length=10, verbose_name='hvem kommer')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='navn')),
                ('comes_at', models.DateTimeField(verbose_name='hvornår')),
                ('arrived_at', models.DateTimeField(null=True)),
                ('left_at', models.DateTimeField(null=True)),
                ('called_off_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guests', to='meetings.meeting')),
            ],
            options={
                'verbose_name': 'gæst ved et punkt',
                'indexes': [models.Index(fields=['meeting', 'case'], name='guest_by_item')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('who', 'citizen')), models.Q(models.Q(('who', 'citizen'), _negated=True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='guest_has_a_name_or_is_the_citizen', violation_error_message='Skriv, hvem der kommer.')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('case_id', models.UUIDField(null=True)),
                ('field', models.CharField(max_length=40)),
                ('text', models.TextField(max_length=4000)),
                ('saved_at', models.DateTimeField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
            ],
            options={
                'verbose_name': 'kladde',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'case_id', 'person', 'field'), name='draft_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('state', models.CharField(choices=[('present', 'Til stede'), ('phone', 'På telefon'), ('excused', 'Afbud'), ('absent', 'Udeblevet')], max_length=8)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='meetings.meeting')),
            ],
            options={
                'verbose_name': 'fremmøde',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'membership'), name='attendance_once')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('text', models.TextField(max_length=1500, verbose_name='rettelse')),
                ('reason', models.CharField(max_length=400, verbose_name='hvorfor')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='meetings.meeting')),
            ],
            options={
                'verbose_name': 'rettelse til referat',
                'indexes': [models.Index(fields=['meeting', 'at'], name='amendment_by_meeting')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('follow_up', 'Opfølgning på gamle sager'), ('new', 'Nye sager')], max_length=12)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('decision', models.CharField(blank=True, choices=[('placed', 'Handlingsansvaret placeres'), ('nothing_new', 'Intet nyt'), ('followed_up', 'Fulgt op'), ('awaiting_information', 'Afventer oplysninger'), ('awaiting_mandate', 'Afventer kompetence'), ('wait_until', 'Afvent til en dato'), ('not_psp', 'Ikke PSP'), ('general', 'Generelt emne'), ('network', 'Netværksmøde'), ('postponed', 'Ikke nået: på næste dagsorden'), ('closed', 'Sagen afsluttes')], max_length=24, verbose_name='beslutning')),
                ('note', models.TextField(blank=True, max_length=1500, verbose_name='indsats og fordeling')),
                ('dissent', models.CharField(blank=True, max_length=400, verbose_name='afvigende mening')),
                ('added', models.TextField(blank=True, db_default='', max_length=1500, verbose_name='føjet til referatet')),
                ('added_at', models.DateTimeField(null=True)),
                ('next_step', models.CharField(blank=True, max_length=200, verbose_name='næste skridt')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='næste skridt hvornår')),
                ('hearing', models.CharField(blank=True, choices=[('all_hear', 'Alle hører med'), ('anonymise', 'Sagen drøftes uden navn'), ('leave_room', 'De andre går ud')], db_default='', max_length=12, verbose_name='de, der ikke er med i sagen')),
                ('away', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None, verbose_name='ude under punktet')),
                ('decided_at', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False, verbose_name='kom på ved mødet')),
                ('opened_at', models.DateTimeField(null=True)),
                ('seconds', models.PositiveIntegerField(db_default=0, default=0)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='cases.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting')),
            ],
            options={
                'verbose_name': 'dagsordenspunkt',
                'indexes': [models.Index(fields=['case'], name='item_by_case')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'case'), name='case_once_per_meeting', violation_error_message='Sagen er allerede på dagsordenen.')],
            },
        ),
    ]
