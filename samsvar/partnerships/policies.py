"""Structure and staff: everybody who acts sees it, but only those it belongs to can change who sits where."""

from samsvar.postgres.rows import AUTHORITIES, PARTNERSHIPS, PERSON, OpenTable, Policies, definer_function, has_role

_SIGNED_IN = f"{PERSON} is not null"
_OWN_PEOPLE = f"authority_id = any({AUTHORITIES}) and {has_role('local_admin')}"
_LEADS_THE_GROUP = (
    f"exists (select 1 from partnerships_group g where g.id = group_id and g.partnership_id = any({PARTNERSHIPS})) "
    f"and ({has_role('coordinator', 'chair', 'secretariat')} or ({has_role('local_admin')} and exists "
    f"(select 1 from partnerships_capacity c where c.id = capacity_id and c.authority_id = any({AUTHORITIES}))))"
)

POLICIES = [
    Policies(
        "partnerships_capacity",
        # Signing in must find a person's posts before anyone acts in one.
        select="true",
        insert=_OWN_PEOPLE,
        update=_OWN_PEOPLE,
        immutable=("person_id", "authority_id", "invited_by_id"),
        definer="all",
    ),
    Policies(
        "partnerships_membership",
        select=_SIGNED_IN,
        insert=_LEADS_THE_GROUP,
        update=_LEADS_THE_GROUP,
        immutable=("group_id", "capacity_id"),
    ),
    Policies(
        "partnerships_groupfunction",
        select=_SIGNED_IN,
        insert=_LEADS_THE_GROUP,
        update=_LEADS_THE_GROUP,
        immutable=("group_id", "capacity_id", "function"),
    ),
]

_STRUCTURE = "structure of the cooperation; holds no citizen"
OPEN_TABLES = [
    OpenTable(f"partnerships_{table}", _STRUCTURE)
    for table in (
        "partnership",
        "area",
        "authority",
        "authority_areas",
        "unit",
        "participation",
        "group",
        "group_areas",
        "agreement",
        "agreement_parties",
        "criterion",
        "category",
        "emergencycontact",
        "measure",
    )
]

FUNCTIONS = [
    # A person may mend the own card, and nothing else of the own post.
    *definer_function(
        "capacity_card(new_phone text, new_hours text)",
        "void",
        "begin update partnerships_capacity set phone = new_phone, hours = new_hours where id = actor_capacity(); end",
        volatile="volatile",
    ),
]
