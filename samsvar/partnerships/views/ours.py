"""The own authority: its people, units and measures. Its administrator sees no citizen and nobody else's people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsvar.accounts.middleware import ActingRequest
from samsvar.partnerships import selectors, services
from samsvar.partnerships.forms import (
    ChangeMeasureForm,
    InviteForm,
    MeasureForm,
    PostForm,
    ReasonForm,
    ReleaserForm,
    ReviewForm,
    UnitForm,
)
from samsvar.partnerships.models import Authority, Capacity
from samsvar.partnerships.views.pages import address, allowed, attempt, crumbs, form_page, found


def _own(request: ActingRequest) -> Authority:
    allowed(request, request.actor.is_any("local_admin"))
    return found(selectors.authority(request.actor, request.actor.authority_id))


def _above() -> list[tuple[Any, str]]:
    return list(crumbs((_("Vores folk"), address("people"))))


@require_GET
def people(request: ActingRequest) -> HttpResponse:
    """Everybody in the own authority who can sign in here, and what they can do."""
    body = _own(request)
    posts = list(selectors.people_of(request.actor))
    return render(
        request,
        "partnerships/people.html",
        {
            "authority": body,
            "posts": posts,
            "due": selectors.due_for_review(posts),
            "crumbs": crumbs(),
            "me": request.actor.person_id,
        },
    )


@require_http_methods(["GET", "POST"])
def invite(request: ActingRequest) -> HttpResponse:
    """A person is invited into a post."""
    body = _own(request)
    return form_page(
        request,
        InviteForm(request.POST or None, units=selectors.units_of(request.actor, body.pk)),
        lambda data: services.invite(request.actor, authority=body, **data),
        title=_("Inviter"),
        submit=_("Send invitationen"),
        done=_("Invitationen er på vej."),
        back=address("people"),
        above=_above(),
    )


def _post(request: ActingRequest, post_id: UUID) -> Capacity:
    _own(request)
    return found(selectors.post_of_ours(request.actor, post_id))


@require_http_methods(["GET", "POST"])
def post_edit(request: ActingRequest, post_id: UUID) -> HttpResponse:
    """What a person does here and what it gives access to."""
    post = _post(request, post_id)
    allowed(request, post.person_id != request.actor.person_id)
    names = ("function", "unit", "roles", "phone", "hours")
    form = PostForm(
        request.POST or None,
        units=selectors.units_of(request.actor, post.authority_id),
        initial={name: getattr(post, name) for name in names},
    )
    return form_page(
        request,
        form,
        lambda data: services.change_post(request.actor, post, **data),
        title=post.person.name,
        back=address("people"),
        above=_above(),
    )


@require_POST
def invite_again(request: ActingRequest, post_id: UUID) -> HttpResponse:
    """Send the link once more."""
    services.invite_again(request.actor, _post(request, post_id))
    messages.success(request, _("Invitationen er på vej igen."))
    return HttpResponseRedirect(address("people"))


@require_http_methods(["GET", "POST"])
def post_end(request: ActingRequest, post_id: UUID) -> HttpResponse:
    """A post ends, and with it everything it gave access to."""
    post = _post(request, post_id)
    allowed(request, post.person_id != request.actor.person_id)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.end_post(request.actor, post, data["reason"]),
        title=_("%(name)s stopper") % {"name": post.person.name},
        intro=_(
            "Personen bliver logget ud og mister pladser og funktioner hos jer. "
            "Sidder personen ved et bord, så giv først pladsen videre på gruppens side."
        ),
        submit=_("Luk adgangen"),
        variant="warning",
        back=address("people"),
        above=_above(),
    )


@require_http_methods(["GET", "POST"])
def review(request: ActingRequest) -> HttpResponse:
    """Twice a year: does everybody still need what they have? Who is not ticked is looked at one by one."""
    body = _own(request)
    posts = selectors.people_of(request.actor)
    form = ReviewForm(request.POST or None, posts=posts, queryset=posts)
    if request.method == "POST" and form.is_valid():
        kept = list(form.cleaned_data["kept"])
        if attempt(request, form, lambda: services.review_people(request.actor, body, kept)):
            left = len(form.posts) - len(kept)
            messages.success(request, _("Gennemgangen er gemt."))
            if left:
                messages.warning(
                    request,
                    ngettext(
                        "%(count)s person er ikke krydset af. Ret eller luk adgangen herunder.",
                        "%(count)s personer er ikke krydset af. Ret eller luk adgangen herunder.",
                        left,
                    )
                    % {"count": left},
                )
            return HttpResponseRedirect(address("people"))
    return render(
        request,
        "partnerships/review.html",
        {"form": form, "crumbs": _above(), "due": {post.pk for post in selectors.due_for_review(form.posts)}},
    )


@require_http_methods(["GET", "POST"])
def units(request: ActingRequest) -> HttpResponse:
    """The own authority's units, and how each is reached."""
    body = _own(request)
    return form_page(
        request,
        UnitForm(request.POST or None),
        lambda data: services.add_unit(request.actor, body, **data),
        title=_("Vores enheder"),
        submit=_("Tilføj"),
        back=address("units"),
        above=crumbs(),
        extra={
            "units": selectors.units_of(request.actor, body.pk),
            "template_part": "partnerships/units.html",
        },
    )


