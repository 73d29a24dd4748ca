"""Put the indexes and constraints of a room's first migration into its tables, and let these be made together.

`makemigrations` writes each as a step of its own, and before each step Django draws every model anew, which is most of
the time that a new database takes. Run it after `makemigrations ROOM -n initial`, with the rooms' names.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import django
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.writer import MigrationWriter


def folded(operations: list[Operation], room: str) -> list[Operation]:
    """The same steps, an index or constraint inside its table where the table has all its fields from the beginning."""
    late = {step.model_name_lower for step in operations if isinstance(step, AddField)}
    kept: list[Operation] = []
    tables: dict[str, int] = {}
    for step in operations:
        if isinstance(step, AddIndex | AddConstraint):
            model = step.model_name_lower
            if model in tables and model not in late:
                [inside] = kept[tables[model]].reduce(step, room)
                kept[tables[model]] = inside
                continue
        if isinstance(step, CreateModel):
            tables[step.name_lower] = len(kept)
        kept.append(step)
    return kept


def main(rooms: list[str]) -> None:
    """Rewrite the first migrations of these rooms."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsvar.settings")
    os.environ["SAMSVAR_BUILDING"] = "1"
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    django.setup()
    for room in rooms:
        module = import_module(f"samsvar.{room}.migrations.0001_initial")
        module.Migration.operations = folded(module.Migration.operations, room)
        migration = module.Migration("0001_initial", room)
        text = MigrationWriter(migration, include_header=False).as_string()
        text = text.replace("class Migration(migrations.Migration):", "class Migration(FirstMigration):")
        text = text.replace("\n\n\nclass", "\n\nfrom samsvar.postgres.first import FirstMigration\n\n\nclass", 1)
        Path(str(module.__file__)).write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
