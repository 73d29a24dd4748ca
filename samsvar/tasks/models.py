"""What somebody must do. A task says that something waits and where, never anything about a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsvar.postgres.models import PartnershipRow, Row


class TaskKind(models.TextChoices):
    """Why something stands on somebody's table."""

    SCREEN = "screen", _("Visitér en bekymring")
    PREPARE = "prepare", _("Slå op hjemme før mødet")
    INVOLVE_CITIZEN = "involve_citizen", _("Inddrag borgeren")
    TELL_CITIZEN = "tell_citizen", _("Fortæl borgeren, hvad der er videregivet")
    LOOK_UP = "look_up", _("Undersøg, om I kender borgeren")
    OUTREACH = "outreach", _("Send en opsøgende medarbejder")
    DECIDE_ON_CHILD = "decide_on_child", _("Tag stilling til barnet i hjemmet")
    ACCEPT_ACTION = "accept_action", _("Svar på et forslag til jer")
    DO_ACTION = "do_action", _("Gør det, I har aftalt")
    FOLLOW_UP = "follow_up", _("Følg op")
    REMIND_CLOSING = "remind_closing", _("Overvej at afslutte sagen")
    GIVE_FEEDBACK = "give_feedback", _("Giv melderen svar")
    ACUTE = "acute", _("Akut sag")
    ASK_MEMBER = "ask_member", _("En kollega spørger dig til råds")
    REVIEW_PEOPLE = "review_people", _("Gennemgå jeres brugere")
    REVIEW_PAGES = "review_pages", _("Se jeres sider i vejviseren efter")
    GAP = "gap", _("Et systemhul venter på dig")
    DECISION = "decision", _("Styregruppen har besluttet noget")
    ATTENTION = "attention", _("Vær opmærksom")
    RELEASE = "release", _("Frigiv et bidrag, eller send det tilbage")
    SENT_BACK = "sent_back", _("Et bidrag er sendt tilbage til dig")
    ANSWER_REQUEST = "answer_request", _("Svar på et spørgsmål")
    ANSWER_LAW = "answer_law", _("Svar på en tvivl om reglerne")
    LAW_ANSWERED = "law_answered", _("Juristen har svaret")
    NO_COORDINATOR = "no_coordinator", _("Find en tovholder")
    READ_MINUTES = "read_minutes", _("Læs referatet")
    REPORT = "report", _("Indberet måneden")
    LATE_REPORTS = "late_reports", _("For sene indberetninger")


class Task(PartnershipRow):
    """Something that one authority, unit, role or person must do. `subject` points at the page to open."""

    authority = models.ForeignKey("partnerships.Authority", on_delete=models.PROTECT, related_name="+")
    group_id = models.UUIDField(null=True)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=TaskKind.choices)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    acute = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("opgave")
        indexes = [
            models.Index(fields=["authority", "role"], name="task_open_by_role", condition=models.Q(done_at=None)),
            models.Index(fields=["person"], name="task_open_by_person", condition=models.Q(done_at=None)),
            models.Index(fields=["subject_id"], name="task_subject"),
            models.Index(fields=["case_id"], name="task_case"),
        ]


class Notice(Row):
    """One mail that said "something is on your table". Once per person, kind and day, however often the job runs."""

    class Kind(models.TextChoices):
        DAILY = "daily", _("Dagens besked")
        ACUTE = "acute", _("Akut")

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("besked")
        constraints = [models.UniqueConstraint(fields=["person", "kind", "day"], name="notice_once_a_day")]
