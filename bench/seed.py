"""Seeds a country: structure first, then one partnership after the other on two processes, then the log."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from bench import chain
from bench.country import FRONTLINE, RAN_OFF_DAYS, SITTING, YEARS, Country, Scale, ident
from bench.load import Loader, bare_tables
from bench.story import Partnership
from samsvar.postgres.provision import connect


def seed(scale: Scale, owner_url: str, say: Callable[[str], None]) -> None:
    """Fill a migrated, empty database."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    country = Country(scale)
    with connect(owner_url) as owner:
        _structure(country, owner, today.date())
    began, origin = time.monotonic(), int(today.timestamp())
    with bare_tables(owner_url, [*_tables(origin), "audit_logrow", "audit_chainhead"], say):
        _months(owner_url, today)
        with ProcessPoolExecutor(2) as pool:
            # The largest first, so that the two processes end together.
            places = sorted(country.places, key=country.cases_of, reverse=True)
            authorities = sorted(country.authorities, key=country.log_rows_of, reverse=True)
            jobs = [pool.submit(_partnership, scale, owner_url, origin, place) for place in places]
            jobs += [pool.submit(_log, scale, owner_url, origin, authority.number) for authority in authorities]
            try:
                rows = sum(job.result() for job in jobs)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        say(f"{rows:,} rows {time.monotonic() - began:.0f} s")
    with connect(owner_url, autocommit=True) as everything:
        everything.execute("analyze")


def _tables(origin: int) -> list[str]:
    """Which tables a partnership's rows go to: those of a small one, where each kind of row is still found."""
    small = Partnership(Country(Scale("a look", 1, 0.05)), 0, origin)
    small.write()
    return list(small.tables)


def _partnership(scale: Scale, owner_url: str, origin: int, place: int) -> int:
    partnership = Partnership(Country(scale), place, origin)
    partnership.write()
    loader = Loader(owner_url)
    for table, (columns, lines) in partnership.tables.items():
        loader.copy(table, columns, lines)
    loader.close()
    return loader.rows


def _log(scale: Scale, owner_url: str, origin: int, number: int) -> int:
    country = Country(scale)
    authority = country.everyone[number]
    loader, link = Loader(owner_url), b""
    for lines, link in chain.pieces(country, authority, origin):  # noqa: B007 - the last link is the chain's end
        loader.copy("audit_logrow", chain.COLUMNS, lines)
    if loader.rows:
        head = f"{authority.id}\t{loader.rows}\t\\\\x{link.hex()}"
        loader.copy("audit_chainhead", ("authority_id", "seq", "hash"), [head])
    loader.close()
    return loader.rows


def _months(owner_url: str, today: datetime) -> None:
    """The log's past months, which an installation of this age would have."""
    with connect(owner_url, autocommit=True) as owner:
        month = today.replace(day=1)
        for _ in range(chain.MONTHS):
            until, month = month, (month - timedelta(days=1)).replace(day=1)
            name = f"audit_logrow_{month:%Y_%m}"
            owner.execute(f"create table {name} partition of audit_logrow for values from ('{month}') to ('{until}')")
            owner.execute(f"alter table {name} enable row level security, force row level security")


def _structure(country: Country, owner: psycopg.Connection, today: date) -> None:
    """Partnerships, authorities, staff and seats: few enough for plain inserts."""
    since = today - timedelta(days=365 * (YEARS + 1))

    def insert(table: str, **values: Any) -> None:
        names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
        owner.execute(f"insert into {table} ({names}) values ({marks})", list(values.values()))

    for place in country.places:
        insert(
            "partnerships_partnership",
            id=country.partnership(place),
            name=f"Samarbejde {place + 1}",
            cooperation="psp",
            police_district=f"Kreds {place % 12 + 1}",
            purpose="",
            reference_prefix=f"K{place + 1}",
            name_in_advance=True,
            age_limit=18,
            means_required=True,
            count_network_cases=True,
            run_off_days=RAN_OFF_DAYS,
            stale_days=30,
            created_at=today,
        )
        for key, level, name in (
            (country.group(place), "operative", "Gruppe"),
            (ident("steering", place), "steering", "Styregruppe"),
        ):
            insert(
                "partnerships_group",
                id=key,
                partnership_id=country.partnership(place),
                name=f"{name} {place + 1}",
                word=name.lower(),
                level=level,
                model="operative_group",
                reference_prefix="",
                rhythm="monthly",
                place="",
                duty_to_attend=False,
                deputies_allowed=True,
                channels=[],
                instruction="",
            )
        for position in range(10):
            insert(
                "partnerships_criterion",
                id=ident("criterion", place, position),
                partnership_id=country.partnership(place),
                key=f"trait-{position}",
                danish=f"Kriterium {position + 1}",
                english="",
                position=position,
                active=True,
            )
        year = {"prefix": f"K{place + 1}", "year": today.year, "last": 100_000}
        insert("cases_referencecounter", id=ident("year", place), partnership_id=country.partnership(place), **year)
    for authority in country.authorities:
        insert(
            "partnerships_authority",
            id=authority.id,
            name=authority.name,
            short_name=authority.name[:24],
            kind=authority.kind,
            regime="rhl" if authority.kind in ("police", "probation") else "gdpr",
        )
        for number in range(authority.staff):
            function = "medlem" if number < SITTING else "visitator" if number < FRONTLINE else "frontlinje"
            insert(
                "accounts_user",
                id=authority.person(number),
                email=f"p{authority.number}.{number}@eksempel.dk",
                name=f"Ansat {authority.number}-{number}",
                password="!",  # noqa: S106
                language="da",
                is_active=True,
                created_at=today,
            )
            insert(
                "partnerships_capacity",
                id=authority.post(number),
                person_id=authority.person(number),
                authority_id=authority.id,
                function=function,
                roles={"medlem": ["releaser"], "visitator": ["screener", "releaser"], "frontlinje": ["frontline"]}[
                    function
                ],
                phone="",
                hours="",
                since=since,
                end_reason="",
            )
    for place in country.places:
        for authority in country.parties[place]:
            insert(
                "partnerships_participation",
                id=ident("participation", place, authority.number),
                partnership_id=country.partnership(place),
                authority_id=authority.id,
                since=since,
            )
        for position, seat in enumerate(country.members(place)):
            insert(
                "partnerships_membership",
                id=ident("membership", place, position),
                group_id=country.group(place),
                capacity_id=seat.post,
                kind="permanent",
                may_decide=True,
                close_to_practice=True,
                duty_to_attend=False,
                mandate="",
                network="",
                since=since,
                end_reason="",
            )
        for position, function in enumerate(("coordinator", "chair")):
            insert(
                "partnerships_groupfunction",
                id=ident("function", place, position),
                group_id=country.group(place),
                capacity_id=country.members(place)[position].post,
                function=function,
                reason="",
                since=since,
            )
