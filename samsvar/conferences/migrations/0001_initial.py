import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from samsvar.postgres.first import FirstMigration


class Migration(FirstMigration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('meetings', '0001_initial'),
        ('partnerships', '0001_initial'),
        ('sharing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conference',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('chair', models.CharField(blank=True, max_length=160, verbose_name='mødeleder')),
                ('minute_taker', models.CharField(blank=True, max_length=160, verbose_name='referent')),
                ('psp_minutes', models.PositiveSmallIntegerField(default=0, verbose_name='minutter til PSP-sager')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'konference',
            },
        ),
        migrations.CreateModel(
            name='ConferenceCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('about', models.CharField(choices=[('citizen', 'En borger'), ('family', 'En familie'), ('general', 'Et generelt emne, ingen borger')], max_length=8, verbose_name='om')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'sag i Samarbejdsenheden',
                'constraints': [models.UniqueConstraint(fields=('group_id', 'number'), name='matter_number_once', violation_error_message='Nummeret er lige blevet brugt. Prøv igen.')],
            },
        ),
        migrations.CreateModel(
            name='ConferenceItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('new', 'Ny sag'), ('follow_up', 'Opfølgning'), ('continuation', 'Videre med en sag'), ('orientation', 'Orientering'), ('worry', 'Bekymring'), ('general', 'Generelt emne')], max_length=12, verbose_name='slags')),
                ('level', models.CharField(choices=[('regional', 'Også andre end kommunen'), ('municipal', 'Kun kommunen'), ('general', 'Generelle emner')], max_length=9, verbose_name='hvem angår den')),
                ('position', models.PositiveSmallIntegerField(null=True)),
                ('moved_why', models.CharField(blank=True, max_length=200, verbose_name='hvorfor flyttet')),
                ('minutes', models.PositiveSmallIntegerField(default=15, verbose_name='minutter')),
                ('named', models.CharField(choices=[('yes', 'Ja, der er samtykke, og jeg svarer for det'), ('no', 'Nej, sagen er uden navn'), ('nobody', 'Ingen borger')], max_length=6, verbose_name='samtykke til navnet')),
                ('presented_by', models.CharField(blank=True, max_length=160, verbose_name='hvem har sagen med')),
                ('presented_from', models.CharField(blank=True, max_length=160, verbose_name='kommer fra')),
                ('late', models.BooleanField(default=False, verbose_name='kom på under mødet')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='conferences.conferencecase')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('presenter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'punkt',
                'indexes': [models.Index(fields=['matter', '-at'], name='conference_item_by_matter')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'matter'), name='matter_once_per_meeting', violation_error_message='Sagen er allerede på mødet.'), models.CheckConstraint(condition=models.Q(models.Q(('named', 'yes'), _negated=True), ('presented_by', ''), _connector='OR'), name='who_answers_for_consent_has_an_account', violation_error_message='Kun den, der har adgang her, kan svare for et samtykke.')],
            },
        ),
        migrations.CreateModel(
            name='ConferenceStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('what', models.CharField(max_length=300, verbose_name='hvad')),
                ('owner_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name='hvem')),
                ('who', models.CharField(blank=True, max_length=160, verbose_name='hvem hos dem')),
                ('due_on', models.DateField(null=True, verbose_name='senest')),
                ('condition', models.CharField(blank=True, max_length=200, verbose_name='hvis')),
                ('fallback', models.CharField(blank=True, max_length=200, verbose_name='ellers')),
                ('decided_at', models.CharField(blank=True, max_length=160, verbose_name='afgøres hos')),
                ('state', models.CharField(choices=[('open', 'I gang'), ('done', 'Lykkedes'), ('taken_over', 'En anden tager over'), ('dropped', 'Ikke længere nødvendigt')], default='open', max_length=10)),
                ('judged_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, max_length=300, verbose_name='hvordan gik det')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='conferences.conferenceitem')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='conferences.conferencecase')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'skridt',
                'indexes': [models.Index(fields=['group_id', 'state', 'due_on'], name='conference_step_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('owner_ids', []), _negated=True), name='conference_step_has_an_owner', violation_error_message='Vælg mindst én, der gør det.')],
            },
        ),
        migrations.CreateModel(
            name='ItemWords',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='hvad sagen handler om')),
                ('own_words', models.TextField(blank=True, max_length=2000, verbose_name='borgerens egne ord')),
                ('informed', models.CharField(blank=True, choices=[('yes', 'Ja'), ('no', 'Nej'), ('later', 'Bliver spurgt bagefter')], max_length=5, verbose_name='ved borgeren det')),
                ('informed_on', models.DateField(null=True, verbose_name='hvornår fik borgeren det at vide')),
                ('conclusion', models.CharField(blank=True, choices=[('agreed', 'Aftalt: næste skridt'), ('unclear', 'Stadig uklart'), ('oriented', 'Taget til orientering'), ('passed_on', 'Skal afgøres et andet sted'), ('coordinator', 'Besluttet: hvem der er tovholder'), ('leaves', 'Kræver ikke mere nu'), ('not_reached', 'Ikke nået')], max_length=12, verbose_name='konklusion')),
                ('conclusion_text', models.TextField(blank=True, max_length=2000, verbose_name='konklusionen med ord')),
                ('talk', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('there', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='til stede ved punktet')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='conferences.conferenceitem')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conferences.conferencecase')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'det sagte',
            },
        ),
        migrations.CreateModel(
            name='MatterParty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='conferences.conferencecase')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'med om sagen',
                'constraints': [models.UniqueConstraint(fields=('matter', 'authority'), name='matter_party_once')],
            },
        ),
        migrations.CreateModel(
            name='MatterPerson',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('name', models.CharField(max_length=160, verbose_name='navn')),
                ('citizen_id', models.UUIDField(null=True)),
                ('withdrawn_on', models.DateField(null=True, verbose_name='samtykke trukket tilbage')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.consent')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='conferences.conferencecase')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'hvem sagen handler om',
                'indexes': [models.Index(fields=['matter'], name='person_by_matter')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('name', models.CharField(max_length=160, verbose_name='navn')),
                ('affiliations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None, verbose_name='kommer fra')),
                ('one_item', models.BooleanField(db_default=False, default=False, verbose_name='kun med til ét punkt')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'deltager',
                'indexes': [models.Index(fields=['meeting'], name='participant_by_meeting')],
            },
        ),
    ]
