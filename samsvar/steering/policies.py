"""Rows without persons, for those with a seat in the partnership; and counts, the small ones hidden (R-000-154)."""

from samsvar.postgres.rows import AUTHORITIES, PARTNERSHIPS, SEATS, Policies, definer_function, sits_in

# Fewer citizens than this are not counted in public.
FEWEST = 5

_OWN = f"authority_id = any({AUTHORITIES})"
_MINE = f"group_id = any({SEATS}) and partnership_id = any({PARTNERSHIPS})"


def _group_is_here(table: str, *, above: bool = False) -> str:
    return (
        f"exists (select 1 from partnerships_group g where g.id = {table}.group_id "
        f"and g.partnership_id = {table}.partnership_id{' and g.level <> ' + repr('operative') if above else ''} offset 0)"
    )


POLICIES = [
    Policies(
        "steering_terms",
        select=sits_in(),
        # What has been in force stays as it was: a change is a new version.
        insert=f"{_OWN} and {_MINE} and {_group_is_here('steering_terms')}",
    ),
    Policies(
        "steering_evaluationanswer",
        select=sits_in(),
        insert=f"{_OWN} and {_MINE} and {_group_is_here('steering_evaluationanswer')}",
        update=f"{_OWN} and group_id = any({SEATS})",
        immutable=("partnership_id", "group_id", "year", "question", "authority_id"),
    ),
    Policies(
        "steering_steeringdecision",
        select=sits_in(),
        insert=f"{_OWN} and {_MINE} and {_group_is_here('steering_steeringdecision', above=True)}",
    ),
    Policies(
        "steering_decisionreceipt",
        select=sits_in(),
        insert=f"taken_on is null and {_group_is_here('steering_decisionreceipt')} and exists (select 1 from "
        "steering_steeringdecision d where d.id = decision_id and d.partnership_id = steering_decisionreceipt.partnership_id "
        f"and d.group_id = any({SEATS}) offset 0)",
        update=f"group_id = any({SEATS})",
        immutable=("partnership_id", "group_id", "decision_id"),
    ),
]

# What is counted of citizens in one half-year, by table. The halves are fixed and never overlap: two questions about
# periods of one's own choice could be subtracted from each other.
_OF_CITIZENS = {
    "raised": "select k.group_id from cases_case k where k.raised_at >= a and k.raised_at < b",
    "closed": "select k.group_id from cases_case k where k.closed_at >= a and k.closed_at < b",
    "returned": "select k.group_id from cases_case k join cases_recurrence r on r.case_id = k.id"
    " where k.raised_at >= a and k.raised_at < b",
    "network": "select n.group_id from cases_networkcase n where n.opened_at >= a and n.opened_at < b",
    "acute": "select c.group_id from cases_acutecontact c where c.called_at >= a and c.called_at < b",
    "told": "select n.group_id from letters_notice n where n.told and n.at >= a and n.at < b",
    "not_told": "select n.group_id from letters_notice n where not n.told and n.at >= a and n.at < b",
}
# What is counted of meetings and holes: no citizen stands behind, so the running half-year is shown too.
_OF_THE_TABLE = {
    "meetings": "select m.group_id from meetings_meeting m where m.state = 'held' and m.starts_at >= a and m.starts_at < b",
    "called_off": "select m.group_id from meetings_meeting m where m.state = 'called_off' and m.starts_at >= a"
    " and m.starts_at < b",
    **{
        state: "select m.group_id from meetings_attendance t join meetings_meeting m on m.id = t.meeting_id"
        f" where t.state = '{state}' and m.starts_at >= a and m.starts_at < b"
        for state in ("present", "phone", "excused", "absent")
    },
    "gaps": "select s.group_id from cases_systemgap s where s.noted_on >= a::date and s.noted_on < b::date",
}


def _counted(selects: dict[str, str], shown: str) -> str:
    """SQL of one row per table and figure; `shown` says how a count of `c` is given."""
    return " union all ".join(
        f"select g.id, '{key}'::text, {shown} from partnerships_group g cross join lateral "
        f"(select count(*)::integer as c from ({select}) f(group_id) where f.group_id = g.id) n "
        "where g.partnership_id = the_partnership and g.level = 'operative'"
        for key, select in selects.items()
    )


FUNCTIONS = [
    # How it stands at each table of a partnership, for whoever has a seat there. Null is a number too small to be shown;
    # of citizens nothing is counted until the half-year is over.
    *definer_function(
        "steering_status(the_partnership uuid, the_year integer, the_half integer)",
        "table (group_id uuid, figure text, number integer)",
        f"""declare a timestamptz; b timestamptz; begin
            if the_half not in (1, 2) or the_year not between 2000 and 2200 or not exists (select 1 from partnerships_group g
                where g.partnership_id = the_partnership and g.id = any(actor_seats())) then return; end if;
            a := make_timestamptz(the_year, the_half * 6 - 5, 1, 0, 0, 0, 'Europe/Copenhagen');
            b := make_timestamptz(the_year + the_half - 1, case the_half when 1 then 7 else 1 end, 1, 0, 0, 0, 'Europe/Copenhagen');
            return query {_counted(_OF_THE_TABLE, "n.c")};
            if b <= now() then
                return query {_counted(_OF_CITIZENS, f"case when n.c between 1 and {FEWEST - 1} then null else n.c end")};
            end if; end""",
    ),
]
