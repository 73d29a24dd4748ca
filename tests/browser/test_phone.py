"""The phone without network in a real browser: the server is stopped, a visit is written, and it is one row afterwards.

What lies on the phone is read as it stands in the browser's own stores, as somebody who found the phone would.
"""

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from socket import SHUT_RDWR, socket
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.urls import reverse
from django.utils import timezone

from samsvar.outreach import services
from samsvar.outreach.models import Attempt, Course, Phone
from samsvar.postgres.actor import acting
from tests.browser.conftest import Quiet
from tests.browser.hands import Hands
from tests.browser.test_outreach import NARROW, SECONDS, TAP, TAPS, THOUGHT
from tests.outreach.ground import BIRD, begun
from tests.world import World

pytestmark = pytest.mark.browser

SKP = "social.frontline"
PAGE = reverse("outreach:pocket")
# One of the browser's own requests, as a promise.
ASKED = "const told = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });"
EXPORTED = f"""async () => {{
  {ASKED}
  const base = await told(indexedDB.open("noter"));
  const key = await told(base.transaction("keys").objectStore("keys").get("list"));
  base.close();
  await crypto.subtle.exportKey("raw", key);
}}"""
# Everything in the page's stores, as text: databases, caches, and the little shelves beside them.
RAW = (
    "async () => {"
    + ASKED
    + """
  const found = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)], keys = [];
  const text = (bytes) => Array.from(new Uint8Array(bytes), (sign) => String.fromCharCode(sign)).join("");
  const write = (value) => {
    if (value instanceof CryptoKey) { keys.push([value.extractable, value.algorithm.name]); return; }
    if (value instanceof ArrayBuffer) { found.push(text(value)); return; }
    if (ArrayBuffer.isView(value)) { found.push(text(value.buffer)); return; }
    if (value && typeof value === "object") { for (const one of Object.values(value)) write(one); return; }
    found.push(String(value));
  };
  const rows = {};
  for (const { name } of await indexedDB.databases()) {
    const base = await told(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const all = await told(base.transaction(store).objectStore(store).getAll());
      rows[store] = all.length;
      write(all);
    }
    base.close();
  }
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      kept.push(new URL(asked.url).pathname);
      found.push(text(await (await cache.match(asked)).arrayBuffer()));
    }
  }
  return { text: found.join("\\n"), keys, rows, kept };
}"""
)


class Server(ThreadedWSGIServer):
    """The product, whose open connections end with it."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Quiet)
        self.set_app(StaticFilesHandler(WSGIHandler()))
        self.lines: list[socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the line, so that it can be cut."""
        self.lines.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that is cut is no fault."""


class Power:
    """Switches the product on and off at one address."""

    def __init__(self) -> None:
        self.server: Server | None = None
        self.port = 0
        self.on()

    def on(self) -> None:
        """Start it, at the address it had."""
        self.server = Server(self.port)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def off(self) -> None:
        """Stop it for good: nobody answers at the address."""
        if self.server is None:
            return
        self.server.shutdown()
        self.server.server_close()
        for line in self.server.lines:
            try:
                line.shutdown(SHUT_RDWR)
            except OSError:
                continue
        self.server = None
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2)


@pytest.fixture
def power(world: World, settings: pytest.FixtureRequest) -> Iterator[Power]:
    """The product, to be switched off."""
    power = Power()
    yield power
    power.off()


@pytest.fixture
def address(power: Power) -> str:
    """Where it is."""
    return f"http://127.0.0.1:{power.port}"


@pytest.fixture
def course(world: World, team: UUID) -> Course:
    """Somebody who has lifted the anonymity, and one whom nobody visits alone."""
    with acting(world.seats[SKP].token) as actor:
        found = begun(actor, door="Prøvevænget 7")
        services.lift_anonymity(actor, found, "Sejr Prøvesen", "Sagde det i døren")
        begun(actor, "Hende med cyklen", not_alone="Slog ud")
    return found


def on_screen(skp: Hands) -> str:
    """What an eye can read."""
    return skp.page.locator("body").inner_text()


def log(world: World) -> list[Attempt]:
    """The unit's log."""
    with acting(world.seats[SKP].token):
        return list(Attempt.objects.order_by("on"))


def made_ready(sits: Callable[..., Hands], language: str = "da") -> Hands:
    """A phone with the list on it, made ready while there is network."""
    skp = sits(SKP, width=NARROW, height=640, language=language)
    skp.goes(PAGE)
    skp.clicks({"da": "Gør telefonen klar", "en": "Make the phone ready"}[language])
    skp.page.get_by_role("button", name=BIRD).wait_for()
    skp.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return skp


