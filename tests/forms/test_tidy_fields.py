"""What a person may type, and what they are told when it cannot be kept. Nothing typed is lost."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samsvar.forms import (
    CprField,
    DayField,
    LineField,
    ParagraphField,
    ReferenceField,
    YesNoUnknownField,
    looks_like_cpr,
    parse_cpr,
)
from samsvar.forms.fields import is_forbidden


class Every(forms.Form):
    line = LineField(required=False)
    paragraph = ParagraphField(required=False, max_length=50)
    reference = ReferenceField(required=False)
    cpr = CprField(required=False)
    day = DayField(required=False)
    answer = YesNoUnknownField(required=False)


def refused(field, text):
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800"])
def test_a_character_nobody_can_see_is_refused_and_named(character):
    message = refused(ParagraphField(), f"bange{character}")
    assert f"U+{ord(character):04X}" in message


def test_the_text_comes_back_without_the_invisible_so_that_it_can_be_sent_again():
    form = Every({"line": "bor\x00 p\u202eå gaden"})
    assert not form.is_valid()
    assert form["line"].value() == "bor på gaden"
    assert Every({"line": form["line"].value()}).is_valid()


@pytest.mark.parametrize("text", ["👩🏽‍🚒 røg 🔥", "שלום", "<script>alert(1)</script>", "Ærøskøbing\tØst", "ﷺ"])
def test_ordinary_text_of_any_kind_is_kept(text):
    assert ParagraphField().clean(text) == text


def test_a_text_over_the_limit_is_told_how_much_and_given_back_up_to_it():
    form = Every({"paragraph": "æ" * 62})
    assert not form.is_valid()
    message = str(form.errors["paragraph"])
    assert "50 tegn" in message
    assert "12 for meget" in message
    assert form["paragraph"].value() == "æ" * 50


def test_too_long_and_invisible_are_both_told():
    assert len(Every({"paragraph": "\x00" + "a" * 60}).errors["paragraph"]) == 2


def test_a_line_break_counts_once_whatever_the_browser_sends():
    assert ParagraphField(max_length=3).clean("a\r\nb") == "a\nb"
    assert LineField().clean("a\r\nb") == "a b"


@given(st.text(max_size=300))
def test_whatever_is_typed_is_either_kept_whole_or_refused_and_the_second_try_passes(text):
    form = Every(dict.fromkeys(("line", "paragraph"), text))
    if form.is_valid():
        assert not any(is_forbidden(character) for character in form.cleaned_data["paragraph"])
        assert len(form.cleaned_data["paragraph"]) <= 50
    else:
        again = Every({name: form[name].value() for name in ("line", "paragraph")})
        assert again.is_valid(), again.errors


@given(st.text(max_size=60))
def test_no_text_in_any_field_is_a_fault(text):
    form = Every(dict.fromkeys(Every.base_fields, text))
    form.is_valid()
    assert form.as_div()


@pytest.mark.parametrize("text", ["0700-76114-00034-26", "FRB-2026-014", "Sag 12/345 (ø)", "2026.114:7"])
def test_a_number_of_one_s_own_system_is_a_reference(text):
    assert ReferenceField().clean(text) == text


@pytest.mark.parametrize("text", ["010190-1234", "0101901234", "sag 610190 1234", "610190-1234"])
def test_a_cpr_number_is_never_a_reference(text):
    assert "CPR" in refused(ReferenceField(), text)


@pytest.mark.parametrize("text", ["<b>", "a;b", "🔥", "a" * 41])
def test_other_characters_are_no_reference(text):
    refused(ReferenceField(), text)


@pytest.mark.parametrize("typed", ["610190-1234", "6101901234", " 610190 1234 ", "610190–1234"])
def test_a_demo_takes_invented_numbers_in_any_way_of_typing(settings, typed):
    settings.DEMO = True
    assert CprField().clean(typed) == "6101901234"


def test_a_demo_refuses_real_numbers_and_only_a_demo_takes_invented_ones(settings):
    settings.DEMO = True
    assert "opdigtede" in refused(CprField(), "010190-1234")
    settings.DEMO = False
    assert "demoen" in refused(CprField(), "610190-1234")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("923190-1234", "date"),
        ("913002-1234", "date"),
        ("902901-1234", "date"),
        ("610199-5234", None),
        ("890200-4234", None),
        ("890200-1234", "date"),
        ("610130-4234", "date"),
        ("61019-1234", "form"),
        ("610190-123", "form"),
        ("٦١٠١٩٠-١٢٣٤", "form"),
        ("", "form"),
    ],
)
def test_the_date_in_a_number_must_exist(number, code):
    if code is None:
        assert parse_cpr(number, demo=True)
    else:
        with pytest.raises(ValueError, match=rf"^{code}$"):
            parse_cpr(number, demo=True)


def test_people_with_a_replacement_number_can_be_written():
    assert parse_cpr("610190-4tb2", demo=True) == "6101904TB2"
    with pytest.raises(ValueError, match=r"^form$"):
        parse_cpr("610190-4TB2", demo=True, allow_replacement=False)


def test_the_message_about_a_number_never_repeats_it(settings):
    settings.DEMO = True
    for number in ("010190-1234", "993190-1234", "61019"):
        assert number not in refused(CprField(), number)


def test_a_number_inside_a_text_is_seen():
    assert looks_like_cpr("hun er 610190-1234 og bor")
    assert looks_like_cpr("010190 1234")
    assert not looks_like_cpr("ring 70101112, sag 0700-76114-00034-26")


@pytest.mark.parametrize("text", ["2026-03-04", "4.3.2026", "4-3-2026", "04/03/2026"])
def test_a_day_is_read_as_danes_write_it(text):
    assert DayField().clean(text) == datetime.date(2026, 3, 4)


@pytest.mark.parametrize("text", ["31.2.2026", "i går", "2026-13-01", "\x00", "0026-03-04", "9999-01-01", "1" * 5000])
def test_a_day_that_cannot_be_is_refused(text):
    refused(DayField(), text)


def test_what_was_typed_as_a_day_stays_to_be_mended():
    assert Every({"day": "31.2.2026"})["day"].value() == "31.2.2026"


def test_not_answering_is_not_a_no():
    assert "ved ikke" in refused(YesNoUnknownField(), "")
    assert YesNoUnknownField().clean("unknown") == "unknown"
