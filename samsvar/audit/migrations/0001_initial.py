"""The log's tables: partitioned by month, which Django cannot declare."""

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
create index audit_logrow_time on audit_logrow (authority_id, at desc);
create index audit_logrow_person on audit_logrow (authority_id, person_id, at desc);
create index audit_logrow_citizen on audit_logrow (citizen_id, at desc) where citizen_id is not null;
create index audit_logrow_case on audit_logrow (case_id, at desc) where case_id is not null;
"""


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
            ],
            options={"verbose_name": "kædens ende"},
        ),
    ]
