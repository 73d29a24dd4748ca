"""People who can sign in."""

from typing import Any
from uuid import UUID

import psycopg
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from samsvar.accounts.models import User
from samsvar.audit.models import Act
from tests.world import Seat

PASSWORD = "hest sko skov og strand"


def give_password(person_id: UUID) -> str:
    """Let this person sign in; gives the address."""
    person = User.objects.get(pk=person_id)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person.email


def give_totp(person_id: UUID) -> str:
    """Give this person an authenticator app; gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(pk=person_id), secret)
    return secret


def seated(seat: Seat) -> Client:
    """A browser in which somebody sits in this chair, by the demonstration's one click."""
    client = Client()
    answer = client.post(reverse("accounts:demo_sit"), {"post": str(seat.post)})
    assert answer.status_code == 302, answer.content
    return client


def log_rows(owner: psycopg.Connection, authority: UUID, act: Act) -> list[dict[str, Any]]:
    """The details of this act in an authority's log, oldest first."""
    rows = owner.execute(
        "select detail from audit_logrow where authority_id = %s and act = %s order by seq", [authority, act.value]
    )
    return [row[0] for row in rows.fetchall()]
