"""The frame of every page: where one is, in which chair, how to lock, and the pages for when it goes wrong."""

import pytest
from django.template.loader import render_to_string
from django.test import Client


def text(response):
    return response.content.decode()


def test_the_navigation_shows_only_places_that_answer(browser):
    page = text(browser.get("/"))
    assert 'href="/sager/rejs/"' in page
    assert "Møder" not in page
    assert "Visitering" not in page


def test_the_place_one_is_in_is_marked_for_eye_and_ear(browser):
    assert 'href="/sager/" aria-current="page"' in text(browser.get("/sager/"))


def test_the_chair_one_sits_in_and_the_quick_lock_are_on_the_page(browser):
    page = text(browser.get("/"))
    assert "Kunigunde Bartholomæussen-Østergaard" in page
    assert "Psykiatrisk Center Frederiksberg-Bispebjerg" in page
    assert '<form method="post" action="/konto/laas/"' in page


def test_nobody_logged_in_sees_no_places_no_lock_and_no_name(browser):
    page = text(browser.get("/hjaelp/"))
    assert "/konto/laas/" not in page
    assert "Hovedmenu" not in page
    assert "Kunigunde" not in page


def test_no_name_stands_in_the_window_title(browser):
    title = text(browser.get("/")).split("<title>")[1].split("</title>")[0]
    assert "Kunigunde" not in title


@pytest.mark.parametrize("address", ["/", "/hjaelp/", "/findes-ikke/"])
def test_every_page_says_that_it_is_no_emergency_service(browser, address):
    assert "ring 112" in text(browser.get(address))


def test_a_demo_says_so_on_top_of_every_page_and_nothing_else_does(browser, settings):
    assert "Demo: alle mennesker og sager her er opdigtede" in text(browser.get("/"))
    settings.DEMO = False
    assert "Demo:" not in text(browser.get("/"))


def test_the_language_is_changed_by_a_button_and_stays(browser):
    answer = browser.post("/sprog/", {"language": "en", "next": "/hjaelp/"})
    assert answer.status_code == 302
    assert answer.url == "/hjaelp/"
    assert '<html lang="en">' in text(browser.get("/hjaelp/"))
    assert "Not an emergency service" in text(browser.get("/hjaelp/"))


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\x"]
)
def test_the_language_button_never_leads_away(browser, target):
    assert browser.post("/sprog/", {"language": "en", "next": target}).url == "/"


def test_an_unknown_language_is_not_remembered(browser):
    assert not browser.post("/sprog/", {"language": "xx", "next": "/"}).cookies


def test_reading_a_page_changes_no_language(browser):
    assert browser.get("/sprog/?language=en").status_code == 405


def test_what_is_missing_is_said_without_the_address(browser):
    answer = browser.get("/sager/6101901234/")
    assert answer.status_code == 404
    assert "Det findes ikke her" in text(answer)
    assert "6101901234" not in text(answer)


def test_a_fault_of_ours_gives_back_what_was_typed(browser):
    browser.raise_request_exception = False
    answer = browser.post("/broken/", {"words": "ti linjer <b>om</b> det", "password": "hemmelig"})
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in text(answer)
    assert "ti linjer &lt;b&gt;om&lt;/b&gt; det" in text(answer)
    assert "hemmelig" not in text(answer)


def test_a_page_that_was_open_too_long_gives_back_what_was_typed(shell):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "da"})
    answer = strict.post("/", {"words": "det jeg skrev", "csrfmiddlewaretoken": "an-old-token"})
    assert answer.status_code == 403
    assert "Siden var blevet for gammel" in text(answer)
    assert "det jeg skrev" in text(answer)
    assert "an-old-token" not in text(answer)


def test_a_body_over_the_limit_is_refused_with_the_text_up_to_the_limit(browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    body = "words=" + "%C3%A6" * 5000
    answer = browser.post("/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "Det var for meget på én gang" in text(answer)
    given = text(answer).split("readonly>")[1].split("</textarea>")[0].strip()
    assert set(given) == {"æ"}
    assert 325 <= len(given) <= 333


def test_ten_megabytes_are_refused_kindly(browser):
    answer = browser.post("/", "words=" + "a" * 10_000_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert answer["Cache-Control"] == "no-store"
    # Something else than a form has no text to give back.
    other = browser.post("/", b"\x00" * 3_000_000, content_type="text/plain")
    assert other.status_code in (200, 413)


def test_too_many_fields_are_refused_without_a_fault(browser):
    assert browser.post("/", {f"f{n}": "x" for n in range(600)}).status_code == 400


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "413.html", "500.html"]
)
def test_error_pages_need_no_request_login_or_database(name):
    page = render_to_string(name)
    assert 'href="/"' in page
    assert page.count("<h1>") == 1


def test_the_health_page_says_nothing_but_down_when_the_database_does_not_answer(browser, monkeypatch):
    from django.db import OperationalError, connection

    def fail():
        raise OperationalError("secret address")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = browser.get("/sundhed/")
    assert answer.status_code == 503
    assert text(answer) == "down\n"


def test_a_change_of_language_on_the_way_to_a_page_keeps_the_way(browser):
    page = text(browser.get("/hjaelp/?next=/sager/%3Fvis%3Dvores"))
    assert 'name="next" value="/hjaelp/?next=%2Fsager%2F%3Fvis%3Dvores"' in page
    assert 'name="next" value="/hjaelp/"' in text(browser.get("/hjaelp/?next=https://elsewhere.example/&q=611180-1234"))
