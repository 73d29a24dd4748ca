"""A report is its course's unit's, as the course is. Who evaluates reads numbers and codes, and no row of it.

`outcomes_copy` is the one-way copy (R-004-65): the system's number, the group, the wave and the codes. Of texts and days
it tells nothing, and not who wrote. It tells of the unit in which the actor has the post.
"""

from samsvar.outcomes.files.table import MOST_COUNTED
from samsvar.outreach.policies import BORN, OURS, OWNER_COLUMNS, of_course, tellable
from samsvar.outreach.roles import LEADS
from samsvar.postgres.actor import WITH_CITIZENS
from samsvar.postgres.rows import MOMENTS_DAY, PERSON, Policies, definer_function, has_role, near, stamped

# So long a report that is in can be taken back and put right.
OPEN_DAYS = 7

POLICIES = [
    Policies(
        "outcomes_report",
        select=OURS,
        insert=f"{BORN} and sent_at is null and month <= {MOMENTS_DAY} and {tellable('month')} and {of_course('outcomes_report', standing=False)}",
        update=f"{OURS} and (sent_at is null or sent_at > now() - interval '{OPEN_DAYS} days')",
        # What is in changes only by being taken back, and is in again by being sent now.
        update_check=f"{OURS} and (sent_at is null or (sent_by_id = {PERSON} and {near('sent_at')}))",
        immutable=(*OWNER_COLUMNS, "course_id", "month"),
    ),
    Policies(
        "outcomes_journal",
        select=OURS,
        insert=f"{BORN} and quarter <= {MOMENTS_DAY} and {tellable('quarter')} and version = 1",
        update=OURS,
        # Each keeping raises the version, so that nobody writes over what they have not seen.
        update_check=f"{OURS} and version > 1",
        immutable=(*OWNER_COLUMNS, "quarter", "form"),
    ),
    # Written by the function below alone.
    Policies("outcomes_publishedfigures", select=OURS, definer="all"),
]

# The one day whose figures are shown: a quarter's first, from when no report of before it can be taken back any more.
SHOWN = f"date_trunc('quarter', (today() - {OPEN_DAYS})::timestamp)::date"


def _minutes(field: str) -> str:
    """SQL: the minutes that reports tell in a field. What no report can hold counts as none, and stops no figure."""
    told = f"(t.said->>'{field}')::numeric"
    can = f"jsonb_typeof(t.said->'{field}') = 'number' and {told} between 0 and {MOST_COUNTED}"
    return f"sum(case when {can} then floor({told}) end)::bigint"


TRIGGERS = [
    *stamped("outcomes_report", "at", "sent_at"),
    *stamped("outcomes_journal", "at"),
    *definer_function(
        "outcomes_copy(the_before timestamp with time zone)",
        "table(number text, target smallint, wave smallint, answers jsonb, minutes bigint, bridging bigint, months integer)",
        f"""begin
            return query
            with mine as (
                select c.id, c.number as called, c.started_on, c.ended_on from outreach_course c
                where c.authority_id = any(actor_authorities()) and c.unit_id = (
                    select p.unit_id from partnerships_capacity p where p.id = actor_capacity())
                and {has_role(*WITH_CITIZENS)}
            ), told as (
                select r.course_id, r.month, r.target as of_target, r.wave as of_wave, r.answers as said
                from outcomes_report r join mine on mine.id = r.course_id where r.sent_at < the_before
            ), sums as (
                select t.course_id, {_minutes("q26_minutes")} as spent,
                    {_minutes("q30_minutes")} as bridged,
                    (array_agg(t.of_target order by t.month desc) filter (where t.of_target is not null))[1] as of_target,
                    max(t.month) as until
                from told t group by t.course_id
            )
            select m.called::text, s.of_target, t.of_wave,
                (select jsonb_object_agg(one.key, one.value) from jsonb_each(t.said) one
                    where one.key !~ '(_text|_date)$' and jsonb_typeof(one.value) in ('number', 'array')),
                s.spent, s.bridged,
                (extract(year from age(s.until, m.started_on)) * 12 + extract(month from age(s.until, m.started_on)))::integer + 1
            from told t join mine m on m.id = t.course_id join sums s on s.course_id = t.course_id
            where t.of_wave is not null and s.of_target is not null order by m.called, t.of_wave;
        end;""",
    ),
    # What was published of a day in the actor's unit, for whoever leads there; null where nothing was. With figures, they
    # are published unless some are: the first stand, so that two looks at one day tell the same. Those of other days go,
    # and those that the caller names, as they stand, because nobody can read them any more.
    *definer_function(
        "outcomes_publish(the_day date, the_kind text, the_figures jsonb, the_unread jsonb)",
        "jsonb",
        f"""declare home uuid; team uuid; place uuid := (actor_partnerships())[1]; stands jsonb; begin
            select p.authority_id, p.unit_id into home, team from partnerships_capacity p where p.id = actor_capacity();
            if team is null or place is null or not ({has_role(*LEADS)})
                or the_day is distinct from {SHOWN} then return null; end if;
            if the_figures is not null then
                delete from outcomes_publishedfigures f where f.unit_id = team and f.day <> the_day;
                insert into outcomes_publishedfigures as f (id, partnership_id, authority_id, unit_id, by_id, at, day, what, figures)
                    values (gen_random_uuid(), place, home, team, actor_person(), now(), the_day, left(the_kind, 60), the_figures)
                    on conflict (unit_id, day, what) do update set by_id = excluded.by_id, at = excluded.at,
                        figures = excluded.figures where f.figures = the_unread; end if;
            select f.figures into stands from outcomes_publishedfigures f
                where f.unit_id = team and f.day = the_day and f.what = the_kind;
            return stands; end;""",
        volatile="volatile",
    ),
]
