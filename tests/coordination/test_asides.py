"""What a place that is let in does itself, and what it can never do: call, ask, stand back, have the contact."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from samsvar.coordination import services
from samsvar.coordination.models import CareEvent, CareEventDelivery, CareNetwork, EventKind, NetworkMeeting
from samsvar.coordination.selectors import asides
from samsvar.coordination.selectors import events as event_selectors
from samsvar.coordination.selectors.networks import find_network
from samsvar.coordination.services import CoordinationError, Happened
from samsvar.coordination.services import meetings as meeting_services
from samsvar.coordination.services.events import Released
from samsvar.partnerships.models import Authority, Unit
from samsvar.postgres.actor import Actor, acting
from samsvar.sharing.models import Disclosure
from tests.clients import sit
from tests.coordination.ground import CPR, hired, named, office, yes
from tests.meetings.table import fourth
from tests.world import World

WARD = "psychiatry.frontline"


def opens(actor: Actor, network: CareNetwork, authority: UUID, of: UUID | None, *categories: str) -> None:
    """The citizen lets somebody in."""
    services.let_in(
        actor,
        network,
        Authority.objects.get(pk=authority),
        Unit.objects.get(pk=of) if of else None,
        categories,
        yes(),
    )


def seen(actor: Actor, network: CareNetwork) -> CareNetwork:
    """The network as the actor finds it."""
    found = find_network(actor, network.pk)
    assert found is not None
    return found


@pytest.fixture
def let_in(world: World, network: CareNetwork, ward: UUID) -> CareNetwork:
    """The ward is let in for meetings and events; the police for events alone."""
    with acting(world.seats["social.member"].token) as actor:
        named(actor, network)
        opens(actor, network, world.authorities["psychiatry"], ward, "meetings", "events")
        opens(actor, network, world.authorities["police"], None, "events")
    return network


class TestConvene:
    """Any actor with the citizen's yes calls a network meeting itself."""

    @pytest.mark.req("R-002-98", "R-003-23")
    def test_a_place_with_a_yes_calls_it_and_the_tovholder_hears_with_a_disclosure(
        self, world: World, let_in: CareNetwork
    ) -> None:
        with acting(world.seats[WARD].token) as actor:
            row = services.convene(actor, seen(actor, let_in), "Boligen", timezone.now() + timedelta(days=3), "Oasen")
            event = CareEvent.objects.get(kind=EventKind.CALL)
            told = Disclosure.objects.get(subject_id=event.pk)
            assert [one.authority_id for one in told.receipts.all()] == [world.authorities["social"]]
        # It is the tovholder's to shape, and nobody is invited before the citizen's wishes are written
        with acting(world.seats["social.member"].token) as actor:
            found = NetworkMeeting.objects.get(pk=row.pk)
            assert found.called_by.startswith("Afsnit H3, ")
            # What for was told to the tovholder alone; whoever else is let in for meetings sees that one is asked for.
            assert (found.purpose, found.clear, found.place) == ("", False, "Oasen")
            assert "Boligen" in event.text
            with pytest.raises(CoordinationError, match="Skriv først, hvem borgeren ønsker med"):
                meeting_services.invite(actor, found)
            assert event_selectors.unread(actor).filter(event=event).exists()
        # Nobody else let in for events reads the call
        with acting(world.seats["police.member"].token):
            assert not CareEvent.objects.filter(pk=event.pk).exists()

    @pytest.mark.req("R-002-98")
    def test_a_relative_calls_it_through_the_tovholder(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats["social.member"].token) as actor:
            row = meeting_services.call(actor, let_in, meeting_services.Frame("Hans søster"))
            assert row.called_by == "Hans søster"

    @pytest.mark.parametrize("seat", ["police.member", "psychiatry.member", "social.frontline"])
    def test_nobody_else_calls_it(self, world: World, let_in: CareNetwork, seat: str) -> None:
        with acting(world.seats[seat].token) as actor:
            with pytest.raises(CoordinationError):
                services.convene(actor, let_in, "Boligen")
            assert not NetworkMeeting.objects.exists()
        assert sit(world, seat).post(
            reverse("coordination:call", args=[let_in.pk]), {"purpose": "Boligen"}
        ).status_code in (404, 400)

    def test_without_the_tovholder_hearing_of_it_there_is_no_meeting(
        self, world: World, let_in: CareNetwork, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The law may leave the tovholder's authority out of a yes: then one rings."""
        told = services.asides.release_event

        def left_out(*given: Any, **more: Any) -> Released:
            found = told(*given, **more)
            return Released([one for one in found.deliveries if one.reader_id is not None], found.left_out)

        monkeypatch.setattr(services.asides, "release_event", left_out)
        with acting(world.seats[WARD].token) as actor:
            with pytest.raises(CoordinationError, match="Ring i stedet"), transaction.atomic():
                services.convene(actor, seen(actor, let_in), "Boligen")
            assert not NetworkMeeting.objects.exists()
            # Nor past the service: a call that reached nobody carries no meeting.
            with pytest.raises(DatabaseError), transaction.atomic():
                NetworkMeeting.objects.create(
                    partnership_id=let_in.partnership_id,
                    network_id=let_in.pk,
                    authority_id=let_in.authority_id,
                    by_id=actor.person_id,
                    called_by=services.asides.own_place(actor),
                )

    def test_past_the_service_no_meeting_is_written_without_the_tovholder_knowing(
        self, world: World, let_in: CareNetwork
    ) -> None:
        with (
            acting(world.seats[WARD].token) as actor,
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            NetworkMeeting.objects.create(
                partnership_id=let_in.partnership_id,
                network_id=let_in.pk,
                authority_id=let_in.authority_id,
                by_id=actor.person_id,
                called_by=services.asides.own_place(actor),
            )

    def test_a_call_stands_in_the_name_of_the_place_that_calls(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[WARD].token) as actor:
            services.convene(actor, seen(actor, let_in), "Boligen")
            row = {
                "partnership_id": let_in.partnership_id,
                "network_id": let_in.pk,
                "authority_id": let_in.authority_id,
                "by_id": actor.person_id,
                "called_by": services.asides.own_place(actor),
            }
            for wrong in ({"called_by": "Bjarne Hasselvad, tovholder"}, {"clear": True}, {"purpose": "Boligen"}):
                with pytest.raises(DatabaseError), transaction.atomic():
                    NetworkMeeting.objects.create(**row | wrong)
            NetworkMeeting.objects.create(**row)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"purpose": ""}, "purpose"),
            ({"purpose": "611155-1111"}, "purpose"),
            ({"day": "2020-01-01", "clock": "10:00"}, "Vælg en dag, der ikke er gået"),
            ({"day": (timezone.localdate() + timedelta(days=2)).isoformat(), "clock": ""}, "Skriv, hvad klokken er"),
        ],
    )
    def test_bad_input_is_said_and_nothing_typed_is_lost(
        self, world: World, let_in: CareNetwork, wrong: dict[str, str], said: str
    ) -> None:
        typed = {"purpose": "Boligen", "day": "", "clock": "", "place": "Hos Åse", **wrong}
        answer = sit(world, WARD).post(reverse("coordination:call", args=[let_in.pk]), typed)
        page = answer.content.decode()
        assert answer.status_code == 400
        assert said in page
        assert "Hos Åse" in page
        with acting(world.seats["social.member"].token):
            assert not NetworkMeeting.objects.exists()
            assert not CareEvent.objects.exists()


