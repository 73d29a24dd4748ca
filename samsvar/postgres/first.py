"""The first migration of a room: its tables are made together."""

from itertools import takewhile

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState


class FirstMigration(Migration):
    """A migration whose leading tables are all described before any is made.

    Django draws every model that hangs together with a new one anew, after each step. Here all hang together, so that a
    new database took minutes on a busy machine; described first and drawn once, it takes seconds. Indexes and
    constraints stand in their tables for the same reason (deploy/fold_migrations.py).
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Make the leading tables together, then take the other steps one by one."""
        steps = list(self.operations)
        tables = list(takewhile(lambda step: isinstance(step, CreateModel), steps))
        # What was drawn so far is drawn again at the first look, with the new tables in it.
        project_state.__dict__.pop("apps", None)
        for step in tables:
            step.state_forwards(self.app_label, project_state)
        for step in tables:
            step.database_forwards(self.app_label, schema_editor, project_state, project_state)
        others = Migration(self.name, self.app_label)
        others.__dict__.update(self.__dict__, operations=steps[len(tables) :])
        return others.apply(project_state, schema_editor, collect_sql)
