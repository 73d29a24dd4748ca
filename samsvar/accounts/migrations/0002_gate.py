"""Where the database keeps what it needs to know the web server by."""

from django.db import migrations

CREATE = """
create table accounts_gate (
    one boolean primary key default true check (one), inner_pad bytea not null, outer_pad bytea not null
)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "drop table accounts_gate")]
