"""What changed for whom, what was done for it, and the files that both can be computed from again."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samsvar.accounts.middleware import ActingRequest
from samsvar.audit.models import Act
from samsvar.audit.services import record
from samsvar.instruments.instrument import instrument
from samsvar.instruments.scales import scales
from samsvar.outcomes.analysis.reference import undecided
from samsvar.outcomes.analysis.rules import ruleset, rulesets
from samsvar.outcomes.analysis.script import script
from samsvar.outcomes.files import answers, codebook, sheets
from samsvar.outcomes.indicators.catalogue import version
from samsvar.outcomes.indicators.theory import draw, theories
from samsvar.outcomes.selectors import published
from samsvar.outcomes.shown.effect import seen
from samsvar.outcomes.shown.indicators import divisions, tell
from samsvar.outreach.views.steps import leading_or_404


@require_safe
def effect(request: ActingRequest) -> HttpResponse:
    """What changed for whom in the own unit, as it stood when the figures were published."""
    leading_or_404(request)
    keys = [one.key for one in rulesets()]
    rules = request.GET.get("regler", keys[0])
    if rules not in keys:
        raise Http404
    found = published.effect_of(request.actor, rules)
    record(request.actor, Act.LOOK, "effect", detail={"rules": rules})
    return render(
        request,
        "outcomes/effect.html",
        {
            "found": found,
            "seen": seen(found.effect, get_language()),
            "rules": rulesets(),
            "chosen": rules,
            "power": round(100 * found.effect.rules.power),
            "undecided": [(key, said.label(get_language())) for key, said in undecided().items()],
            "form": instrument(),
            "lang": get_language(),
        },
    )


@require_safe
def indicators(request: ActingRequest) -> HttpResponse:
    """What is done and what comes of it: the theory of change, and each indicator beside it (R-004-118)."""
    leading_or_404(request)
    lang = get_language()
    every, models = {one.key: one for one in divisions(lang)}, {one.key: one for one in theories()}
    division = every.get(request.GET.get("delt", "gruppe"))
    model = models.get(request.GET.get("teori", "esbjerg"))
    if division is None or model is None:
        raise Http404
    found = published.indicators_of(request.actor)
    record(request.actor, Act.LOOK, "effect", detail={"indicators": division.key})
    return render(
        request,
        "outcomes/indicators.html",
        {
            "found": found,
            "seen": tell(found.counted, division, ruleset(), lang),
            "division": division,
            "divisions": list(every.values()),
            "theory": model,
            "theories": [(one.key, one.said.label(lang)) for one in theories()],
            "name": model.said.label(lang),
            "drawing": draw(model, lang),
            "version": version(),
        },
    )


def _file(request: ActingRequest, words: str | bytes, name: str, kind: str = "text/csv") -> HttpResponse:
    record(request.actor, Act.EXPORT, "effect", detail={"file": name})
    as_text = isinstance(words, str)
    return HttpResponse(
        words.encode("utf-8-sig" if kind == "text/csv" else "utf-8") if isinstance(words, str) else words,
        content_type=f"{kind}; charset=utf-8" if as_text else kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_safe
def answers_file(request: ActingRequest) -> HttpResponse:
    """A row for each course and wave: the system's number and codes, and nothing that tells who it is (R-004-65)."""
    leading_or_404(request)
    return _file(request, answers.as_csv(published.published_table(request.actor), instrument()), "tal.csv")


@require_safe
def workbook_file(request: ActingRequest) -> HttpResponse:
    """The same as a workbook, with the codebook beside."""
    leading_or_404(request)
    words = sheets.as_xlsx(published.published_table(request.actor), instrument(), get_language() or "da")
    return _file(request, words, "tal.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@require_safe
def sav_file(request: ActingRequest) -> HttpResponse:
    """The same for SPSS, with what its codes mean."""
    leading_or_404(request)
    words = sheets.as_sav(published.published_table(request.actor), instrument(), get_language() or "da")
    return _file(request, words, "tal.sav", "application/x-spss-sav")


@require_safe
def codebook_file(request: ActingRequest) -> HttpResponse:
    """What the columns and codes mean."""
    leading_or_404(request)
    return _file(request, codebook.as_csv(instrument(), get_language() or "da"), "kodebog.csv")


@require_safe
def spss_file(request: ActingRequest) -> HttpResponse:
    """How SPSS reads the file."""
    leading_or_404(request)
    return _file(
        request, codebook.as_spss(instrument(), "tal.csv", get_language() or "da"), "kodebog.sps", "text/plain"
    )


@require_safe
def script_file(request: ActingRequest) -> HttpResponse:
    """A script that computes each figure shown again from the file."""
    leading_or_404(request)
    rules = request.GET.get("regler", rulesets()[0].key)
    if rules not in {one.key for one in rulesets()}:
        raise Http404
    found = published.effect_of(request.actor, rules)
    text = script(found.effect, published.published_table(request.actor), scales(), instrument())
    return _file(request, text, "beregning.py", "text/x-python")