@require_http_methods(["GET", "POST"])
def unit_edit(request: ActingRequest, unit_id: UUID) -> HttpResponse:
    """Mend a unit."""
    _own(request)
    unit = found(selectors.unit_of_ours(request.actor, unit_id))
    names = ("name", "phone", "hours", "inbox", "notice")
    return form_page(
        request,
        UnitForm(request.POST or None, initial={name: getattr(unit, name) for name in names}),
        lambda data: services.change_unit(request.actor, unit, **data),
        title=unit.name,
        back=address("units"),
        above=crumbs((_("Vores enheder"), address("units"))),
    )


@require_http_methods(["GET", "POST"])
def releasers(request: ActingRequest) -> HttpResponse:
    """Who releases health information for the own authority: names, deputies, hours."""
    body = _own(request)
    allowed(request, selectors.holds_health(request.actor))
    return form_page(
        request,
        ReleaserForm(
            request.POST or None,
            posts=selectors.people_of(request.actor).exclude(person_id=request.actor.person_id),
            units=selectors.units_of(request.actor, body.pk),
        ),
        lambda data: services.name_releaser(request.actor, body, data.pop("post"), **data),
        title=_("Hvem frigiver"),
        intro=_("Kun de, der står her, kan frigive helbredsoplysninger for jer. Andre skriver et udkast til dem."),
        submit=_("Sæt på listen"),
        back=address("releasers"),
        above=crumbs(),
        extra={
            "releasers": selectors.releasers_of(request.actor, body.pk),
            "template_part": "partnerships/releasers.html",
        },
    )


@require_POST
def releaser_end(request: ActingRequest, releaser_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    body = _own(request)
    row = found(selectors.releasers_of(request.actor, body.pk).filter(pk=releaser_id).first())
    services.unname_releaser(request.actor, row)
    messages.success(request, _("%(who)s er taget af listen.") % {"who": row.capacity.person.name})
    return HttpResponseRedirect(address("releasers"))


@require_http_methods(["GET", "POST"])
def measures(request: ActingRequest) -> HttpResponse:
    """The measures that the own authority already has: only they can be agreed on."""
    body = _own(request)
    return form_page(
        request,
        MeasureForm(request.POST or None),
        lambda data: services.add_measure(request.actor, body, data["name"]),
        title=_("Vores indsatser"),
        intro=_("Kun det, I allerede har. PSP giver ingen nye tilbud; det får dem, der er, til at virke sammen."),
        submit=_("Tilføj"),
        back=address("measures"),
        above=crumbs(),
        extra={
            "measures": selectors.measures_of(request.actor, body.pk),
            "template_part": "partnerships/measures.html",
        },
    )


@require_http_methods(["GET", "POST"])
def measure_edit(request: ActingRequest, measure_id: UUID) -> HttpResponse:
    """Reword a measure or take it out of use."""
    body = _own(request)
    measure = found(selectors.measures_of(request.actor, body.pk).filter(pk=measure_id).first())
    return form_page(
        request,
        ChangeMeasureForm(request.POST or None, initial={"name": measure.name, "active": measure.active}),
        lambda data: services.change_rule(request.actor, measure, **data),
        title=measure.name,
        back=address("measures"),
        above=crumbs((_("Vores indsatser"), address("measures"))),
    )
