"""allauth's forms in our words. What they check is theirs."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as keys
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

Text = Any  # a text, or one that is translated when it is shown

_REQUIRED = _("Udfyld feltet.")


def _say(form: forms.BaseForm, name: str, label: Text, help_text: Text = "") -> None:
    """Give a field of the library our label; no placeholder, which vanishes when one types."""
    field = form.fields.get(name)
    if field is None:
        return
    field.label = label
    field.help_text = help_text
    field.error_messages["required"] = _REQUIRED
    field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("E-mail"))
        _say(self, "password", _("Adgangskode"))
        self.fields["login"].error_messages["invalid"] = _("Skriv en e-mailadresse, fx navn@kommune.dk.")
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("Adgangskode"))


class ChangePasswordForm(account.ChangePasswordForm):
    """A new password in place of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Din adgangskode nu"))
        _say(
            self,
            "password1",
            _("Ny adgangskode"),
            _("Mindst 12 tegn. Tre-fire ord efter hinanden er en god adgangskode."),
        )
        _say(self, "password2", _("Den nye adgangskode igen"))


class ResetPasswordForm(account.ResetPasswordForm):
    """Where the link for a new password is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", _("E-mail"))


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):
    """The new password, chosen through a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self, "password1", _("Adgangskode"), _("Mindst 12 tegn. Tre-fire ord efter hinanden er en god adgangskode.")
        )
        _say(self, "password2", _("Adgangskoden igen"))


class AuthenticateForm(keys.AuthenticateForm):
    """A code from the app, or a spare code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Kode"), _("De seks tal i din app, eller en af dine reservekoder."))


class ReauthenticateByCodeForm(keys.ReauthenticateForm):
    """A code from the app once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Kode"), _("De seks tal i din app, eller en af dine reservekoder."))


class ActivateTotpForm(ActivateTOTPForm):
    """The first code of an app, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("Kode"), _("De seks tal, som appen viser nu."))


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey. It always lets one sign in by itself: that is what a passkey is for on a shared machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Hvad skal nøglen hedde?"), _("Så du kan kende den, fx “tjenestetelefonen”."))
        _say(
            self,
            "passwordless",
            _("Log ind med nøglen alene"),
            _("Så skal du hverken bruge adgangskode eller kode. Nøglen spørger selv efter fingeraftryk eller pinkode."),
        )
        self.fields["name"].max_length = 80


class EditPasskeyForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", _("Hvad skal nøglen hedde?"))
