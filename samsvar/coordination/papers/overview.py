"""The citizen's page on paper: who helps with what, who knows what, what is agreed, and where one can complain."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samsvar.coordination.papers import on_paper
from samsvar.coordination.papers.card import who_helps
from samsvar.coordination.papers.meeting import agreement, when
from samsvar.coordination.selectors.meetings import Meetings
from samsvar.coordination.selectors.networks import NetworkPage
from samsvar.coordination.selectors.summary import HEALTH
from samsvar.documents.paper import Part, facts, heading, points, table, text
from samsvar.documents.words import in_full
from samsvar.law.kinds import AuthorityKind
from samsvar.partnerships.models import Authority


def overview(page: NetworkPage, meetings: Meetings) -> bytes:
    """All of it in plain words as PDF/UA-1. No number, no address, and nobody whom the citizen does not want."""
    parts: list[Part] = [
        text(_("Det her er din side. Du kan tage den med og vise den til dem, du selv vil.")),
        heading(_("De hjælper mig")),
        *_tovholder(page),
    ]
    helpers = who_helps(page)
    parts.append(points(helpers) if helpers else text(_("Ingen andre er skrevet ned endnu.")))
    parts.append(heading(_("Hvem ved hvad om mig")))
    if page.doors:
        parts += [
            text(_("De må se det, fordi du har sagt ja. Ellers ser kun dine tovholdere og deres leder din side.")),
            table(
                [_("Hvem"), _("Hvad de må se"), _("Siden"), _("Indtil")],
                [
                    [
                        door.reader.who,
                        ", ".join(door.reader.words),
                        in_full(door.reader.since),
                        in_full(door.reader.consent.valid_to),
                    ]
                    for door in page.doors
                ],
                (4, 6, 3, 3),
            ),
        ]
    else:
        parts.append(text(_("Kun dine tovholdere og deres leder ser din side. Du har ikke sagt ja til andre.")))
    parts.append(text(_("Du kan altid trække et ja tilbage. Sig det til din tovholder.")))
    parts.append(heading(_("Hvad er aftalt")))
    agreed = [agreement(one) for one in meetings.open]
    parts.append(points(agreed) if agreed else text(_("Der er ikke aftalt noget, der venter.")))
    parts.append(heading(_("Hvornår hører jeg noget")))
    fixed = [one for one in meetings.coming if one.starts_at is not None]
    if fixed:
        parts += [text(_("Næste netværksmøde:")), facts(when(fixed[0]))]
    else:
        parts.append(text(_("Der er ikke aftalt en dag for et netværksmøde.")))
    parts.append(text(_("Får du en anden tovholder, skal du have navn og telefon på den nye.")))
    parts.append(heading(_("Hvor kan jeg klage")))
    bodies = {page.network.authority_id: page.network.authority}
    bodies |= {door.reader.authority_id: door.reader.authority for door in page.doors}
    parts.append(points([*complaints(bodies.values()), _("Dine oplysninger: Datatilsynet, datatilsynet.dk.")]))
    parts.append(text(_("Din tovholder kan hjælpe dig med at finde det rigtige sted. Det koster ikke noget at klage.")))
    return on_paper(page.network, _("Hvem hjælper mig med hvad"), parts, page.network.name)


def complaints(bodies: Iterable[Authority]) -> list[str]:
    """Where one complains about each authority, a line for each."""
    return [f"{one.name}: {_where(AuthorityKind(one.kind))}" for one in bodies]


def _where(kind: AuthorityKind) -> str:
    if kind in {AuthorityKind.SOCIAL, AuthorityKind.JOBCENTRE}:
        return _("skriv til kommunen inden fire uger. Ændrer den ikke svaret, sender den klagen til Ankestyrelsen.")
    if kind in HEALTH:
        return _("Styrelsen for Patientklager, stpk.dk. Gælder det tvang, hjælper patientrådgiveren dig.")
    if kind == AuthorityKind.POLICE:
        return _("Den Uafhængige Politiklagemyndighed, politiklagemyndigheden.dk.")
    if kind == AuthorityKind.PROBATION:
        return _("Direktoratet for Kriminalforsorgen, kriminalforsorgen.dk.")
    return _("tal med lederen på stedet. Har kommunen sendt dig dertil, kan du også klage til kommunen.")


def _tovholder(page: NetworkPage) -> list[Part]:
    if page.coordinator is None:
        return [text(_("Du har ingen tovholder lige nu. Ring til %(who)s.") % {"who": page.network.authority.name})]
    one = page.coordinator
    return [
        text(_("Din tovholder samler trådene. Ring dertil, når du ikke ved, hvem der kan hjælpe.")),
        facts([(_("Navn"), one.name), (_("Telefon"), one.phone), (_("Træffes"), one.hours)]),
        *(
            [points(f"{two.name}, {two.phone}: {', '.join(two.ropes).lower()}".rstrip(": ") for two in page.helpers)]
            if page.helpers
            else []
        ),
    ]