class TestAsk:
    """A question goes to the one that was chosen, and to the tovholder."""

    def test_only_one_place_reads_it(self, world: World, let_in: CareNetwork) -> None:
        with acting(world.seats[WARD].token) as actor:
            draft = services.ask(actor, seen(actor, let_in), "Har I set ham?")
            police = next(
                one for one in event_selectors.receivers_of(actor, draft) if one.unit is None and one.reader_id
            )
            with pytest.raises(CoordinationError, match="Vælg, hvem I spørger"):
                services.release_event(actor, draft)
            with pytest.raises(CoordinationError, match="Vælg, hvem I spørger"):
                services.release_event(actor, draft, to=let_in.pk)
        with acting(world.seats[WARD].token) as actor:
            services.release_event(actor, CareEvent.objects.get(pk=draft.pk), to=police.reader_id)
        for seat in ("police.member", "social.member"):
            with acting(world.seats[seat].token):
                assert CareEvent.objects.filter(pk=draft.pk).exists()
        with acting(world.seats["psychiatry.member"].token):
            assert not CareEvent.objects.filter(pk=draft.pk).exists()

    @pytest.mark.parametrize("text", ["", "611155-1111", "x" * 201])
    def test_a_bad_question_is_refused_beside_the_field(self, world: World, let_in: CareNetwork, text: str) -> None:
        answer = sit(world, WARD).post(reverse("coordination:ask", args=[let_in.pk]), {"text": text})
        assert answer.status_code == 400
        with acting(world.seats[WARD].token) as actor:
            assert not CareEvent.objects.exists()
            if text != "x" * 201:
                with pytest.raises(CoordinationError):
                    services.ask(actor, seen(actor, let_in), text)


