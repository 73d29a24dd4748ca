"""People who sign in. What they act as (their posts) belongs to partnerships."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Users by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        """A person who can sign in. Without a password nobody can, until one is set by invitation."""
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An employee of an authority, or the person who runs the system."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("navn"), max_length=120)
    language = models.CharField(_("sprog"), max_length=2, choices=[("da", "Dansk"), ("en", "English")], default="da")
    is_active = models.BooleanField(_("kan logge ind"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("bruger")

    def __str__(self) -> str:
        return self.name


class ActorSession(models.Model):
    """A person acting in one post, opened at login or change of chair. Written by definer functions only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    capacity_id = models.UUIDField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("session")


class KeptForm(models.Model):
    """What somebody had written when the session lapsed or was locked: encrypted, for the same person alone, for a day.

    The cipher holds the address and the fields; the key does not lie in the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    cipher = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = _("gemt tekst")
        indexes = [models.Index(fields=["person", "kept_at"], name="kept_form_of_person")]


class CacheRow(models.Model):
    """A short-lived value that all web processes share, such as the count of failed logins. See `accounts.cache`."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mellemlagret værdi")
        indexes = [models.Index(fields=["expires_at"], name="cache_by_expiry")]
