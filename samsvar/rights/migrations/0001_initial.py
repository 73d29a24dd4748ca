import django.core.validators
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
            name='LogWatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('hours_from', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MaxValueValidator(24)], verbose_name='almindelig arbejdstid fra klokken')),
                ('hours_until', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(24)], verbose_name='til klokken')),
                ('weekends', models.BooleanField(default=False, verbose_name='weekend er almindelig arbejdstid')),
                ('many_per_hour', models.PositiveSmallIntegerField(default=30, verbose_name='mange opslag på en time er flere end')),
                ('draws_per_week', models.PositiveSmallIntegerField(default=5, verbose_name='tilfældige opslag om ugen')),
                ('drawn_until', models.DateTimeField(null=True)),
                ('authority', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
            ],
            options={
                'verbose_name': 'vagt over loggen',
            },
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('insight', 'Indsigt'), ('correction', 'Rettelse'), ('erasure', 'Sletning'), ('restriction', 'Begrænsning'), ('objection', 'Indsigelse')], max_length=12, verbose_name='hvad beder borgeren om')),
                ('who', models.CharField(max_length=160, verbose_name='borgerens navn')),
                ('about_id', models.UUIDField(null=True)),
                ('about_case_id', models.UUIDField(null=True)),
                ('reference', models.CharField(blank=True, max_length=24, verbose_name='sagsnummer')),
                ('identified_by', models.CharField(max_length=200, verbose_name='hvordan ved I, hvem det er')),
                ('text', models.TextField(max_length=2000, verbose_name='med borgerens ord')),
                ('received_on', models.DateField(verbose_name='modtaget')),
                ('due_on', models.DateField(verbose_name='svar senest')),
                ('extended_because', models.CharField(blank=True, max_length=400, verbose_name='hvorfor tager det længere tid')),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Imødekommet'), ('partly', 'Delvis imødekommet'), ('refused', 'Afslået'), ('withdrawn', 'Trukket tilbage')], max_length=12, verbose_name='udfald')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='svaret, kort')),
                ('answered_on', models.DateField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'anmodning om rettigheder',
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['authority', 'due_on'], name='request_open'), models.Index(condition=models.Q(('outcome', ''), _negated=True), fields=['authority', '-answered_on'], name='request_closed')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True), models.Q(('answered_on', None), _negated=True)), _connector='OR'), name='request_ends_with_an_answer', violation_error_message='Skriv, hvad I har svaret.')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=24)),
                ('question', models.CharField(max_length=400, verbose_name='hvad spørger I om')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='svar')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('to_authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='rights.rightsrequest')),
            ],
            options={
                'verbose_name': 'høring',
                'constraints': [models.UniqueConstraint(fields=('request', 'to_authority'), name='heard_once', violation_error_message='I har allerede spurgt den myndighed.')],
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=200, verbose_name='hvad undtages')),
                ('paragraph', models.CharField(max_length=80, verbose_name='paragraf')),
                ('number', models.CharField(max_length=40, verbose_name='stykke og nummer')),
                ('reason', models.CharField(max_length=400, verbose_name='begrundelse')),
                ('review_on', models.DateField(verbose_name='se på det igen')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='rights.rightsrequest')),
            ],
            options={
                'verbose_name': 'undtagelse',
            },
        ),
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('seen', 'Nogen har set eller fået, hvad de ikke måtte'), ('changed', 'Noget er ændret, så det ikke passer'), ('lost', 'Noget er tabt eller kan ikke nås')], max_length=8, verbose_name='slags')),
                ('what', models.TextField(max_length=2000, verbose_name='hvad er der sket')),
                ('happened_on', models.DateField(blank=True, null=True, verbose_name='hvornår skete det')),
                ('known_at', models.DateTimeField(verbose_name='hvornår blev det kendt')),
                ('people', models.PositiveIntegerField(blank=True, null=True, verbose_name='hvor mange borgere, cirka')),
                ('consequences', models.TextField(blank=True, max_length=2000, verbose_name='hvad kan det betyde for dem')),
                ('measures', models.TextField(blank=True, max_length=2000, verbose_name='hvad er der gjort')),
                ('told_supervisor_at', models.DateTimeField(blank=True, null=True, verbose_name='anmeldt til Datatilsynet')),
                ('why_not_supervisor', models.CharField(blank=True, max_length=400, verbose_name='hvorfor ikke anmeldt')),
                ('told_citizens_on', models.DateField(blank=True, null=True, verbose_name='borgerne fik besked')),
                ('why_not_citizens', models.CharField(blank=True, max_length=400, verbose_name='hvorfor fik borgerne ikke besked')),
                ('closed_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'brud på persondatasikkerheden',
                'indexes': [models.Index(fields=['authority', '-known_at'], name='breach_by_authority')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(models.Q(models.Q(('told_supervisor_at', None), _negated=True), models.Q(('why_not_supervisor', ''), _negated=True), _connector='OR'), models.Q(models.Q(('told_citizens_on', None), _negated=True), models.Q(('why_not_citizens', ''), _negated=True), _connector='OR'), models.Q(('measures', ''), _negated=True)), _connector='OR'), name='breach_ends_told_or_explained', violation_error_message='Skriv, hvad der er gjort, og hvem der har fået besked, eller hvorfor de ikke har.')],
            },
        ),
        migrations.CreateModel(
            name='LogReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('row_at', models.DateTimeField()),
                ('person_id', models.UUIDField(null=True)),
                ('why', models.CharField(choices=[('random', 'Tilfældigt udtaget'), ('night', 'Uden for arbejdstid'), ('alone', 'Opslag uden nogen handling før eller efter'), ('many', 'Mange opslag på kort tid'), ('name', 'Borgeren hedder som en kollega'), ('area', 'Borgeren bor uden for jeres område'), ('leaver', 'Kort før personen holdt op'), ('outside', 'Spurgte om en borger uden for egne sager')], max_length=8, verbose_name='hvorfor udtaget')),
                ('drawn_at', models.DateTimeField(auto_now_add=True)),
                ('verdict', models.CharField(blank=True, choices=[('lawful', 'I orden: opslaget hører til arbejdet'), ('explained', 'I orden, efter at personen har forklaret det'), ('not_lawful', 'Ikke i orden')], max_length=12, verbose_name='vurdering')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='begrundelse')),
                ('judged_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'gennemsyn af loggen',
                'indexes': [models.Index(condition=models.Q(('verdict', '')), fields=['authority', 'drawn_at'], name='review_open'), models.Index(condition=models.Q(('verdict', ''), _negated=True), fields=['authority', '-judged_at'], name='review_judged')],
                'constraints': [models.UniqueConstraint(fields=('authority', 'seq', 'why'), name='review_once_for_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), models.Q(('note', ''), _negated=True), models.Q(('judged_at', None), _negated=True)), _connector='OR'), name='review_has_words', violation_error_message='Skriv med et par ord, hvad du lægger vægt på.')],
            },
        ),
        migrations.CreateModel(
            name='OutsideLook',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('citizen_id', models.UUIDField(null=True)),
                ('reason', models.CharField(choices=[('visit', 'Jeg skal på besøg'), ('here', 'Borgeren er hos mig nu'), ('contact', 'Jeg kan ikke få kontakt'), ('worry', 'Jeg er bekymret og vil ikke gå forbi nogen')], max_length=8, verbose_name='hvorfor')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.capacity')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'spørgsmål uden for egne sager',
                'indexes': [models.Index(fields=['by', '-at'], name='outside_by_person')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('text', models.TextField(max_length=2000, verbose_name='borgerens bemærkning')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'borgerens bemærkning',
                'indexes': [models.Index(fields=['case_id', 'at'], name='remark_by_case')],
            },
        ),
    ]