class TestContact:
    """Each kind of unit has its contact role, and what is told to the unit lies with whoever holds it."""

    @pytest.mark.req("R-002-4")
    @pytest.mark.parametrize(
        ("kind", "role"),
        [
            ("ward", "kontaktperson på afdelingen"),
            ("district", "primærbehandler"),
            ("substance", "misbrugsbehandler"),
            ("adult_authority", "tilsynsførende"),
            ("outreach_99", "støtte-kontaktperson (SKP)".lower()),
        ],
    )
    def test_the_kind_of_the_unit_says_what_the_contact_is_called(
        self, world: World, let_in: CareNetwork, ward: UUID, owner_connection: psycopg.Connection, kind: str, role: str
    ) -> None:
        owner_connection.execute(
            "insert into directory_directoryentry (id, partnership_id, authority_id, unit_id, outside, name, known_as,"
            " sector, kind, part_of, purpose, open_door, ways_in, bring, pathway, deadlines, legal, cannot, asked_as,"
            " procedure, phone, hours, inbox, staff, source, version, stages, created_at) values"
            " (gen_random_uuid(), %s, %s, %s, '', 'Afsnit H3', '', 'region', %s, '', 'Hjælper', false, '', '', '', '',"
            " '', '', '', '', '', '', '', '[]', '', 1, '{}', now())",
            [world.partnership, world.authorities["psychiatry"], ward, kind],
        )
        owner_connection.commit()
        sit(world, WARD).post(reverse("coordination:take_contact", args=[let_in.pk]))
        with acting(world.seats["social.member"].token):
            assert CareEvent.objects.get(kind=EventKind.CONTACT).text == f"Frontline Psychiatry, {role}"

    @pytest.mark.req("R-002-4", "R-002-5", "R-002-7")
    def test_what_is_told_lies_with_the_holder_else_with_all_of_the_unit(
        self, world: World, network: CareNetwork, owner_connection: psycopg.Connection, ward: UUID
    ) -> None:
        of = office(world, owner_connection, "Rusmiddelcentret", "Mona Misbrug")
        hired(world, owner_connection, "Ulla", "Ulla Ungdom", of)
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
            opens(actor, network, world.authorities["social"], of, "events")
            opens(actor, network, world.authorities["psychiatry"], ward, "events")

        def waiting(seat: str) -> int:
            with acting(world.seats[seat].token) as actor:
                return event_selectors.unread(actor).filter(event__kind=EventKind.ADMISSION).count()

        def told() -> None:
            with acting(world.seats[WARD].token) as actor:
                here = seen(actor, network)
                row = services.write_event(actor, here, Happened(kind=EventKind.ADMISSION, at=timezone.now()))
                services.release_event(actor, row)

        # Nobody has the contact: it lies with all of the unit
        told()
        assert (waiting("Rusmiddelcentret"), waiting("Ulla")) == (1, 1)
        with acting(world.seats["Rusmiddelcentret"].token) as actor:
            assert asides.named_contact(actor, seen(actor, network)) is None
            services.take_contact(actor, seen(actor, network))
            with pytest.raises(CoordinationError, match="Du har allerede kontakten"):
                services.take_contact(actor, seen(actor, network))
        told()
        assert (waiting("Rusmiddelcentret"), waiting("Ulla")) == (2, 0)
        # Another takes over: all who are let in hear both names
        with acting(world.seats["Ulla"].token) as actor:
            services.take_contact(actor, seen(actor, network))
        assert (waiting("Rusmiddelcentret"), waiting("Ulla")) == (0, 2)
        page = sit(world, WARD).get(reverse("coordination:network", args=[network.pk])).content.decode()
        assert "Ulla Ungdom, sagsbehandler, 00 00 55 60. Før: Mona Misbrug" in page
        # Who has it does not answer for two days: all of the unit have it on the desk
        owner_connection.execute("update coordination_careeventdelivery set at = now() - interval '3 days'")
        owner_connection.commit()
        assert (waiting("Rusmiddelcentret"), waiting("Ulla")) == (2, 2)
        # The post ends: what comes lies with all of the unit again
        owner_connection.execute("update coordination_careeventdelivery set at = now()")
        owner_connection.execute(
            "update partnerships_capacity set until = today() - 1 where id = %s", [world.seats["Ulla"].post]
        )
        owner_connection.commit()
        assert waiting("Rusmiddelcentret") == 2

    def test_one_who_is_let_in_for_something_else_has_no_contact(
        self, world: World, network: CareNetwork, ward: UUID
    ) -> None:
        with acting(world.seats["social.member"].token) as actor:
            opens(actor, network, world.authorities["psychiatry"], ward, "plans")
        answer = sit(world, WARD).post(reverse("coordination:take_contact", args=[network.pk]))
        assert answer.status_code == 404


