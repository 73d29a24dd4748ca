"""Both languages are complete: no room may say something in Danish that it cannot say in English."""

import pytest

from samsvar.web import translations

PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize("room", translations.rooms(), ids=lambda room: room.name)
def test_every_text_of_a_room_has_its_english(room):
    assert translations.findings(room).lines() == []


def test_the_shell_s_texts_are_found_in_code_and_templates():
    found = {danish for _context, danish in translations.texts_in(translations.SAMSVAR / "web")}
    assert {"Mit bord", "Noget skal rettes", "Side %(number)s af %(total)s", "om %(count)s dag"} <= found


def test_a_citizen_who_is_sought_and_one_whom_a_unit_has_are_not_called_the_same():
    """A team has both: no title, button or message of the one is that of the other."""

    def said(room):
        catalog = translations.read(translations.SAMSVAR / room / translations.PO)
        texts = [text for one in catalog if one.id for text in (one.id, one.string) if isinstance(text, str)]
        return {text for text in texts if any(word in text.lower() for word in ("forløb", "course", "pathway"))}

    sought, had = said("outreach") | said("outcomes"), said("referrals")
    assert len(sought) > 20
    assert len(had) > 20
    assert sought & had == set()


@pytest.fixture
def room(tmp_path):
    """A small room with one template and one module."""
    folder = tmp_path / "rum"
    (folder / "templates").mkdir(parents=True)
    (folder / "__init__.py").write_text('from x import _\nA = _("Stol")\nB = _("%(n)s dage")\n', encoding="utf-8")
    (folder / "templates" / "a.html").write_text('{% load i18n %}{% translate "Reb" %}', encoding="utf-8")
    (folder / translations.PO).parent.mkdir(parents=True)
    return folder


def english(room, text):
    (room / translations.PO).write_text(PO_HEAD + text, encoding="utf-8")
    return translations.findings(room)


COMPLETE = 'msgid "Stol"\nmsgstr "Chair"\n\nmsgid "Reb"\nmsgstr "Rope"\n\nmsgid "%(n)s dage"\nmsgstr "%(n)s days"\n'


def test_a_complete_room_has_no_findings(room):
    assert not english(room, COMPLETE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (COMPLETE.replace('"Chair"', '""'), "missing"),
        (COMPLETE.replace('msgid "Reb"', '#, fuzzy\nmsgid "Reb"'), "fuzzy"),
        (COMPLETE + '\nmsgid "Dør"\nmsgstr "Door"\n', "unused"),
        (COMPLETE.replace("%(n)s days", "%(count)s days"), "places"),
        (COMPLETE + '\nmsgid ""\n"Re"\n"b"\nmsgstr "Rope"\n', "twice"),
    ],
)
def test_what_is_wrong_is_named(room, text, kind):
    result = english(room, text)
    assert len(getattr(result, kind)) == 1
    assert len(result.lines()) == 1


def test_the_plural_may_name_the_number_when_the_singular_spells_it_out(room):
    (room / "b.py").write_text('C = ngettext("én dag", "%(n)s dage", n)\n', encoding="utf-8")
    counted = 'msgid "én dag"\nmsgid_plural "%(n)s dage"\nmsgstr[0] "one day"\nmsgstr[1] "%(n)s days"\n'
    assert not english(room, f"{COMPLETE}\n{counted}")
    assert english(room, f"{COMPLETE}\n{counted.replace('%(n)s days', '%(count)s days')}").places


def test_compiling_writes_what_django_reads(room):
    english(room, COMPLETE)
    assert translations.build(room.parent) == 1
    import gettext

    with (room / translations.PO).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Reb") == "Rope"
