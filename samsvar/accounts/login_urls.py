"""Those of allauth's pages that Samsvar has. Signing up and changing one's e-mail are not among them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("log-ind/", account.login, name="account_login"),
    path("log-ud/", account.logout, name="account_logout"),
    path("lukket/", account.account_inactive, name="account_inactive"),
    path("bekraeft/", account.reauthenticate, name="account_reauthenticate"),
    path("adgangskode/", account.password_change, name="account_change_password"),
    # Whoever has no password yet gets one the way it is always got: by a mail to the own address.
    path(
        "adgangskode/ingen/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"
    ),
    path("adgangskode/glemt/", account.password_reset, name="account_reset_password"),
    path("adgangskode/glemt/sendt/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^adgangskode/ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("adgangskode/gemt/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("noegler/", mfa.index, name="mfa_index"),
    path("noegler/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("noegler/bekraeft/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("noegler/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("noegler/app/fjern/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("noegler/reservekoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("noegler/reservekoder/nye/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("noegler/reservekoder/hent/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("noegler/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("noegler/passkeys/ny/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("noegler/passkeys/bekraeft/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("noegler/passkeys/log-ind/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("noegler/passkeys/<int:pk>/ret/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("noegler/passkeys/<int:pk>/fjern/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
