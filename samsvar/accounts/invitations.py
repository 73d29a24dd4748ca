"""The link with which an invited person chooses a password. The mail says that a place waits, nothing about anybody."""

import logging
from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samsvar.accounts.models import User

logger = logging.getLogger(__name__)


def invitation_link(person: User) -> str:
    """The full address where this person chooses a password; works once, within three days."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
    )
    return f"{settings.SITE_ADDRESS}{path}"


def send_invitation(person: User, authority_name: str) -> bool:
    """Mail a person who has got a post, with a link when there is no password yet. False when it could not be sent."""
    with translation.override(person.language):
        body = render_to_string(
            "accounts/mail/invitation.txt",
            {
                "authority": authority_name,
                "link": "" if person.has_usable_password() else invitation_link(person),
                "address": settings.SITE_ADDRESS,
            },
        )
        try:
            send_mail(_("Du er inviteret til Samsvar"), body, None, [person.email])
        except (SMTPException, OSError):
            # The person is invited all the same; the administrator can send the link once more.
            logger.exception("an invitation could not be mailed")
            return False
    return True