class TestForm:
    """The sender writes once; each receiver has it as it wants it (R-002-6)."""

    @pytest.mark.req("R-002-6")
    def test_each_delivery_keeps_the_form_of_its_receiver(
        self, world: World, network: CareNetwork, ward: UUID, owner_connection: psycopg.Connection
    ) -> None:
        fourth(world, owner_connection)
        jobs = office(world, owner_connection, "Jobcentret", "Jens Jobsen")
        wants = "update partnerships_{} set notice = %s where id = %s"
        owner_connection.execute(wants.format("unit"), ["text", jobs])
        owner_connection.execute(wants.format("authority"), ["letter", world.authorities["other"]])
        owner_connection.commit()
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
            opens(actor, network, world.authorities["social"], jobs, "events")
            opens(actor, network, world.authorities["other"], None, "events")
            opens(actor, network, world.authorities["psychiatry"], ward, "events")
        with acting(world.seats[WARD].token) as actor:
            row = services.write_event(
                actor, seen(actor, network), Happened(kind=EventKind.DISCHARGE, at=timezone.now())
            )
            services.release_event(actor, row)
            forms = {one.who: one.form for one in CareEventDelivery.objects.select_related("unit", "authority")}
        assert forms == {
            "Jobcentret, Prøveby Kommune": "text",
            "Nabo Kommune": "letter",
            "Tovholderen, Prøveby Kommune": "screen",
        }

    @pytest.mark.req("R-002-6")
    def test_a_unit_chooses_its_form_and_no_other_unit_of_another_authority_does(
        self, world: World, owner_connection: psycopg.Connection
    ) -> None:
        jobs = office(world, owner_connection, "Jobcentret", "Jens Jobsen")
        address = reverse("partnerships:unit_edit", args=[jobs])
        typed = {"name": "Jobcentret", "phone": "", "hours": "", "inbox": ""}
        assert sit(world, "police.admin").post(address, {**typed, "notice": "letter"}).status_code in (403, 404)
        refused = sit(world, "social.admin").post(address, {**typed, "notice": "pigeon"}).content.decode()
        assert "Vælg en af mulighederne." in refused
        assert sit(world, "social.admin").post(address, {**typed, "notice": "letter"}).status_code == 302
        # Mending the name alone leaves it as it was
        assert sit(world, "social.admin").post(address, typed).status_code == 302
        with acting(world.seats["social.member"].token):
            assert Unit.objects.get(pk=jobs).notice == "letter"


