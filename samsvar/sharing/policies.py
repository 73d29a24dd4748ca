"""Own rows stay at home until a receipt opens them for a named authority (house.md, The wall)."""

from samsvar.postgres.rows import (
    AUTHORITIES,
    CAPACITY,
    PARTNERSHIPS,
    PERSON,
    Policies,
    definer_function,
    in_reach,
    is_party,
    received,
)

_OWN = f"authority_id = any({AUTHORITIES})"

POLICIES = [
    Policies(
        "sharing_disclosure",
        select=f"{_OWN} or {received('sharing_disclosure.subject_id')}",
        insert=f"{_OWN} and partnership_id = any({PARTNERSHIPS}) and by_id = {PERSON} and capacity_id = {CAPACITY}",
    ),
    Policies(
        "sharing_receipt",
        select=f"{_OWN} or from_authority_id = any({AUTHORITIES})",
        # Only the own authority's own disclosure, and only of what it is about, can open a door.
        insert=f"from_authority_id = any({AUTHORITIES}) and exists (select 1 from sharing_disclosure d where d.id = disclosure_id "
        f"and d.authority_id = from_authority_id and d.subject_id = sharing_receipt.subject_id "
        f"and d.by_id = {PERSON}) and may_open(subject_id)",
    ),
    Policies(
        "sharing_contribution",
        select=f"{in_reach()} and ({_OWN} or ({received('sharing_contribution.id')} and {is_party()}))",
        insert=f"{_OWN} and {in_reach()} and {is_party()} and by_id = {PERSON}",
        update=f"{in_reach()} and {_OWN}",
        immutable=("partnership_id", "group_id", "case_id", "authority_id", "by_id", "at"),
    ),
    Policies(
        "sharing_ownnote",
        select=f"{_OWN} and {in_reach()} and (reach = 'authority' or by_id = {PERSON})",
        insert=f"{_OWN} and {in_reach()} and {is_party()} and by_id = {PERSON}",
        update=f"{_OWN} and by_id = {PERSON}",
        delete=f"{_OWN} and by_id = {PERSON}",
        immutable=("partnership_id", "group_id", "case_id", "authority_id", "by_id", "at"),
    ),
]

FUNCTIONS = [
    # Nobody opens a door to what another authority holds; a case and a network case are opened by those who are in them.
    *definer_function(
        "may_open(the_subject uuid)",
        "boolean",
        """begin return exists (select 1 from sharing_contribution c where c.id = the_subject and c.authority_id = any(actor_authorities()))
            or exists (select 1 from cases_concern c where c.id = the_subject and c.authority_id = any(actor_authorities()))
            or exists (select 1 from citizens_identity i where i.id = the_subject and i.authority_id = any(actor_authorities()))
            or exists (select 1 from cases_dangeradvice d where d.id = the_subject and d.authority_id = any(actor_authorities()))
            or exists (select 1 from cases_acutecontact a where a.id = the_subject and a.authority_id = any(actor_authorities()))
            or exists (select 1 from cases_networkcase n where n.id = the_subject and n.party_ids && actor_authorities())
            or exists (select 1 from cases_caseparty p where p.case_id = the_subject and p.until is null
                and p.authority_id = any(actor_authorities())); end""",
    ),
]
