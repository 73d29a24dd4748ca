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
# What has been disposed of, to be played again after a restore. Holds no person data.
DISPOSAL_LIST_FILE = os.environ.get("SAMSVAR_DISPOSALS", str(BASE_DIR / "var" / "disposals.jsonl"))
# Who is sent the log's daily sum: somebody who does not run the system.
AUDIT_SUM_MAIL = os.environ.get("SAMSVAR_AUDIT_SUM_MAIL", "")

# What parties have agreed to do at an event; empty: the agreements that come with the product.
AGREEMENTS_FILE = os.environ.get("SAMSVAR_AGREEMENTS", "")
LIMITS_FILE = os.environ.get("SAMSVAR_LIMITS", "")
TRANSITIONS_FILE = os.environ.get("SAMSVAR_TRANSITIONS", "")
PATHWAYS_FILE = os.environ.get("SAMSVAR_PATHWAYS", "")

ALLOWED_HOSTS = [host for host in os.environ.get("SAMSVAR_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SAMSVAR_ORIGINS", "").split(",") if origin]
# Where people find this installation, for links in mails.
SITE_ADDRESS = os.environ.get("SAMSVAR_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# Where the colleagues practise: a demonstration of their own, with a database of its own (docs/decisions/0079).
TRAINING_ADDRESS = "" if DEMO else os.environ.get("SAMSVAR_TRAINING_ADDRESS", "").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    # Before allauth, whose pages it draws anew.
    "samsvar.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "samsvar.forms",
    "samsvar.postgres",
    "samsvar.tasks",
    "samsvar.audit",
    "samsvar.partnerships",
    "samsvar.citizens",
    "samsvar.documents",
    "samsvar.directory",
    "samsvar.sharing",
    "samsvar.cases",
    "samsvar.referrals",
    "samsvar.outreach",
    "samsvar.outcomes",
    "samsvar.meetings",
    "samsvar.conferences",
    "samsvar.rights",
    "samsvar.letters",
    "samsvar.retention",
    "samsvar.coordination",
    "samsvar.steering",
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
    "samsvar.web.middleware.WrongMethodMiddleware",
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
# Work that nobody does has a role of its own, which only the worker is given.
if os.environ.get("DATABASE_CARETAKER_URL"):
    DATABASES["caretaker"] = database_from_url(os.environ["DATABASE_CARETAKER_URL"])

# Each room keeps its work in `jobs.py`.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Attempts are counted in the database, where every web process sees the same count.
CACHES = {"default": {"BACKEND": "samsvar.accounts.cache.TableCache"}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# How many proxies stand in front, each of which adds to X-Forwarded-For; attempts are counted per address too.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAMSVAR_PROXIES", "0" if DEMO else "1"))
ACCOUNT_ADAPTER = "samsvar.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO else "https"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Five wrong passwords close a login for five minutes. A station shares one address, hence the wide second limit.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "30/m/ip,5/300s/key"}
ACCOUNT_FORMS = {
    "login": "samsvar.accounts.forms.LoginForm",
    "reauthenticate": "samsvar.accounts.forms.ReauthenticateForm",
    "change_password": "samsvar.accounts.forms.ChangePasswordForm",
    "reset_password": "samsvar.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "samsvar.accounts.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "samsvar.accounts.adapter.KeyAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Samsvar"
MFA_TOTP_TOLERANCE = 1
# An account begins with a mail to its address: that is the proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "samsvar.accounts.forms.AuthenticateForm",
    "reauthenticate": "samsvar.accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "samsvar.accounts.forms.ActivateTotpForm",
    "add_webauthn": "samsvar.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "samsvar.accounts.forms.EditPasskeyForm",
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
FORMAT_MODULE_PATH = "samsvar.web.formats"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("SAMSVAR_STATIC_ROOT", str(BASE_DIR / "var" / "static"))

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A file may hold numbers of citizens: it is read in memory and never laid on a disk; a larger one is no file at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# After an idle while a session locks, after a long shift it ends; its row lives on for a day, so that what somebody was
# writing can still be kept for the right person.
SESSION_ENGINE = "samsvar.accounts.store"
SESSION_COOKIE_AGE = 60 * 60 * 24
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_MAX_SECONDS = int(os.environ.get("SAMSVAR_SESSION_HOURS", "9")) * 60 * 60
SESSION_IDLE_SECONDS = int(os.environ.get("SAMSVAR_IDLE_MINUTES", "480" if DEMO else "20")) * 60
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

# Django names the address in a line about a request.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"numbers_masked": {"()": "samsvar.forms.cpr.NumbersMasked"}},
    "loggers": {
        name: {"filters": ["numbers_masked"]}
        for name in ("django.request", "django.security.csrf", "django.security.DisallowedHost")
    },
}