class TestOneNetwork:
    """Work, children, adults, health and the region around one citizen."""

    @pytest.mark.req("R-003-63")
    def test_units_of_every_area_share_one_network_each_by_its_own_yes(
        self, world: World, network: CareNetwork, ward: UUID, owner_connection: psycopg.Connection
    ) -> None:
        areas = {
            "Jobcentret": "Jens Jobsen",
            "Børn og Unge": "Bente Barn",
            "Socialpsykiatrien": "Sofus Støtte",
            "Sundhed og Omsorg": "Hanne Hjemmesyge",
        }
        keys = {name: office(world, owner_connection, name, who) for name, who in areas.items()}
        seats = [*areas, WARD]
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
        # Nobody sees it by working in the municipality or the region
        for seat in seats:
            with acting(world.seats[seat].token) as actor:
                assert find_network(actor, network.pk) is None
        with acting(world.seats["social.member"].token) as actor:
            for key in keys.values():
                opens(actor, network, world.authorities["social"], key, "coordinator", "events")
            opens(actor, network, world.authorities["psychiatry"], ward, "coordinator", "events")
        # Each tells, and each of the others hears it, in the one network of the one citizen
        for seat in seats:
            with acting(world.seats[seat].token) as actor:
                here = seen(actor, network)
                row = services.write_event(
                    actor, here, Happened(kind=EventKind.NO_SHOW, at=timezone.now(), text=f"Hos {seat}")
                )
                services.release_event(actor, row)
        for seat in (*seats, "social.member"):
            with acting(world.seats[seat].token) as actor:
                texts = {line.event.text for line in event_selectors.events(actor, seen(actor, network))}
                assert texts == {f"Hos {one}" for one in seats}
                found = services.look_for(actor, CPR)
                assert found is not None
                assert found.pk == network.pk


class TestNoShow:
    """Whoever referred the citizen hears that they did not come, on the yes that names it."""

    @pytest.mark.req("R-002-90")
    def test_the_referrer_hears_it_only_with_a_standing_yes(
        self, world: World, network: CareNetwork, ward: UUID, owner_connection: psycopg.Connection
    ) -> None:
        jobs = office(world, owner_connection, "Jobcentret", "Jens Jobsen")
        with acting(world.seats["social.member"].token) as actor:
            named(actor, network)
            opens(actor, network, world.authorities["social"], jobs, "coordinator")
            opens(actor, network, world.authorities["psychiatry"], ward, "events")

        def absent() -> None:
            with acting(world.seats[WARD].token) as actor:
                at = Happened(kind=EventKind.NO_SHOW, at=timezone.now())
                services.release_event(actor, services.write_event(actor, seen(actor, network), at))

        absent()
        desk = sit(world, "Jobcentret")
        assert "Udeblevet" not in desk.get(reverse("web:desk")).content.decode()
        with acting(world.seats["social.member"].token) as actor:
            opens(actor, network, world.authorities["social"], jobs, "events")
        absent()
        assert desk.get(reverse("web:desk")).content.decode().count("Udeblevet") == 1
