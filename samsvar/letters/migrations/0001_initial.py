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
        ('sharing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CitizenWord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('speaker', models.CharField(choices=[('citizen', 'Borgeren selv'), ('companion', 'Borgerens bisidder'), ('ombud', 'Borgerens personlige ombud')], default='citizen', max_length=10, verbose_name='hvis ord')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='navn på bisidder eller ombud')),
                ('text', models.TextField(max_length=3000, verbose_name='ordene')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'borgerens ord',
                'indexes': [models.Index(fields=['case', '-at'], name='citizen_word_by_case')],
            },
        ),
        migrations.CreateModel(
            name='JournalMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('since', models.DateTimeField(null=True)),
                ('until', models.DateTimeField()),
                ('theme', models.CharField(max_length=120, verbose_name='kort emne')),
                ('number', models.CharField(max_length=60, verbose_name='nummer i jeres eget system')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'journalisering',
                'indexes': [models.Index(fields=['case', 'authority', '-until'], name='journal_mark_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('since__lt', models.F('until')), _connector='OR'), name='journal_mark_goes_forward', violation_error_message='Det er allerede journaliseret.')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('told', models.BooleanField(verbose_name='er borgeren fortalt')),
                ('how', models.CharField(blank=True, choices=[('letter', 'Med brev'), ('talk', 'I en samtale'), ('phone', 'I telefonen'), ('companion', 'Sammen med en bisidder eller et ombud')], max_length=10, verbose_name='hvordan')),
                ('companion', models.CharField(blank=True, max_length=160, verbose_name='bisidder eller ombud')),
                ('told_on', models.DateField(blank=True, null=True, verbose_name='hvornår')),
                ('language', models.CharField(default='da', max_length=2)),
                ('words', models.TextField(blank=True, max_length=8000, verbose_name='brevet')),
                ('disclosures', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('why_not', models.CharField(blank=True, choices=[('illness', 'Det kan gøre borgeren mere syg'), ('safety', 'Nogen kan komme i fare'), ('no_contact', 'Vi kan ikke få kontakt'), ('unable', 'Borgeren kan ikke tage imod det lige nu'), ('other', 'En anden grund')], max_length=12, verbose_name='hvorfor ikke endnu')),
                ('reason', models.TextField(blank=True, max_length=1000, verbose_name='begrundelse')),
                ('paragraph', models.CharField(blank=True, max_length=16, verbose_name='paragraf')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='se på det igen')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.capacity', verbose_name='leder')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'borgerorientering',
                'indexes': [models.Index(fields=['case', '-at'], name='notice_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('leader', None), ('review_on', None), ('told', True), ('why_not', ''), models.Q(('how', ''), _negated=True), ('told_on__isnull', False)), models.Q(('how', ''), ('told', False), ('words', ''), models.Q(('why_not', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('paragraph', ''), _negated=True), ('leader__isnull', False), ('review_on__isnull', False)), _connector='OR'), name='not_told_has_leader_reason_and_day', violation_error_message='Skriv, hvorfor borgeren ikke er fortalt, hvilken leder der står for det, og til hvornår.')],
            },
        ),
        migrations.CreateModel(
            name='OutsideLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('own_doctor', 'Egen læge'), ('housing', 'Boligorganisation'), ('relative', 'Pårørende'), ('other', 'Anden privat person eller firma')], max_length=12, verbose_name='hvem')),
                ('name', models.CharField(max_length=160, verbose_name='navn')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='modtagerens adresse')),
                ('language', models.CharField(default='da', max_length=2)),
                ('words', models.TextField(max_length=8000, verbose_name='brevet')),
                ('basis', models.CharField(choices=[('consent', 'borgerens samtykke'), ('overriding', 'værdispring')], max_length=12, verbose_name='hjemmel')),
                ('secrecy_order', models.BooleanField(default=True, verbose_name='pålæg om tavshed')),
                ('acknowledged_on', models.DateField(blank=True, null=True, verbose_name='modtageren har sagt ja til pålægget')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.consent')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('weighed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sharing.weighed')),
            ],
            options={
                'verbose_name': 'brev til en uden for kredsen',
                'indexes': [models.Index(fields=['case', '-at'], name='outside_letter_by_case')],
            },
        ),
    ]
