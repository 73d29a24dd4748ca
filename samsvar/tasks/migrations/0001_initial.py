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
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('daily', 'Dagens besked'), ('acute', 'Akut')], max_length=8)),
                ('day', models.DateField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'besked',
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'day'), name='notice_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.UUIDField(null=True)),
                ('role', models.CharField(blank=True, max_length=20)),
                ('kind', models.CharField(choices=[('screen', 'Visitér en bekymring'), ('prepare', 'Slå op hjemme før mødet'), ('involve_citizen', 'Inddrag borgeren'), ('tell_citizen', 'Fortæl borgeren, hvad der er videregivet'), ('look_up', 'Undersøg, om I kender borgeren'), ('outreach', 'Send en opsøgende medarbejder'), ('decide_on_child', 'Tag stilling til barnet i hjemmet'), ('accept_action', 'Svar på et forslag til jer'), ('do_action', 'Gør det, I har aftalt'), ('follow_up', 'Følg op'), ('remind_closing', 'Overvej at afslutte sagen'), ('give_feedback', 'Giv melderen svar'), ('acute', 'Akut sag'), ('ask_member', 'En kollega spørger dig til råds'), ('review_people', 'Gennemgå jeres brugere'), ('review_pages', 'Se jeres sider i vejviseren efter'), ('gap', 'Et systemhul venter på dig'), ('decision', 'Styregruppen har besluttet noget'), ('attention', 'Vær opmærksom'), ('release', 'Frigiv et bidrag, eller send det tilbage'), ('sent_back', 'Et bidrag er sendt tilbage til dig'), ('answer_request', 'Svar på et spørgsmål'), ('answer_law', 'Svar på en tvivl om reglerne'), ('law_answered', 'Juristen har svaret'), ('no_coordinator', 'Find en tovholder'), ('read_minutes', 'Læs referatet'), ('report', 'Indberet måneden'), ('late_reports', 'For sene indberetninger')], max_length=20)),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject_id', models.UUIDField()),
                ('case_id', models.UUIDField(null=True)),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('acute', models.BooleanField(default=False)),
                ('due_on', models.DateField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'opgave',
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['authority', 'role'], name='task_open_by_role'), models.Index(condition=models.Q(('done_at', None)), fields=['person'], name='task_open_by_person'), models.Index(fields=['subject_id'], name='task_subject'), models.Index(fields=['case_id'], name='task_case')],
            },
        ),
    ]
