"""How allauth behaves here: no sign-up, our words, our log, and sitting down after login.

SAML or OIDC joins here one day: whatever proves who somebody is ends in `AccountAdapter.login` (docs/decisions).
"""

import json
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import send_mail
from django.db import connections, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from samsvar.accounts import kept
from samsvar.accounts.chairs import stand_up
from samsvar.accounts.models import User
from samsvar.accounts.sealed import seal_text, unseal_text
from samsvar.accounts.sessions import arrive
from samsvar.audit.models import Act

logger = logging.getLogger(__name__)

# What the library tells of, by the names of its own mails.
_CHANGES = {
    "account/email/password_changed": _("Adgangskoden er skiftet."),
    "account/email/password_reset": _("Der er valgt en ny adgangskode."),
    "mfa/email/totp_activated": _("Der er sat en app op til koder."),
    "mfa/email/totp_deactivated": _("Appen til koder er fjernet."),
    "mfa/email/webauthn_added": _("Der er tilføjet en passkey."),
    "mfa/email/webauthn_removed": _("En passkey er fjernet."),
    "mfa/email/recovery_codes_generated": _("Der er lavet nye reservekoder."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and sessions."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail eller adgangskode passer ikke. Prøv igen."),
        "incorrect_password": _("Adgangskoden passer ikke. Prøv igen."),
        "too_many_login_attempts": _("For mange forsøg. Vent fem minutter, og prøv igen."),
        "rate_limited": _("For mange forsøg. Vent lidt, og prøv igen."),
        "enter_current_password": _("Skriv den adgangskode, du har nu."),
        "invalid_password_reset": _("Linket virker ikke længere. Bed om et nyt."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: a local administrator invites."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Every way of signing in ends here."""
        super().login(request, user)
        arrive(request)

    def logout(self, request: HttpRequest) -> None:
        """Every way of signing out ends here."""
        stand_up(request)
        super().logout(request)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> Any:
        """What the person was writing when the session lapsed comes first."""
        if kept.has_kept(user.pk):
            kwargs["redirect_url"] = reverse("accounts:kept")
        return super().post_login(request, user, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Without "you have signed in" and its like: the page itself says so."""

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """The link for a new password. Says nothing about anybody."""
        self._mail(user, _("Ny adgangskode til Samsvar"), "new_password", {"link": context["password_reset_url"]})

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: Any, **kwargs: Any) -> None:
        """Tells the person that something about the own login was changed, in case it was somebody else."""
        what = _CHANGES.get(template_prefix)
        if what:
            self._mail(user, _("Din adgang til Samsvar er ændret"), "access_changed", {"what": what})

    def _mail(self, user: AbstractBaseUser, subject: Any, template: str, context: dict[str, Any]) -> None:
        with translation.override(user.language):  # type: ignore[attr-defined]
            body = render_to_string(f"accounts/mail/{template}.txt", context)
            try:
                send_mail(str(subject), body, None, [user.email])  # type: ignore[attr-defined]
            except (SMTPException, OSError):
                logger.exception("a mail about a login could not be sent")

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether this is the person's password; counts as an attempt, like a login."""
        found = self.authenticate(context.request, email=user.email, password=password)  # type: ignore[attr-defined]
        return found is not None and found.pk == user.pk

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password leaves its trace with every authority where the person has a post."""
        person = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        if person is None:
            return
        entry = json.dumps([{"act": Act.REFUSE.value, "subject_kind": "login", "detail": {"reason": "password"}}])
        with transaction.atomic(using="refusals"), connections["refusals"].cursor() as cursor:
            cursor.execute("select accounts_log_refusal(%s, %s::jsonb)", [person.pk, entry])


class KeyAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and spare codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Du kan ikke fjerne din sidste nøgle. Tilføj først en anden."),
        "cannot_generate_recovery_codes": _("Sæt først en app eller en passkey op."),
        "incorrect_code": _("Koden passer ikke. Se efter i appen, og prøv igen."),
    }

    def encrypt(self, text: str) -> str:
        """The app's secret does not lie in the database in clear."""
        return seal_text(text, "key")

    def decrypt(self, encrypted_text: str) -> str:
        """Empty, which no code can fit, when the server's key is another than the one it was sealed with."""
        return unseal_text(encrypted_text, "key") or ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last key stays: without one, nobody gets in again."""
        return (
            Authenticator.objects.filter(
                user_id=authenticator.user_id, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
            )
            .exclude(pk=authenticator.pk)
            .exists()
        )

    def _get_site_name(self) -> str:
        return "Samsvar"

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:
        """A name for the person's own list of keys."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return str(_("Passkey %(number)d") % {"number": number})
