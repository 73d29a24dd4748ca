// The phone on a landing without network. What is kept here is the worker's own names for those who are sought, numbers
// and codes, sealed with a key that cannot be taken out of the browser; it goes twelve hours after the last contact.
// Visits that wait to be sent have a key of their own and stay some days longer; what is deleted unsent is said.
(() => {
  "use strict";
  const told = document.body.dataset;
  const words = document.querySelector("[data-words]").dataset;
  const HOUR = 3600000, MINUTE = 60000, PATIENCE = 1500, AT_ONCE = 200, VISITS = JSON.parse(told.visits);
  const one = (name) => document.querySelector(`[data-${name}]`);
  const show = (name, on) => { one(name).hidden = !on; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const clock = (time) => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const day = (time) => new Date(time).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short" });

  // Keeping

  let opened = null;
  const base = () => {
    opened = opened || new Promise((done, fail) => {
      const asked = indexedDB.open("noter", 1);
      asked.onupgradeneeded = () => {
        for (const name of ["keys", "list", "meta"]) asked.result.createObjectStore(name);
        asked.result.createObjectStore("queue", { keyPath: "sent" });
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    return opened;
  };
  const within = async (stores, mode, work) => {
    const place = await base();
    return new Promise((done, fail) => {
      const step = place.transaction(stores, mode);
      const asked = work(step);
      step.oncomplete = () => done(asked && asked.result);
      step.onerror = step.onabort = () => fail(step.error);
    });
  };
  const read = (store, key) => within([store], "readonly", (step) => step.objectStore(store).get(key));
  const write = (store, value, key) => within([store], "readwrite", (step) => step.objectStore(store).put(value, key));
  const drop = (store, key) => within([store], "readwrite", (step) => step.objectStore(store).delete(key));
  const queued = () => within(["queue"], "readonly", (step) => step.objectStore("queue").getAll());

  const keyOf = async (name, make) => {
    const there = await read("keys", name);
    if (there || !make) return there;
    const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await write("keys", fresh, name);
    return fresh;
  };
  const seal = async (name, value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(name, true), plain) };
  };
  const unseal = async (name, sealed) => {
    const key = sealed && (await keyOf(name, false));
    if (!key) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch { return null; }
  };

  let meta = {};      // this phone's key, whose it is, and when it was last in contact
  let book = null;    // the courses and the team's initials, opened
  let queue = [];     // the visits that wait, opened; null for one of somebody else
  let course = null;  // whose visit is being written
  let signedOut = false;
  let known = 0;      // when the server last said that whoever's list this is is signed in here
  // After the session's own idle time nobody can tell, nor when the page was opened without network: then it is asked.
  const isKnown = () => { const since = Date.now() - known; return since >= 0 && since < told.idle * 1000; };

  const keepMeta = (more) => { meta = { ...meta, ...more }; return write("meta", meta, "meta"); };
  const wipeList = async () => {
    book = null;
    await within(["list", "keys"], "readwrite", (step) => { step.objectStore("list").clear(); step.objectStore("keys").delete("list"); });
    await keepMeta({ synced: null, until: null });
  };
  // What goes unsent is counted, with its days, and stays said until somebody has seen it.
  const lose = async (rows) => {
    if (!rows.length) return;
    await within(["queue"], "readwrite", (step) => { for (const row of rows) step.objectStore("queue").delete(row.sent); });
    const before = meta.lost || { n: 0, days: [] };
    const days = [...new Set([...before.days, ...rows.map((row) => day(row.at))])];
    await keepMeta({ lost: { n: before.n + rows.length, days } });
  };
  // A visit is sealed and laid down in one piece: its key never goes between the two, in another window neither.
  const inTurn = (work) => navigator.locks.request("noter", work);
  const dropQueueKey = () => inTurn(async () => { if (!(await queued()).length) await drop("keys", "queue"); });
  const forget = async () => {
    await dropQueueKey();
    const there = navigator.serviceWorker && (await navigator.serviceWorker.getRegistration(told.page));
    if (there) await there.unregister();
    for (const name of await caches.keys()) if (name.startsWith("noter-")) await caches.delete(name);
    localStorage.removeItem("noter");
  };

  // Twelve hours, and the days of what waits. A clock that was set back counts as over.
  async function tidy() {
    const now = Date.now();
    if (meta.until && (now >= meta.until || now < meta.synced - 5 * MINUTE)) {
      await wipeList();
      say(words.over);
    }
    const rows = await queued();
    await lose(rows.filter((row) => now - row.at >= told.unsent * HOUR));
    if (rows.length) await dropQueueKey();
  }

  async function load() {
    meta = (await read("meta", "meta")) || {};
    await tidy();
    book = await unseal("list", await read("list", "list"));
    queue = [];
    for (const row of await queued()) {
      const visit = row.who === meta.who ? await unseal("queue", row) : null;
      queue.push({ row, visit });
    }
  }

  // Being in contact

  const ask = async (address, options) => {
    try {
      const answer = await fetch(address, {
        redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10000), headers: { Accept: "application/json" }, ...options,
      });
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  };

  let running = null;
  // What the page asks by its clock says so: the session goes on being idle, and locks itself.
  const sync = ({ makeReady = false, byItself = false } = {}) => {
    running = running || exchange(makeReady, byItself ? { "X-By-Itself": "1" } : {}).catch(() => say(words.broken)).finally(() => { running = null; });
    return running;
  };
  const emptied = async () => {
    await wipeList();
    await lose(await queued());
    await keepMeta({ phone: null, who: null });
    await forget();
    await load();
    say(words.gone);
    return "gone";
  };
  async function exchange(makeReady, how) {
    await load();
    const lookAgain = () => ask(`${told.sync}?telefon=${meta.phone || ""}`, { headers: { Accept: "application/json", ...how } });
    const look = await lookAgain();
    if (!look) return "offline";
    if (look.gone) return emptied();
    signedOut = !look.who;
    if (signedOut) { known = 0; return "out"; }
    if (meta.who && meta.who !== look.who) {
      await wipeList();
      await keepMeta({ phone: null, who: look.who });
      await load();
      say(words.other);
    }
    if (!look.works) {
      if (book) { await wipeList(); say(words.rights); }
      return "rights";
    }
    if (!meta.phone && !makeReady) return "start";
    await keepMeta({ who: look.who });
    known = Date.now();
    await load();
    const own = queue.filter((waits) => waits.visit && !waits.row.asks).slice(0, AT_ONCE);
    const given = await ask(told.sync, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": look["X-CSRFToken"], ...how },
      body: JSON.stringify({ phone: meta.phone || null, visits: own.map((waits) => ({ ...waits.visit, why: undefined, sent: waits.row.sent })) }),
    });
    if (!given) return "offline";
    if (given.gone) {
      const again = await lookAgain();
      if (again && again.gone) return emptied();
      // It stands in the unit that the worker has left: the list goes, and what waits is kept.
      await wipeList();
      await keepMeta({ phone: null });
      await load();
      say(words.moved);
      return "start";
    }
    const now = Date.now();
    await keepMeta({ phone: given.phone, who: given.who, synced: now, until: now + told.hours * HOUR });
    await write("list", await seal("list", { courses: given.courses, team: given.team }), "list");
    for (const [at, waits] of own.entries()) {
      if (!given.answers[at]) await drop("queue", waits.row.sent);
      else await write("queue", { ...waits.row, ...(await seal("queue", { ...waits.visit, why: given.answers[at] })) });
    }
    localStorage.setItem("noter", "1");
    await load();
    await dropQueueKey();
    return "sent";
  }
  const keepPage = async () => {
    await navigator.serviceWorker.register(told.worker, { scope: told.page });
    await navigator.serviceWorker.ready;
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  };

  // Drawing

  let view = "", drawn = "";
  const say = (text) => { one("said").textContent = text; show("said", Boolean(text)); };
  const element = (kind, text, name) => {
    const made = document.createElement(kind);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  function turn(name) {
    if (view === name) return;
    const first = !view;
    view = name;
    for (const part of document.querySelectorAll("[data-view]")) part.hidden = part.dataset.view !== name;
    window.scrollTo(0, 0);
    if (!first) document.querySelector(`[data-view="${name}"] h2`).focus({ preventScroll: true });
  }
  function draw() {
    if (!book) { course = null; turn("start"); } else if (view !== "log") turn("list");
    show("cover", Boolean(book));
    const own = queue.filter((waits) => waits.visit), others = queue.length - own.length;
    const writing = view === "log";
    show("waiting", own.length > 0 && !writing);
    const asked = own.filter((waits) => waits.row.asks).length;
    const asksNow = asked > 0 && isKnown() && !writing, asksNew = asksNow && one("mine-asks").hidden;
    show("mine-asks", asksNow);
    if (asksNew) window.scrollTo(0, 0);
    one("mine-words").textContent = fill(words.mine, { n: asked });
    show("tools", view === "list");
    show("signin", signedOut && Boolean(book || own.length));
    show("lost", Boolean(meta.lost) && !writing);
    if (meta.lost) one("lost-words").textContent = fill(words.lost, { n: meta.lost.n, days: meta.lost.days.join(", ") });
    show("foreign", others > 0 && !writing);
    one("foreign").textContent = fill(words.foreign, { n: others });
    const late = book && Date.now() - meta.synced >= told.warns * HOUR;
    show("warn", Boolean(late));
    if (late) one("warn").textContent = fill(words.late, { until: clock(meta.until) });
    if (book) one("state").textContent = fill(words.online, { time: clock(meta.synced), until: clock(meta.until) });
    // Drawn again only when it has changed: a thumb or a caret on it stays where it is.
    const looks = JSON.stringify([own, book && book.courses]);
    if (looks === drawn) return;
    drawn = looks;
    one("queue").replaceChildren(...own.map(waitingLine));
    if (!book) { one("courses").replaceChildren(); return; }
    show("none", !book.courses.length);
    one("courses").replaceChildren(...book.courses.map((found) => {
      const button = element("button", found.name);
      button.type = "button";
      button.append(element("span", found.number));
      button.addEventListener("click", () => begin(found));
      const line = element("li");
      line.append(button);
      return line;
    }));
  }
  function waitingLine({ row, visit }) {
    const known = book && book.courses.find((found) => found.id === visit.course);
    const line = element("li", "", "pocket-waits");
    const text = element("span", `${known ? known.name : visit.number}, ${day(row.at)} ${clock(row.at)}`);
    if (visit.why) text.append(element("br"), `${words.refused} ${visit.why}`);
    const undo = element("button", words.undo);
    undo.type = "button";
    undo.addEventListener("click", async () => {
      await drop("queue", row.sent);
      await load();
      say(words.undone);
      draw();
    });
    line.append(text, undo);
    return line;
  }

  // Writing a visit down

  const form = document.querySelector("form.log-page");
  function tile(id, value, text) {
    const made = element("div", "", "log-tile"), radio = element("input"), label = element("label", text);
    Object.assign(radio, { type: "radio", name: "partner", value, id });
    label.htmlFor = id;
    made.append(radio, label);
    return made;
  }
  function begin(found) {
    course = found;
    form.reset();
    say("");
    show("error", false);
    one("name").textContent = found.name;
    show("two", found.two);
    show("team", found.two);
    for (const old of one("team").querySelectorAll(".log-tile")) old.remove();
    if (found.two) {
      one("team").append(tile("alone", "alone", words.alone), ...book.team.map((person, at) => tile(`with${at}`, person.id, person.name)));
    }
    turn("log");
    draw();
  }
  function back() {
    course = null;
    view = "log-over";
    draw();
  }
  const fault = (text, field) => {
    one("error").textContent = text;
    show("error", true);
    form.querySelector(`input[name="${field}"]`).focus();
    one("error").scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!course) return;
    const said = new FormData(form);
    const method = Number(said.get("method")), partner = said.get("partner");
    if (!method) { fault(words.how, "method"); return; }
    if (course.two && VISITS.includes(method) && !partner) { fault(words.who, "partner"); return; }
    const written = course;
    course = null;
    const now = Date.now(), sent = crypto.randomUUID();
    const visit = {
      course: written.id, number: written.number, on: new Date(now).toISOString(), method,
      rung: Number(said.get("rung")) || null,
      partner: partner && partner !== "alone" ? partner : null, alone: partner === "alone",
    };
    try {
      await inTurn(async () => write("queue", { sent, who: meta.who, at: now, asks: !isKnown(), ...(await seal("queue", visit)) }));
    } catch {
      course = written;
      fault(words.broken, "method");
      return;
    }
    await load();
    say(words.saved);
    back();
    if ((await sync()) === "sent") {
      const waits = queue.find((found) => found.row.sent === sent);
      if (!waits) say(words.delivered);
      else if (waits.visit && waits.visit.why) say(words.kept);
    }
    draw();
  });
  one("back").addEventListener("click", back);

  // Whose they are, where nobody could tell when they were written: asked once, of whoever is signed in now

  const asking = () => queue.filter((waits) => waits.visit && waits.row.asks);
  one("mine-yes").addEventListener("click", async () => {
    say("");
    for (const { row } of asking()) await write("queue", { ...row, asks: false });
    const came = await sync();
    if (came === "offline") say(words.offline);
    else if (came === "sent" && !queue.length) say(words.delivered);
    draw();
  });
  one("mine-no").addEventListener("click", async () => {
    for (const { row } of asking()) await drop("queue", row.sent);
    await load();
    await dropQueueKey();
    say(words.dropped);
    draw();
  });

  // Leaving

  async function leave() {
    const look = await ask(`${told.sync}?telefon=${meta.phone || ""}`);
    await wipeList();
    await within(["queue"], "readwrite", (step) => {
      for (const waits of queue) if (waits.visit) step.objectStore("queue").delete(waits.row.sent);
    });
    await keepMeta({ phone: null, who: null });
    await forget();
    let out = look && !look.who;
    if (look && look.who) {
      try {
        await fetch(told.logout, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": look["X-CSRFToken"] } });
        out = true;
      } catch { out = false; }
    }
    signedOut = false;
    known = 0;
    await load();
    show("leave-asks", false);
    say(out ? words.left : words.emptied);
    draw();
  }
  one("leave").addEventListener("click", async () => {
    await sync();
    draw();
    const waits = queue.filter((found) => found.visit).length;
    if (!waits) { await leave(); return; }
    one("leave-words").textContent = fill(words.asks, { n: waits });
    show("leave-asks", true);
    one("leave-not").focus();
  });
  one("leave-sure").addEventListener("click", leave);
  one("leave-not").addEventListener("click", () => show("leave-asks", false));
  one("lost-seen").addEventListener("click", async () => { await keepMeta({ lost: null }); draw(); });

  one("sync-now").addEventListener("click", async () => {
    say("");
    if ((await sync()) === "offline") say(words.offline);
    draw();
  });
  one("ready").addEventListener("click", async () => {
    say("");
    try {
      const came = await sync({ makeReady: true });
      if (came === "sent") await keepPage();
      else if (came === "offline") say(words.offline);
      else if (came === "out") location.assign(`${told.page}?ind`);
    } catch { say(words.broken); }
    draw();
  });

  // A screen that says nothing, in one tap, and whenever the page is left; back by the word at its foot alone.

  const cover = document.getElementById("cover"), page = document.querySelector("main");
  const tick = () => {
    const now = Date.now();
    one("clock").textContent = clock(now);
    one("day").textContent = new Date(now).toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long" });
  };
  const conceal = (on) => {
    tick();
    cover.hidden = !on;
    page.hidden = on;
    (on ? one("uncover") : one("cover")).focus({ preventScroll: true });
  };
  one("cover").addEventListener("click", () => conceal(true));
  one("uncover").addEventListener("click", () => conceal(false));
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState === "hidden") { if (book) conceal(true); return; }
    await load();
    draw();
    await sync();
    draw();
  });

  // Beginning: whoever is signed in is asked about first, but nobody waits long for it at a door.

  setInterval(async () => {
    tick();
    await load();
    // What was refused, waits for an answer or is somebody else's is not asked about over and over.
    const waits = queue.some(({ row, visit }) => visit && !visit.why && !(row.asks && isKnown()));
    if (waits && meta.phone && navigator.onLine && document.visibilityState === "visible") await sync({ byItself: true });
    draw();
  }, MINUTE / 2);
  addEventListener("online", async () => { await sync({ byItself: true }); draw(); });
  (async () => {
    if (location.search) history.replaceState(null, "", told.page);
    try {
      await load();
      const asked = sync();
      await Promise.race([asked, new Promise((done) => setTimeout(done, PATIENCE))]);
      draw();
      if (meta.phone && navigator.serviceWorker) navigator.serviceWorker.register(told.worker, { scope: told.page }).catch(() => {});
      await asked;
      draw();
    } catch { say(words.broken); turn("start"); }
  })();
})();
