"""Tags: the word carries the meaning, what is typed stays text, a slip of the template author is said at once."""

import datetime
import re

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import timezone, translation

from samsvar.web import moments

NOW = datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.UTC)


def draw(source, context=None, request=None):
    return engines["django"].from_string("{% load dkfds %}" + source).render(context or {}, request)


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text %}",
        "{% button text %}",
        "{% button 'x' href=text %}",
        "{% button 'x' name=text value=text %}",
        "{% tag text text %}",
        "{% icon 'lock' label=text %}",
        "{% breadcrumb text text text %}",
        "{% alert 'info' heading=text %}{{ text }}{% endalert %}",
        "{% details text %}{{ text }}{% enddetails %}",
        "{% accordion text note=text %}{{ text }}{% endaccordion %}",
        "{% table text %}{% cell text %}{{ text }}{% endcell %}{% endtable %}",
        "{% empty_state text %}{{ text }}{% endempty_state %}",
        "{% steps names 1 %}",
    ],
)
def test_no_component_lets_markup_through(source):
    hostile = "\"'><img src=x onerror=alert(1)>"
    page = draw(source, {"text": hostile, "names": [hostile]})
    assert "<img" not in page
    assert "&lt;img" in page


@pytest.mark.parametrize(
    "source",
    [
        "{% badge 'x' 'purple' %}",
        "{% alert 'loud' %}x{% endalert %}",
        "{% button 'x' variant='huge' %}",
        "{% breadcrumb 'Sager' '/sager/' %}",
        "{% table_picture table 'middle' %}",
    ],
)
def test_a_slip_of_the_author_is_said(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source, {"table": None})


def test_a_link_is_a_link_and_an_act_is_a_button():
    assert draw("{% button 'Gem' %}").startswith('<button class="button button-primary" type="submit">')
    assert draw("{% button 'Se' href='/x/' %}").startswith('<a class="button button-primary" href="/x/">')


def test_each_cell_of_a_card_names_its_column():
    page = draw("{% table 'Sager' %}{% cell 'Hvem' header=True %}Amager{% endcell %}{% endtable %}")
    assert '<th scope="row" data-title="Hvem">Amager</th>' in page
    assert "<caption" in page


def test_paging_keeps_the_filter_and_ends_at_the_ends():
    request = RequestFactory().get("/sager/?kun=mine&side=1")
    pages = Paginator(range(30), 10)
    first = draw("{% pagination page %}", {"page": pages.page(1)}, request)
    assert 'href="?kun=mine&amp;side=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in draw("{% pagination page %}", {"page": pages.page(3)}, request)
    assert "<nav" not in draw("{% pagination page %}", {"page": Paginator([1], 10).page(1)}, request)


@pytest.mark.parametrize(
    ("away", "danish", "english"),
    [
        (datetime.timedelta(0), "i dag kl. 13", "today at 13:00"),
        (datetime.timedelta(days=1), "i morgen kl. 13", "tomorrow at 13:00"),
        (datetime.timedelta(days=-1, minutes=5), "i går kl. 13.05", "yesterday at 13:05"),
        (datetime.timedelta(days=3, hours=-4), "om 3 dage, ons 4. marts kl. 9", "in 3 days, Wed 4 March at 9:00"),
        (
            datetime.timedelta(days=-6),
            "for 6 dage siden, man 23. februar kl. 13",
            "6 days ago, Mon 23 February at 13:00",
        ),
        (datetime.timedelta(days=40), "10. april", "10 April"),
        (datetime.timedelta(days=-100), "21. november 2025", "21 November 2025"),
    ],
)
def test_times_are_said_as_people_say_them(away, danish, english):
    assert moments.say(NOW + away, NOW) == danish
    with translation.override("en"):
        assert moments.say(NOW + away, NOW) == english


def test_a_day_without_a_clock_has_none():
    assert moments.say(datetime.date(2026, 3, 2), NOW) == "i morgen"
    assert moments.stamp(datetime.date(2026, 3, 4)) == "onsdag 4. marts 2026"


def test_midnight_belongs_to_the_danish_day():
    late = datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    assert moments.say(late, NOW) == "i morgen kl. 0.30"


def test_the_full_stamp_is_on_hover_and_nothing_is_said_of_no_moment():
    page = draw("{% when moment %}", {"moment": NOW})
    assert re.search(r'title="søndag 1\. marts 2026 kl\. 13"', page)
    assert f'datetime="{NOW.isoformat()}"' in page
    assert draw("{% when moment %}", {"moment": None}) == ""
    assert timezone.now().isoformat()[:10] in draw("{% when moment %}", {"moment": timezone.now()})
