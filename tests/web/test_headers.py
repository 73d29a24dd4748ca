"""No page may run foreign or inline code, or leave a copy on a shared machine."""

import re

import pytest

PAGES = ["/", "/hjaelp/", "/findes-ikke/"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_policy_without_inline_or_foreign_code(browser, address):
    policy = dict(part.split(" ", 1) for part in browser.get(address)["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert not re.search(r"unsafe|data:|\*|http", " ".join(policy.values()))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_kept_by_a_browser_or_proxy(browser, address):
    assert browser.get(address)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_what_the_policy_forbids(browser, address):
    page = browser.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|\son(click|load|error|submit)=|javascript:", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_no_page_may_use_camera_place_or_microphone(browser):
    policy = browser.get("/")["Permissions-Policy"]
    for feature in ("camera", "geolocation", "microphone"):
        assert f"{feature}=()" in policy
