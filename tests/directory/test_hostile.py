"""Whatever is sent to the directory gets a page and never a fault."""

import pytest
from django.urls import reverse

from samsvar.directory.forms.entries import EntryForm
from tests.clients import sit
from tests.directory.places import PAGE, written
from tests.world import World

HOSTILE = [
    "\x00",
    "\u202eabc",
    "'",
    "\\",
    "' :* & | !(",
    "²߀ ½",
    "x" * 5000,
    "<script>",
    "99999999999999999999",
    "=1+1",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_text_breaks_a_form_of_the_directory(world: World, value: str) -> None:
    made = written(world)
    client = sit(world, "social.admin")
    for name in EntryForm.base_fields:
        assert client.post(reverse("directory:entry_new"), {**PAGE, "name": "Ny", name: value}).status_code in {
            302,
            400,
        }
    edited = {**PAGE, "version": value}
    assert client.post(reverse("directory:entry_edit", args=[made.pk]), edited).status_code in {302, 400, 409}
    for page, field in (("units", "q"), ("sheet", "sheet"), ("pack", "sector")):
        assert client.post(reverse(f"directory:{page}"), {field: value}).status_code in {200, 302, 400}
    for query in ({"place": value}, {"fra": value, "til": "pam"}):
        assert client.get(reverse("directory:way"), query).status_code in {200, 400}
