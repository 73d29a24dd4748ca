import django.contrib.postgres.indexes
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
            name='Citizen',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('blind_index', models.BinaryField(max_length=32, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='citizens.citizen')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'borger',
                'constraints': [models.UniqueConstraint(condition=models.Q(('blind_index', None), _negated=True), fields=('partnership', 'blind_index'), name='citizen_once')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='navn')),
                ('name_key', models.CharField(blank=True, max_length=320)),
                ('known_as', models.CharField(blank=True, max_length=160, verbose_name='kaldes / kendetegn')),
                ('pseudonym_number', models.CharField(blank=True, db_default='', max_length=8, verbose_name='nummer for kaldenavn')),
                ('cpr_cipher', models.BinaryField(null=True)),
                ('cpr_key_id', models.CharField(blank=True, max_length=16)),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fødselsår')),
                ('sex', models.CharField(choices=[('female', 'Kvinde'), ('male', 'Mand'), ('unknown', 'Ikke oplyst')], default='unknown', max_length=8, verbose_name='køn')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse eller opholdssted')),
                ('protected_until', models.DateField(blank=True, null=True, verbose_name='adressebeskyttet til')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.area')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='citizens.citizen')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'identitet',
                'constraints': [models.UniqueConstraint(condition=models.Q(('pseudonym_number', ''), _negated=True), fields=('authority', 'pseudonym_number'), name='pseudonym_number_once', violation_error_message='Det nummer er brugt til en anden.'), models.UniqueConstraint(fields=('citizen', 'authority'), name='identity_once_per_authority', violation_error_message='Jeres myndighed har allerede skrevet, hvem borgeren er.'), models.CheckConstraint(condition=models.Q(('name', ''), ('known_as', ''), _negated=True), name='identity_has_a_name', violation_error_message='Skriv et navn, eller hvad borgeren kaldes.')],
                'indexes': [models.Index(fields=['authority', 'name_key'], name='identity_by_name'), django.contrib.postgres.indexes.GinIndex(fields=['name_key'], name='identity_name_parts', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=400, verbose_name='hvorfor')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.authority')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='citizens.citizen')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='citizens.citizen')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sammenlægning',
            },
        ),
    ]