def opened_without_network(skp: Hands) -> None:
    """One tap on the icon."""
    skp.actions += 1
    skp.page.reload()
    skp.page.get_by_role("button", name=BIRD).wait_for()


def logs(skp: Hands, name: str = BIRD, *more: str) -> None:
    """Whom, how, how far, save: what a thumb does."""
    skp.clicks(name)
    for words in ("Banke på", "Taler gennem sprækken", *more):
        skp.actions += 1
        skp.page.locator(".log-tile", has_text=words).first.click()
    save = skp.page.get_by_role("button", name="Gem besøget")
    box = save.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 640
    skp.clicks("Gem besøget")
    skp.page.get_by_text("Skrevet.").wait_for()


def test_a_visit_is_written_with_the_server_stopped_in_five_taps_and_is_one_row_after_two_syncs(
    sits: Callable[..., Hands], world: World, course: Course, power: Power
) -> None:
    skp = made_ready(sits)
    assert skp.page.title() == "Noter"
    skp.picture("phone-list-da", full=False)
    power.off()
    skp.actions = 0
    opened_without_network(skp)
    before = timezone.now()
    logs(skp)
    assert skp.actions <= TAPS
    assert skp.actions * TAP + skp.actions * THOUGHT <= SECONDS
    assert skp.sees("Venter på at blive sendt")
    assert skp.page.title() == "Noter"
    assert skp.sideways() <= 0
    skp.picture("phone-waiting-da")

    # Whoever reads the phone's stores finds no name, no pseudonym and no key.
    lies = skp.page.evaluate(RAW)
    assert lies["rows"] == {"keys": 2, "list": 1, "meta": 1, "queue": 1}
    assert lies["keys"] == [[False, "AES-GCM"]] * 2
    assert sorted(path.rpartition("/")[2] for path in lies["kept"]) == ["", "outreach.css", "pocket.css", "pocket.js"]
    secrets = (BIRD, "Hende med cyklen", "Sejr", "Prøvesen", "Prøvevænget", course.number, str(course.pk))
    for secret in secrets:
        assert secret not in lies["text"]
        assert secret.encode().decode("latin-1") not in lies["text"]
    with pytest.raises(Exception, match="key is not extractable"):
        skp.page.evaluate(EXPORTED)

    # The answer to the first sending is lost on the way, so that the phone sends the same once more.
    assert log(world) == []
    power.on()
    # It was opened where nobody could tell who was logged in, so that it is asked once before anything is sent.
    skp.clicks("Hent og send nu")
    skp.page.get_by_text("Har du skrevet dem?").wait_for()
    assert log(world) == []
    posts: list[int] = []

    def lose_the_answer(route: Any) -> None:
        if route.request.method == "POST" and not posts:
            posts.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    skp.page.route("**/telefon/synk/*", lose_the_answer)
    skp.page.route("**/telefon/synk/", lose_the_answer)
    skp.clicks("Ja, send dem")
    skp.page.get_by_text("Ingen net. Prøv igen.").wait_for()
    assert posts == [200]
    assert len(log(world)) == 1
    assert skp.sees("Venter på at blive sendt")
    skp.clicks("Hent og send nu")
    skp.page.get_by_text("Venter på at blive sendt").wait_for(state="hidden")
    skp.clicks("Hent og send nu")
    [row] = log(world)
    assert (row.course_id, row.method, row.rung) == (course.pk, 1, 3)
    assert abs(row.on - before) < timedelta(minutes=1)

    # What cannot be taken any more stays, with the reason in words, until somebody deletes it.
    with acting(world.seats[SKP].token) as actor:
        services.end_course(actor, Course.objects.get(pseudonym="Hende med cyklen"), services.Ended(2))
    logs(skp, "Hende med cyklen", "Jeg gik alene")
    skp.page.get_by_text("Ikke taget ind: Forløbet er slut.").wait_for()
    skp.picture("phone-refused-da")
    skp.clicks("Slet")
    skp.page.get_by_text("Taget ud igen.").wait_for()
    assert len(log(world)) == 1


