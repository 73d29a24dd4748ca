"""Settings, all from the environment; nothing secret has a default outside demonstration mode.

`samsvar check` refuses what would be unsafe; see docs/operations.md for every variable.
"""

import os
from pathlib import Path

from samsvar.postgres.urls import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    """An environment switch: 1, true, yes and ja are on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "ja"}


DEMO = flag("SAMSVAR_DEMO")
DEBUG = False
SECRET_KEY = os.environ.get("SAMSVAR_SECRET_KEY", "")
if not SECRET_KEY and flag("SAMSVAR_BUILDING"):
    SECRET_KEY = "only-for-set-up-commands-that-serve-nobody"  # noqa: S105

# Keys of the vault (samsvar.citizens.vault): "id:base64,id:base64", the first one encrypts, all of them decrypt.
VAULT_KEYS = os.environ.get("SAMSVAR_VAULT_KEYS", "")
BLIND_INDEX_KEY = os.environ.get("SAMSVAR_BLIND_INDEX_KEY", "")
AUDIT_ANCHOR_FILE = os.environ.get("SAMSVAR_AUDIT_ANCHORS", str(BASE_DIR / "var" / "anchors.jsonl"))

ALLOWED_HOSTS = [host for host in os.environ.get("SAMSVAR_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SAMSVAR_ORIGINS", "").split(",") if origin]
# Where people find this installation, for links in mails.
SITE_ADDRESS = os.environ.get("SAMSVAR_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "samsvar.forms",
    "samsvar.postgres",
    "samsvar.accounts",
    "samsvar.tasks",
    "samsvar.audit",
    "samsvar.partnerships",
    "samsvar.citizens",
    "samsvar.sharing",
    "samsvar.cases",
    "samsvar.meetings",
    "samsvar.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samsvar.web.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samsvar.accounts.middleware.ActorMiddleware",
]

ROOT_URLCONF = "samsvar.urls"
WSGI_APPLICATION = "samsvar.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samsvar.web.context.shell",
            ],
        },
    }
]

# The application's own role. Migrations and retention use other roles, given to those commands only.
DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", "postgres:///samsvar"))}
# Denied attempts are logged on a connection of their own, so that the rolled-back act leaves its trace.
DATABASES["refusals"] = {**DATABASES["default"], "TEST": {"MIRROR": "default"}}

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("SAMSVAR_STATIC_ROOT", str(BASE_DIR / "var" / "static"))

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
SESSION_COOKIE_AGE = 60 * 60 * 9  # a long shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_SSL_REDIRECT = not DEMO and not flag("SAMSVAR_BUILDING")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if DEMO else 60 * 60 * 24 * 365
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

FORM_RENDERER = "samsvar.web.forms.DkfdsRenderer"

# A demonstration writes its mails into a folder, where anybody who tries it out can read them.
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if DEMO else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = os.environ.get("SAMSVAR_MAIL_FOLDER", str(BASE_DIR / "var" / "mail"))
EMAIL_HOST = os.environ.get("SAMSVAR_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SAMSVAR_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SAMSVAR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SAMSVAR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("SAMSVAR_SMTP_TLS", default=bool(EMAIL_HOST_USER))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("SAMSVAR_MAIL_FROM", "samsvar@localhost")
CSRF_FAILURE_VIEW = "samsvar.web.errors.csrf_failure"
