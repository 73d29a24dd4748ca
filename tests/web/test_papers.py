"""The data protection officer's papers say what the system does today."""

from django.apps import apps
from django.utils import translation

from samsvar.law.packs import available
from samsvar.retention.models import DEFAULT_MONTHS, Kind
from samsvar.web import papers


def test_the_papers_in_the_folder_are_those_of_today() -> None:
    """If this fails: `python -m samsvar.web.papers`, read what changed, and commit it."""
    written = {path.name: path.read_text(encoding="utf-8") for path in papers.FOLDER.glob("*.md")}
    assert written == papers.papers()


def test_every_table_of_persons_every_rule_and_every_period_is_there() -> None:
    found = papers.papers()
    record, assessment = found["fortegnelse-artikel-30.md"], found["konsekvensanalyse.md"]
    for room in papers.PERSON_ROOMS:
        for model in apps.get_app_config(room).get_models():
            assert f"| {model._meta.verbose_name} |" in record
    for rule in available()[-1].rules.values():
        assert f"| {rule.id} |" in assessment
    for kind in Kind:
        assert f"| {kind.label} | {DEFAULT_MONTHS[kind]} |" in record


def test_what_only_the_controller_knows_is_a_blank() -> None:
    assert all(papers.BLANK in text for text in papers.papers().values())


def test_they_are_danish_whoever_writes_them() -> None:
    with translation.override("en"):
        english = papers.papers()
    assert english == papers.papers()
