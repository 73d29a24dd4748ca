"""The questions of the yearly evaluation, as the report's own interview guides put them (000 section 5.4; R-001-18)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Question:
    """One question; `key` is what an answer is kept under, and never changes."""

    key: str
    text: str | Promise
    theme: str | Promise


_CASES, _TABLE, _LAW, _FRAME = _("Sagerne"), _("Samarbejdet"), _("Reglerne"), _("Rammerne")

QUESTIONS = (
    Question("who_raises", _("Hvem rejser typisk sagerne? Kommer der det, der skal?"), _CASES),
    Question("channels", _("Er det de rigtige veje, bekymringer kommer ad?"), _CASES),
    Question("target", _("Har målgruppen ændret sig?"), _CASES),
    Question("young", _("Hvad med borgere under 18 år?"), _CASES),
    Question("individual", _("Finder I løsninger til den enkelte, eller er det blevet en maskine?"), _CASES),
    Question("aware", _("Ved borgerne, at I taler sammen om dem?"), _CASES),
    Question("forum", _("Er det et nyttigt forum, eller endnu et af mange?"), _TABLE),
    Question("from_below", _("Er det udviklet nedefra, af dem, der bruger det?"), _TABLE),
    Question("same_people", _("Er det de samme, der kommer hver gang? Holder mødepligten?"), _TABLE),
    Question("trust", _("Er der tillid ved bordet?"), _TABLE),
    Question("third_parties", _("Kan andre tages med, når det er brug for dem?"), _TABLE),
    Question("secrecy", _("Er tavshedspligten stadig en hindring?"), _LAW),
    Question("ethics", _("Hvordan passer I på etikken?"), _LAW),
    Question("secure", _("Kan I sende oplysninger sikkert til hinanden?"), _LAW),
    Question("time", _("Er der tid og folk nok til det?"), _FRAME),
    Question("bureaucracy", _("Hvad er bureaukratisk og kunne undværes?"), _FRAME),
    Question("steering", _("Virker styregruppen, og har gruppen fast kontakt med den?"), _FRAME),
    Question("competence", _("Lærer I nok, hver for sig og sammen?"), _FRAME),
)
BY_KEY = {question.key: question for question in QUESTIONS}
