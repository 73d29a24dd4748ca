"""What passes between the citizen's own doctor and those who help: short written messages (003 chapter 5).

They are events like others (models/events.py) and lie in its tables. What is addressed to the practice reaches it
alone; what the practice writes reaches the tovholder, or both psychiatries. This module says which is which.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

# A short warning, before something happens (R-003-139).
ALERTS = ("breakdown", "compulsion", "medicine", "aftercare")
# Addressed to the own doctor, and to nobody else.
TO_DOCTOR = (*ALERTS, "conference", "epikrise", "invitation")
# What a practice writes; only a practice can.
FROM_DOCTOR = ("referral", "concern")
# Days after which a practice that was asked and has not answered is called by the tovholder (R-003-73).
CALL_AFTER_DAYS = 2


class Aftercare(models.TextChoices):
    """What happens after the discharge: the practice need not read the whole epikrise to know (R-003-143)."""

    FOLLOWED = "followed", _("Følges i distriktspsykiatrien")
    OFFERED = "offered", _("Har fået tilbud og har ikke svaret")
    DECLINED = "declined", _("Vil ikke have efterbehandling")
    DOCTOR = "doctor", _("Egen læge følger op")
    NOTHING = "nothing", _("Der er ingen efterbehandling")


class DoctorAnswer(models.TextChoices):
    """What a practice says to an invitation. The last two are the stop list (R-003-142)."""

    COMES = "comes", _("Vi kommer")
    OTHER_TIME = "other_time", _("Gerne, men på et andet tidspunkt. Ring til os")
    NOT_NOW = "not_now", _("Ikke denne gang")
    NEVER = "never", _("Aldrig om denne patient")
    NEVER_ANY = "never_any", _("Aldrig, heller ikke om andre patienter")


class MessageAnswer(models.TextChoices):
    """What the receiver of a message says back by one press: when to talk, and nothing about the citizen."""

    WE_CALL = "we_call", _("Læst. Vi ringer til jer")
    CALL_US = "call_us", _("Læst. Ring til os")
    TAKEN = "taken", _("Læst. Vi tager os af det")


ANSWERS = [*DoctorAnswer.choices, *MessageAnswer.choices]
STOPS = (DoctorAnswer.NEVER, DoctorAnswer.NEVER_ANY)
