"""The log's tables: partitioned by month, which Django cannot declare."""

import uuid

import django.db.models
from django.db import migrations, models

CREATE = """
create table audit_logrow (
    seq bigint not null, authority_id uuid not null, at timestamptz not null,
    person_id uuid, capacity_id uuid, partnership_id uuid,
    act varchar(12) not null, subject_kind varchar(40) not null, subject_id uuid, case_id uuid, citizen_id uuid,
    purpose varchar(200) not null default '', detail jsonb not null default '{}',
    previous bytea not null, hash bytea not null,
    primary key (authority_id, seq, at)
) partition by range (at);
create table audit_logrow_rest partition of audit_logrow default;
create index audit_logrow_time on audit_logrow (authority_id, at desc, seq desc);
create index audit_logrow_person on audit_logrow (authority_id, person_id, at desc, seq desc);
create index audit_logrow_act on audit_logrow (authority_id, act, at desc, seq desc);
create index audit_logrow_citizen on audit_logrow (authority_id, citizen_id, at desc, seq desc) where citizen_id is not null;
create index audit_logrow_case on audit_logrow (authority_id, case_id, at desc, seq desc) where case_id is not null;
-- A look at a list is one row that names everybody in it.
create index audit_logrow_listed on audit_logrow using gin (detail jsonb_path_ops);
"""

ACTS = [
    ("look", "så"),
    ("search", "søgte"),
    ("create", "oprettede"),
    ("change", "ændrede"),
    ("disclose", "videregav"),
    ("export", "udtrak"),
    ("print", "udskrev"),
    ("refuse", "blev afvist"),
    ("unmask", "så CPR-nummer"),
    ("sign_in", "loggede ind"),
    ("sign_out", "loggede ud"),
    ("administer", "administrerede"),
    ("dispose", "kasserede"),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(CREATE, "drop table audit_logrow"),
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("authority_id", models.UUIDField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("first_seq", models.BigIntegerField(db_default=1)),
                ("first_previous", models.BinaryField(db_default=b"\x00", max_length=32)),
                ("checked_at", models.DateTimeField(null=True)),
                ("broken_seq", models.BigIntegerField(null=True)),
            ],
            options={"verbose_name": "kædens ende"},
        ),
        migrations.CreateModel(
            name="ChainCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("person_id", models.UUIDField(null=True)),
                ("seq", models.BigIntegerField()),
                ("broken_seq", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "kontrol af kæden",
                "indexes": [models.Index(fields=["authority_id", "-at"], name="chain_check_by_authority")],
            },
        ),
        # What Django may know of the partitioned table; it never makes or changes it.
        migrations.CreateModel(
            name="LogRow",
            fields=[
                ("seq", models.BigIntegerField()),
                ("authority_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("person_id", models.UUIDField(null=True)),
                ("capacity_id", models.UUIDField(null=True)),
                ("partnership_id", models.UUIDField(null=True)),
                ("act", models.CharField(choices=ACTS, max_length=12)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(null=True)),
                ("citizen_id", models.UUIDField(null=True)),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField(default=dict)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority_id", "seq", "at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
            options={"verbose_name": "logpost", "db_table": "audit_logrow", "managed": False},
        ),
    ]
