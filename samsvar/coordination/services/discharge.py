"""What every verb of a plan begins with, whoever writes it, and telling those whom a ward's plan reaches."""

from django.utils.translation import gettext as _

from samsvar.coordination.models import OF_DISCHARGE, CareNetwork, Category, Plan, PlanVersion
from samsvar.coordination.selectors.discharge import begins, reaches
from samsvar.coordination.services.errors import CoordinationError, inside
from samsvar.law.kinds import Basis, Purpose
from samsvar.postgres.actor import Actor
from samsvar.sharing.models import SubjectKind
from samsvar.sharing.services import NotLawful, Subject, disclose


def beginner(actor: Actor, network: CareNetwork, kind: str) -> CareNetwork:
    """The network, for one who may begin a plan of this kind in it: one inside, or a ward that of its own discharge."""
    if not actor.owns(network.authority_id) and kind in OF_DISCHARGE and begins(actor, network):
        return network
    return inside(actor, network)


def writer(actor: Actor, plan: Plan) -> CareNetwork:
    """The network, held until the verb is done, for whoever writes this plan. Raises CoordinationError for others."""
    if not plan.of_ward:
        return inside(actor, plan.network)
    held = Plan.objects.select_for_update(of=("self",)).filter(
        pk=plan.pk, authority_id__in=actor.authority_ids, network__ended_on=None
    )
    if plan.unit_id != actor.unit_id or not begins(actor, plan.network) or held.first() is None:
        raise CoordinationError(_("Planen er en andens, eller borgeren har ikke sagt ja til, at I skriver den."))
    return plan.network


def follower(actor: Actor, plan: Plan) -> CareNetwork:
    """The network, for whoever sees to it that a plan is done: its writer, and of a ward's plan those inside too."""
    if not actor.owns(plan.network.authority_id):
        return writer(actor, plan)
    here = inside(actor, plan.network)
    # A ward's draft is nobody else's to see to.
    if not Plan.objects.filter(pk=plan.pk, network=here).exists():
        raise CoordinationError(_("Planen er en andens, eller borgeren har ikke sagt ja til, at I skriver den."))
    return here


def tell_parties(actor: Actor, network: CareNetwork, version: PlanVersion, what: str) -> None:
    """Record that the tovholder's authority and all whom a yes to plans names are told of a ward's plan.

    Raises CoordinationError when the law does not take one of the yeses: a plan that some parties cannot read is none.
    """
    told = reaches(actor, version)
    if not told:
        raise CoordinationError(_("Borgeren har ikke sagt ja til, at tovholderen får planen fra jer."))
    for one in {place.authority.pk: place for place in told}.values():
        try:
            disclose(
                actor,
                Subject(SubjectKind.CARE_PLAN, version.pk, network.partnership_id, citizen_id=network.citizen_id),
                [one.authority],
                information_type=Category.PLANS.information_type,
                purpose=Purpose.HELP,
                necessity=_("Borgeren har sagt ja til, at I må vide det: %(what)s")
                % {"what": _("%(what)s, udgave %(version)s") % {"what": what, "version": version.version}},
                basis=Basis.CONSENT,
                consent=one.consent,
            )
        except NotLawful as error:
            raise CoordinationError(f"{one.who}: {error}") from error
