"""The shell on its own: no rooms, no database, the headers and pages as they are served."""

import pytest
from django.test import Client

from samsvar.web import translations

SHELL_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samsvar.web.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]


@pytest.fixture(scope="session", autouse=True)
def _english():
    """The English texts as they stand in the files now."""
    translations.build()


@pytest.fixture
def shell(settings):
    """Settings under which the gallery is the whole site."""
    settings.ROOT_URLCONF = "tests.web.gallery_urls"
    settings.MIDDLEWARE = SHELL_MIDDLEWARE
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    settings.SECRET_KEY = "only-for-tests-of-the-shell-that-hold-no-secret-at-all"
    settings.SECURE_SSL_REDIRECT = False
    settings.CSRF_COOKIE_SECURE = settings.SESSION_COOKIE_SECURE = False
    settings.DEMO = True
    return settings


@pytest.fixture
def browser(shell):
    """A test client that speaks Danish."""
    return Client(headers={"accept-language": "da"})


@pytest.fixture
def english_browser(shell):
    """A test client that speaks English."""
    return Client(headers={"accept-language": "en"})
