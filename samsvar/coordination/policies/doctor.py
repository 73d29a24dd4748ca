"""The own doctor: which practice a message would reach, and what it has said to being invited."""

from samsvar.coordination.models.doctor import FROM_DOCTOR, TO_DOCTOR
from samsvar.coordination.policies.words import PRACTICE, STOPPED, TAKES_PART
from samsvar.postgres.rows import definer_function
from samsvar.sharing.policies.words import STANDS


def _kinds(kinds: tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{one}'" for one in kinds) + "]"


IS_TO_DOCTOR = f"e.kind = any({_kinds(TO_DOCTOR)})"
# Only a practice writes as one, and only those inside ask it to a meeting: that is the tovholder's task (R-003-73).
MAY_SEND = (
    f"(e.kind <> all({_kinds(FROM_DOCTOR)}) or {PRACTICE.format('e.authority_id')}) "
    "and (e.kind <> 'invitation' or e.network_id = any(coordination_mine()))"
)
# Which of the open doors a kind goes through.
GOES_TO = (
    f"case when {IS_TO_DOCTOR} then {PRACTICE.format('r.authority_id')} and (e.kind <> 'invitation' or not {STOPPED.format('r.authority_id', 'r.network_id')}) "
    "when e.kind in ('concern', 'call') then false when e.kind = 'referral' then exists (select 1 from partnerships_authority a "
    "where a.id = r.authority_id and a.kind in ('psychiatry', 'social')) else true end"
)

_STOP = STOPPED.format("k.body_id", "k.network_id")

FUNCTIONS = [
    # The practice that a message to the own doctor would reach, for whoever may tell of this citizen: no more than a
    # draft would say. Whether it has asked not to be invited is for those inside, who alone invite.
    *definer_function(
        "coordination_doctor(the_network uuid)",
        "jsonb",
        f"""declare mine boolean := the_network = any(coordination_mine()); begin
            if not (mine or the_network = any(coordination_open('events'))) then return null; end if;
            return jsonb_build_object(
                'authority', (select r.authority_id from coordination_networkreader r
                    join sharing_consent c on c.id = r.consent_id and {STANDS}
                    join coordination_carenetwork n on n.id = r.network_id and n.ended_on is null
                    where r.network_id = the_network and r.until is null and r.since <= today()
                        and 'events' = any(r.categories) and {PRACTICE.format("r.authority_id")} and {TAKES_PART}
                    order by r.at desc limit 1),
                'stopped', mine and exists (select 1 from coordination_networkcontact k
                    where k.network_id = the_network and k.until is null and {_STOP})); end""",
    ),
]
