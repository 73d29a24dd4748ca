"""The verbs of this room. Each takes an Actor first.

`actor=None` is the very first set-up, before anybody can act: it works on the owner's connection alone (`samsvar
admin`, the demonstration's first authorities) and is refused everywhere else.
"""

from samsvar.partnerships.services.errors import PartnershipError
from samsvar.partnerships.services.first import first_administrator
from samsvar.partnerships.services.handover import hand_over, passes_on
from samsvar.partnerships.services.people import (
    appoint,
    change_post,
    edit_own_card,
    end_post,
    invite,
    invite_again,
    name_releaser,
    review_people,
    unname_releaser,
)
from samsvar.partnerships.services.rules import (
    add_category,
    add_criterion,
    add_emergency_contact,
    add_measure,
    adopt_agreement,
    change_rule,
    remove_emergency_contact,
    set_parameters,
)
from samsvar.partnerships.services.seats import change_seat, end_function, give_function, seat, unseat
from samsvar.partnerships.services.structure import (
    add_area,
    add_authority,
    add_group,
    add_unit,
    change_authority,
    change_group,
    change_unit,
    found_partnership,
    join,
    leave,
    succeed,
)

__all__ = [
    "PartnershipError",
    "add_area",
    "add_authority",
    "add_category",
    "add_criterion",
    "add_emergency_contact",
    "add_group",
    "add_measure",
    "add_unit",
    "adopt_agreement",
    "appoint",
    "change_authority",
    "change_group",
    "change_post",
    "change_rule",
    "change_seat",
    "change_unit",
    "edit_own_card",
    "end_function",
    "end_post",
    "first_administrator",
    "found_partnership",
    "give_function",
    "hand_over",
    "invite",
    "invite_again",
    "join",
    "leave",
    "name_releaser",
    "passes_on",
    "remove_emergency_contact",
    "review_people",
    "seat",
    "set_parameters",
    "succeed",
    "unname_releaser",
    "unseat",
]