def test_one_tap_shows_a_clock_and_nothing_else(
    sits: Callable[..., Hands], world: World, course: Course, power: Power
) -> None:
    skp = made_ready(sits)
    skp.clicks(BIRD)
    skp.page.locator(".log-tile", has_text="Banke på").click()
    skp.picture("phone-log-da", full=False)
    skp.actions = 0
    skp.clicks("Skjul")
    assert skp.actions == 1
    now = timezone.localtime()
    assert on_screen(skp).strip().endswith("Tilbage")
    assert BIRD not in on_screen(skp)
    assert str(now.day) in skp.page.locator("[data-day]").inner_text()
    skp.picture("phone-cover-da", full=False)
    assert skp.axe() == []
    # A thumb anywhere else does not bring it back; what was chosen is still chosen.
    skp.page.mouse.click(160, 200)
    assert BIRD not in on_screen(skp)
    skp.clicks("Tilbage")
    assert BIRD in on_screen(skp)
    assert skp.page.locator('input[name="method"]:checked').count() == 1
    # It covers itself when the page is left.
    skp.page.evaluate("""() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert BIRD not in on_screen(skp)
    assert skp.complaints == []


def test_after_twelve_hours_list_and_key_are_gone_and_what_waits_is_said(
    sits: Callable[..., Hands], world: World, course: Course, power: Power
) -> None:
    skp = made_ready(sits)
    power.off()
    logs(skp)
    start = datetime.now()
    skp.page.clock.set_fixed_time(start + timedelta(hours=8, minutes=5))
    skp.page.reload()
    skp.page.get_by_text("hvis telefonen ikke kommer på nettet inden").wait_for()
    skp.picture("phone-late-da", full=False)
    skp.page.clock.set_fixed_time(start + timedelta(hours=12, minutes=1))
    skp.page.reload()
    skp.page.get_by_text("Listen er slettet").wait_for()
    assert BIRD not in on_screen(skp)
    # The visit waits under its number, sealed with the other key.
    skp.page.get_by_text(course.number).first.wait_for()
    lies = skp.page.evaluate(RAW)
    assert lies["rows"] == {"keys": 1, "list": 0, "meta": 1, "queue": 1}
    assert course.number not in lies["text"]
    skp.picture("phone-over-da")
    skp.page.clock.set_fixed_time(start + timedelta(hours=73))
    skp.page.reload()
    skp.page.get_by_text("nu er slettet her: 1").wait_for()
    assert skp.page.evaluate(RAW)["rows"] == {"keys": 0, "list": 0, "meta": 1, "queue": 0}
    skp.clicks("Set")
    skp.page.get_by_text("nu er slettet her").wait_for(state="hidden")
    power.on()
    skp.page.clock.set_fixed_time(start)
    skp.page.reload()
    skp.page.get_by_role("button", name=BIRD).wait_for()
    assert log(world) == []


def test_a_removed_phone_is_emptied_at_its_next_contact_and_says_what_was_lost(
    sits: Callable[..., Hands], world: World, course: Course
) -> None:
    skp = made_ready(sits)
    # It stays without network until it is removed: by itself it would send what waits.
    skp.page.context.set_offline(True)
    logs(skp)
    desk = sits("social.screener", width=NARROW)
    desk.goes(reverse("outreach:phones"))
    desk.page.locator("summary", has_text="Fjern telefonen").click()
    desk.picture("phone-desk-da")
    assert desk.sideways() <= 0
    assert desk.axe() == []
    desk.clicks("Fjern og slet")
    assert desk.sees("Telefonen er fjernet.")
    # The login has lapsed meanwhile, as it has on a phone that was taken.
    skp.page.context.clear_cookies()
    skp.page.context.set_offline(False)
    skp.page.get_by_text("Telefonen er fjernet fra skrivebordet").wait_for()
    skp.page.get_by_text("nu er slettet her: 1").wait_for()
    lies = skp.page.evaluate(RAW)
    assert (lies["rows"], lies["kept"]) == ({"keys": 0, "list": 0, "meta": 1, "queue": 0}, [])
    assert BIRD not in on_screen(skp)
    assert log(world) == []
    skp.picture("phone-gone-da")


def test_what_was_written_while_logged_out_is_asked_about_and_a_phone_of_the_old_unit_keeps_what_waits(
    sits: Callable[..., Hands],
    world: World,
    course: Course,
    elsewhere: UUID,
    owner_connection: psycopg.Connection,
) -> None:
    skp = made_ready(sits)
    login = skp.page.context.cookies()
    skp.page.context.clear_cookies()
    skp.clicks("Hent og send nu")
    skp.page.get_by_text("Du er logget ud, eller siden er låst.").wait_for()
    logs(skp)
    skp.page.context.add_cookies(login)
    skp.clicks("Hent og send nu")
    skp.page.get_by_text("Har du skrevet dem?").wait_for()
    skp.picture("phone-whose-da")
    assert skp.axe() == []
    assert skp.sideways() <= 0
    skp.clicks("Nej, slet dem her")
    skp.page.get_by_text("De er slettet her.").wait_for()
    assert skp.page.evaluate(RAW)["rows"] == {"keys": 1, "list": 1, "meta": 1, "queue": 0}
    assert log(world) == []

    skp.page.context.set_offline(True)
    logs(skp)
    owner_connection.execute("update outreach_phone set unit_id = %s", [elsewhere])
    owner_connection.commit()
    skp.page.context.set_offline(False)
    skp.page.get_by_text("Telefonen hører ikke til din enhed mere.").wait_for()
    assert BIRD not in on_screen(skp)
    assert skp.page.evaluate(RAW)["rows"] == {"keys": 1, "list": 0, "meta": 1, "queue": 1}
    skp.picture("phone-moved-da")
    assert log(world) == []
    skp.clicks("Gør telefonen klar")
    skp.page.get_by_role("button", name=BIRD).wait_for()
    assert len(log(world)) == 1


def test_what_was_refused_is_not_asked_about_over_and_over(
    sits: Callable[..., Hands], world: World, course: Course, power: Power
) -> None:
    skp = made_ready(sits)
    skp.page.clock.install()
    skp.page.reload()
    skp.page.get_by_role("button", name=BIRD).wait_for()
    skp.page.wait_for_load_state("networkidle")
    # What waits is sent by the page's own clock, and the page says that nobody pressed anything.
    skp.page.route("**/telefon/synk/", lambda route: route.abort())
    by_clock: list[str] = []
    skp.page.on("request", lambda request: "x-by-itself" in request.headers and by_clock.append(request.url))
    logs(skp)
    for _ in range(10):
        # A turn of the clock while the thumb's own sending still runs asks for nothing of its own.
        skp.page.clock.run_for(31_000)
        skp.page.wait_for_timeout(200)
        if by_clock:
            break
    assert "/telefon/synk/" in by_clock[0]
    skp.page.unroute("**/telefon/synk/")
    with acting(world.seats[SKP].token) as actor:
        services.end_course(actor, Course.objects.get(pk=course.pk), services.Ended(2))
    skp.clicks("Hent og send nu")
    skp.page.get_by_text("Ikke taget ind: Forløbet er slut.").wait_for()
    asked: list[str] = []
    skp.page.on("request", lambda request: asked.append(request.url))
    skp.page.clock.run_for(100_000)
    skp.page.wait_for_load_state("networkidle")
    assert asked == []


def test_logging_out_anywhere_takes_the_list_and_another_who_logs_in_sees_nothing(
    sits: Callable[..., Hands], world: World, course: Course, power: Power
) -> None:
    skp = made_ready(sits)
    power.off()
    logs(skp, "Hende med cyklen", "Jeg gik alene")
    power.on()
    # What cannot be sent for want of a login is kept while the desk's own page is used to log out.
    skp.page.route("**/telefon/synk/*", lambda route: route.abort())
    skp.goes(reverse("outreach:home"))
    with skp.page.expect_navigation():
        skp.page.locator('form[action$="/log-ud/"]').first.evaluate("form => form.requestSubmit()")
    skp.goes(PAGE)
    skp.page.get_by_text("Skriv besøg uden net").wait_for()
    assert BIRD not in on_screen(skp)
    assert skp.page.evaluate(RAW)["rows"] == {"keys": 1, "list": 0, "meta": 1, "queue": 1}
    skp.page.unroute("**/telefon/synk/*")
    # A colleague on the same phone: neither list nor visit, but a word that something waits for somebody else.
    skp.goes(reverse("accounts:demo_chairs"))
    button = skp.page.locator(f'button[name="post"][value="{world.seats["social.screener"].post}"]')
    button.evaluate("button => button.form.requestSubmit(button)")
    skp.page.wait_for_url(lambda url: "demo" not in url)
    skp.goes(PAGE)
    skp.page.get_by_text("En anden er logget ind").wait_for()
    assert skp.sees("som en anden har skrevet på telefonen: 1")
    assert log(world) == []
    with acting(world.seats[SKP].token):
        assert Phone.objects.count() == 1


def test_it_speaks_english_and_looks_well(
    sits: Callable[..., Hands], world: World, course: Course, power: Power
) -> None:
    skp = sits(SKP, width=NARROW, height=640, language="en")
    skp.goes(PAGE)
    skp.page.get_by_role("button", name="Make the phone ready").wait_for()
    skp.picture("phone-start-en")
    assert skp.axe() == []
    skp = made_ready(sits, "en")
    skp.clicks("Hende med cyklen")
    skp.clicks("Save the visit")
    assert skp.page.locator("[data-error]").is_visible()
    skp.picture("phone-log-en")
    assert skp.axe() == []
    assert skp.sideways() <= 0
    assert skp.complaints == []
