"""People who can sign in."""

import json
from typing import Any
from uuid import UUID

import psycopg
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

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


def give_passkey(person_id: UUID) -> int:
    """Give this person a passkey that no device holds; gives its number."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(bytes(16), b"opdigtet", key)
    seen = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, credential)
    client = {"type": "webauthn.create", "challenge": "", "origin": "https://eksempel.dk"}
    made = Authenticator.objects.create(
        user_id=person_id,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": "Min nøgle",
            "credential": {
                "id": websafe_encode(b"opdigtet"),
                "rawId": websafe_encode(b"opdigtet"),
                "type": "public-key",
                "response": {
                    "clientDataJSON": websafe_encode(json.dumps(client).encode()),
                    "attestationObject": websafe_encode(bytes(AttestationObject.create("none", seen, {}))),
                },
                "clientExtensionResults": {"credProps": {"rk": True}},
            },
        },
    )
    return made.pk


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
