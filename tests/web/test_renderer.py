"""What a person meets in a form: labels, hints, errors beside the field, and a summary that leads there."""

import re

import pytest
from django import forms
from django.template import engines

from samsvar.forms import LineField
from samsvar.web.forms import DkfdsRenderer
from tests.web.gallery_urls import GalleryForm

GOOD = {"reference": "A-1", "words": "bange", "children": "unknown", "unit": "a", "way": "np", "hidden": "h"}


def draw(form, source="{% load dkfds %}{{ form }}"):
    return engines["django"].from_string(source).render({"form": form})


@pytest.fixture
def wrong():
    return GalleryForm({"reference": "010190-1234", "words": "a" * 130, "day": "31.2.2026", "cpr": "12"})


def test_every_visible_field_has_a_label_that_points_at_it():
    page = draw(GalleryForm())
    for target in re.findall(r'<label[^>]* for="([^"]+)"', page):
        assert f'id="{target}"' in page
    visible = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', page)
    assert len(visible) >= 15
    for control in visible:
        assert f'for="{control}"' in page


def test_every_description_that_a_field_names_is_on_the_page(wrong):
    page = draw(wrong)
    named = [name for value in re.findall(r'aria-describedby="([^"]+)"', page) for name in value.split()]
    assert "id_reference_error" in named
    assert "id_reference_helptext" in named
    for name in named:
        assert page.count(f'id="{name}"') == 1


def test_the_summary_links_to_a_control_of_each_field_that_is_wrong(wrong):
    page = draw(wrong)
    links = re.findall(r'href="#([^"]+)"', page)
    assert links == [
        "id_reference",
        "id_words",
        "id_cpr",
        "id_day",
        "id_children_0",
        "id_unit",
        "id_way_0",
    ]
    for link in links:
        assert re.search(rf'<(?:input|select|textarea)[^>]* id="{link}"', page)


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in draw(GalleryForm(GOOD))
    assert GalleryForm(GOOD).is_valid()


def test_an_error_of_the_whole_form_and_of_a_hidden_field_is_shown():
    class Strict(forms.Form):
        secret = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self):
            raise forms.ValidationError("Sagen er flyttet.")

    page = draw(Strict({"secret": "x"}))
    assert "Sagen er flyttet." in page
    assert "secret" in page.split("</ul>")[0]


def test_the_fields_of_a_page_can_be_placed_one_by_one_with_their_summary(wrong):
    page = draw(wrong, "{% load dkfds %}{% error_summary form %}{% field form.reference %}")
    assert 'href="#id_words"' in page
    assert page.count("<input") == 1
    assert "form-group form-error" in page


def test_the_browser_is_left_to_send_so_that_our_own_messages_come():
    page = draw(GalleryForm())
    assert not re.search(r"<(input|select|textarea)[^>]* required", page)
    assert 'aria-required="true"' in page
    assert "maxlength" not in page


def test_what_a_person_may_leave_out_says_so():
    class Both(forms.Form):
        must = LineField(label="Skal")
        may = LineField(label="Kan", required=False)

    page = draw(Both())
    assert page.count("(frivilligt)") == 1
    assert page.index("(frivilligt)") > page.index("Kan")


def test_typed_markup_comes_back_as_text():
    hostile = '"><script>alert(1)</script>'
    page = draw(GalleryForm({**GOOD, "words": hostile, "reference": hostile, "unit": hostile, "day": hostile}))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_date_that_does_not_exist_stays_visible(wrong):
    assert re.search(r'<input type="text" name="day" value="31\.2\.2026"', draw(wrong))
    kept = draw(GalleryForm({**GOOD, "day": "2026-03-04"}))
    assert re.search(r'<input type="date" name="day" value="2026-03-04"', kept)


def test_radio_groups_carry_their_error_on_the_fieldset_and_stand_side_by_side(wrong):
    page = draw(wrong)
    assert '<fieldset aria-describedby="id_children_error">' in page
    assert not re.search(r'<input type="radio"[^>]*aria-invalid', page)
    assert page.count("inline-choices") == 1


def test_no_form_carries_inline_style_or_script(wrong):
    page = draw(wrong)
    assert not re.search(r"\sstyle=|\son\w+=|<script", page)


def test_the_renderer_is_the_project_s(settings):
    assert isinstance(GalleryForm().renderer, DkfdsRenderer)
