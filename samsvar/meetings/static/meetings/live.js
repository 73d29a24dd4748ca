// The live table: one page for the whole meeting. It asks for the meeting's version all the time and draws the parts
// again when it has changed; what is typed is kept on the server while it is typed, and what is sent is sent until it is
// answered. Nothing is kept in the browser but in the page itself.
(() => {
  "use strict";
  const root = document.querySelector("[data-live]");
  if (!root) return;
  const address = root.dataset;
  const holder = root.querySelector("[data-root]");
  const said = root.querySelector("[data-said]");
  const BEAT = 1300, DRAFT = 900, AGAIN = 1500;
  const wait = (time) => new Promise((done) => setTimeout(done, time));

  const page = new URLSearchParams(location.search);
  let shown = null;       // the case on this page, "" for the frame
  let version = "";
  let token = "";
  let offset = 0;         // the server's clock against this one, in seconds
  let follows = !page.has("sag");
  const drawn = new Map();  // what the server last drew of each part
  const projector = () => page.get("projektor") === "1";
  const parts = () => holder.querySelector("[data-now-parts]");
  const leads = () => parts().dataset.leads === "1";
  const running = () => parts().dataset.running === "1";

  const show = (name, on) => { root.querySelector(`[data-${name}]`).hidden = !on; };
  let state = "online";
  const now = (is) => { state = is; show("lost", is === "offline"); show("locked", is === "locked"); };
  const online = () => now("online");
  const offline = () => now("offline");
  const locked = () => now("locked");
  const isForm = (element) => element instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  // Drawing

  const half = (part) => part.hasAttribute("data-half") || part.dataset.dirty === "1";
  const inUse = (part) => half(part) || (part.contains(document.activeElement) && isForm(document.activeElement));
  const remember = () => {
    const now = parts().dataset;
    [version, token, shown] = [now.version, now.csrf, now.shown];
    offset = Number(now.now) - Date.now() / 1000;
    root.classList.toggle("live-projector", projector());
    const follow = holder.querySelector("[data-follow]");
    if (follow) follow.setAttribute("aria-pressed", String(follows));
    const lead = holder.querySelector("[data-lead]");
    if (lead) lead.hidden = page.get("foerer") === "1";
    tick();
  };

  function draw(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-now-parts]");
    if (!fresh) return false;
    const old = parts();
    const middle = old.querySelector("[data-middle]"), next = fresh.querySelector("[data-middle]");
    const moved = middle.dataset.middle !== next.dataset.middle;
    for (const name of Object.keys(fresh.dataset)) old.dataset[name] = fresh.dataset[name];
    if (moved) {
      drawn.clear();
      middle.replaceWith(next);
    }
    const place = moved ? next : middle;
    const wanted = moved ? [] : [...next.querySelectorAll("[data-part]")];
    const outside = [...fresh.querySelectorAll("[data-part]")].filter((part) => !next.contains(part) && !place.contains(part));
    // A part that somebody is writing in stays; the next drawing comes when it has been sent.
    for (const part of [...outside, ...wanted]) {
      const name = part.dataset.part, text = part.outerHTML;
      const there = old.querySelector(`[data-part="${name}"]`);
      if (drawn.get(name) === text) continue;
      if (!there) place.append(part);
      else if (inUse(there)) continue;
      else {
        const open = [...there.querySelectorAll("details")].map((one) => one.open);
        const focused = there.contains(document.activeElement) ? document.activeElement.dataset.open : undefined;
        there.replaceWith(part);
        [...part.querySelectorAll("details")].forEach((one, at) => { if (open[at]) one.open = true; });
        if (focused !== undefined) part.querySelector(`[data-open="${focused}"]`)?.focus();
      }
      drawn.set(name, text);
    }
    if (!moved) {
      const names = new Set(wanted.map((part) => part.dataset.part));
      for (const part of place.querySelectorAll("[data-part]")) {
        if (!names.has(part.dataset.part) && !inUse(part)) { drawn.delete(part.dataset.part); part.remove(); }
      }
    }
    remember();
    if (moved) {
      window.scrollTo(0, 0);
      const words = place.querySelector("h2");
      if (words && !isForm(document.activeElement)) { words.tabIndex = -1; words.focus({ preventScroll: true }); }
    }
    return true;
  }

  const writing = () => [...holder.querySelectorAll("[data-middle] [data-part]")].some((part) => part.dataset.dirty === "1");

  function asked(wanted) {
    const query = new URLSearchParams(page);
    query.delete("sag");
    if (wanted !== undefined) query.set("sag", wanted);
    return query;
  }

  let drawing = Promise.resolve();
  let goal;               // the item that was asked for and is not drawn yet: a slow network loses no step
  function refresh(wanted) {
    if (wanted !== undefined) goal = wanted;
    // One after the other: an older answer never lies over a newer one.
    drawing = drawing.then(fetchParts).catch(() => offline());
    return drawing;
  }
  async function fetchParts() {
    const wanted = goal;
    const sees = wanted !== undefined ? wanted : follows && !leads() && !writing() ? undefined : shown;
    const answer = await fetch(`${address.parts}?${asked(sees)}`, {
      headers: { "HX-Request": "true" }, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(15000),
    });
    if (answer.status === 404) goal = undefined;
    if (!answer.ok || answer.headers.has("HX-Redirect")) { locked(); return; }
    online();
    if (!draw(await answer.text())) { locked(); return; }
    if (goal === wanted) goal = undefined;
  }

  async function beat() {
    for (;;) {
      await wait(BEAT * (0.85 + Math.random() * 0.3));
      try {
        const answer = await fetch(`${address.since}?v=${version}`, {
          redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(8000),
        });
        if (answer.status === 204) { if (goal !== undefined) await refresh(); else if (!waiting.length) online(); }
        else if (answer.status === 200) await refresh();
        else if (answer.status === 404) locked();
        else offline();
      } catch { offline(); }
    }
  }

  // Sending: in order, until answered

  const waiting = [];
  let sending = false;
  async function send(job) {
    waiting.push(job);
    if (sending) return;
    sending = true;
    while (waiting.length) {
      const next = waiting[0];
      // Whoever is not let in is asked for by looking, not by sending the same again and again.
      if (state === "locked") { await refresh(shown); if (state === "locked") { await wait(AGAIN); continue; } }
      const outcome = await post(next);
      if (outcome === "again") { await wait(AGAIN); continue; }
      waiting.shift();
    }
    sending = false;
  }

  async function post(job) {
    let answer;
    try {
      await drafting;
      answer = await fetch(job.url, {
        method: "POST", body: new URLSearchParams(job.data), redirect: "manual",
        headers: { "X-CSRFToken": token, Accept: "application/json", "HX-Request": "true" }, signal: AbortSignal.timeout(15000),
      });
    } catch { offline(); return "again"; }
    const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.status >= 500) {
      job.tries = (job.tries || 0) + 1;
      if (job.tries < 8) { offline(); return "again"; }
    } else if (!json && answer.status !== 404) {
      // Logged out, locked, or a token that has become old: nothing is given up.
      locked();
      await refresh(shown);
      return "again";
    }
    online();
    const told = json ? await answer.json() : { errors: { "": [document.title] } };
    if (answer.ok) await succeeded(job, told);
    else failed(job, told);
    return "done";
  }

  async function succeeded(job, told) {
    said.textContent = told.said || "";
    if (told.go) { location.assign(told.go); return; }
    const part = job.form && job.form.isConnected && job.form.closest("[data-part]");
    if (part) {
      delete part.dataset.dirty;
      part.removeAttribute("data-half");
      drawn.delete(part.dataset.part);
      if (part.contains(document.activeElement)) document.activeElement.blur();
      forget(job.form);
    }
    if (job.open) { turned = told.open; offerBack(told.back); }
    await refresh(job.open ? told.open : job.shows);
  }

  function failed(job, told) {
    const form = job.form && job.form.isConnected ? job.form : holder.querySelector(`form[action="${job.url}"]`);
    if (!form) { said.textContent = Object.values(told.errors || {}).flat().join(" "); return; }
    const box = form.querySelector("[data-errors]");
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    const lines = [];
    let first = null;
    for (const [name, texts] of Object.entries(told.errors || {})) {
      const field = name && form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field) { field.setAttribute("aria-invalid", "true"); first = first || field; }
      lines.push(...texts);
    }
    if (box) box.replaceChildren(...lines.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    else said.textContent = lines.join(" ");
    for (const [name, value] of Object.entries(told.now || {})) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (field) field.value = value;
    }
    const theirs = form.querySelector("[data-theirs]");
    if (theirs && told.stands !== undefined) {
      theirs.hidden = false;
      theirs.querySelector("[data-their-text]").textContent = told.stands;
    }
    const again = form.querySelector("[data-again]");
    if (again) again.hidden = !told.again;
    const anyway = form.querySelector("[data-anyway]");
    if (anyway) { anyway.hidden = !told.unfinished; if (told.unfinished) anyway.focus(); }
    const more = form.querySelector("[data-more]");
    if (more && told.ask) more.hidden = false;
    const target = again && told.again ? again : first;
    if (target) { target.closest("details")?.setAttribute("open", ""); target.focus(); }
    if (told.now) refresh();
  }

  // Drafts: what is half written lies on the server within two seconds

  const unsaved = new Map();
  let drafting = Promise.resolve();
  let timer = 0;
  function keep(field) {
    unsaved.set(`${shown}|${field.dataset.draft}`, field.value);
    if (!timer) timer = setTimeout(() => { timer = 0; drafting = saveDrafts(); }, DRAFT);
  }
  async function saveDrafts(last = false) {
    if (!unsaved.size || !running()) return;
    if (state === "locked" && !last) { timer = timer || setTimeout(() => { timer = 0; drafting = saveDrafts(); }, AGAIN); return; }
    const byCase = new Map();
    for (const [key, text] of unsaved) {
      const [of, name] = key.split("|");
      if (!byCase.has(of)) byCase.set(of, new Map());
      byCase.get(of).set(name, text);
    }
    const saving = new Map(unsaved);
    for (const [of, fields] of byCase) {
      const data = new URLSearchParams([...fields]);
      if (of) data.set("sag", of);
      try {
        const answer = await fetch(address.draft, {
          method: "POST", body: data, redirect: "manual", keepalive: last,
          headers: { "X-CSRFToken": token, "HX-Request": "true" }, signal: AbortSignal.timeout(8000),
        });
        if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("application/json")) {
          for (const [key, text] of saving) if (unsaved.get(key) === text) unsaved.delete(key);
          const told = await answer.json();
          if (of === shown) for (const name of fields.keys()) tellBeside(name, (told.not_kept || {})[name]);
        } else if (answer.status !== 400) throw new Error();
      } catch { break; }
    }
    if (unsaved.size && !timer) timer = setTimeout(() => { timer = 0; drafting = saveDrafts(); }, AGAIN);
  }
  // What was not kept is said beside its field, until it is kept again.
  function tellBeside(name, words) {
    const field = holder.querySelector(`[data-draft="${CSS.escape(name)}"]`);
    if (!field) return;
    const id = `${field.id}-unkept`, there = document.getElementById(id);
    if (there && there.textContent === words) return;
    const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
    if (there) there.remove();
    if (words) {
      field.after(Object.assign(document.createElement("p"), { id, className: "live-unkept", textContent: words }));
      document.getElementById(id).setAttribute("role", "status");
      others.push(id);
    }
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
  const forget = (form) => form.querySelectorAll("[data-draft]").forEach((field) => unsaved.delete(`${shown}|${field.dataset.draft}`));
  window.addEventListener("pagehide", () => { saveDrafts(true); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveDrafts(true); });

  holder.addEventListener("input", (event) => {
    const part = event.target.closest("[data-part]");
    if (part && event.target.closest("[data-form]")) part.dataset.dirty = "1";
    if (event.target.dataset.draft) keep(event.target);
    const again = event.target.closest("form")?.querySelector("[data-again]");
    if (again) again.hidden = true;
  });

  // What is pressed

  // What was saved last can be gone back to with one key, to be decided anew.
  const back = root.querySelector("[data-back]");
  function offerBack(to) { back.dataset.back = to; back.hidden = !to; }
  back.addEventListener("click", () => { const to = back.dataset.back; offerBack(""); said.textContent = ""; turn(to); });

  // Whoever has turned the table to an item and leaves the page stops its clock. Another who leads keeps it running.
  let turned = "";
  document.addEventListener("click", (event) => {
    const away = event.target.closest("a[href]");
    if (!away || away.target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (away.hash && away.pathname === location.pathname || !turned || parts().dataset.up !== turned || !running()) return;
    fetch(address.turn.replace(/frem\/$/, `sag/${turned}/forlad/`), {
      method: "POST", redirect: "manual", keepalive: true, headers: { "X-CSRFToken": token, "HX-Request": "true" },
    }).catch(() => {});
  });

  function turn(wanted) {
    const open = wanted || "";
    if (leads() && running()) {
      const url = open ? address.turn.replace(/frem\/$/, `sag/${open}/frem/`) : address.turn;
      turned = open;
      send({ url, data: [], shows: open });
    } else {
      follows = false;
      refresh(open);
    }
  }

  holder.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-send]");
    if (!form) return;
    event.preventDefault();
    const data = new FormData(form);
    const pressed = event.submitter;
    if (pressed && pressed.name) data.set(pressed.name, pressed.value);
    form.dataset.quick = pressed && pressed.name === "decision" ? "1" : "";
    if (form.hasAttribute("data-decides") && leads()) data.set("videre", "1");
    // A row of its own for each press: what is sent again after a lost answer carries the same.
    if (form.dataset.once) data.set(form.dataset.once, crypto.randomUUID());
    const job = { url: form.action, data: [...data], form };
    if (form.hasAttribute("data-decides") && leads()) job.open = true;
    send(job);
  });

  holder.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (!form) return;
    if (form.hasAttribute("data-at-once")) { form.requestSubmit(); return; }
    if (!form.hasAttribute("data-decides")) return;
    // A choice that takes the keyboard with it would silence the single keys; whoever walks with arrows keeps it.
    if (event.target.type === "radio" && !walking) setTimeout(() => { if (document.activeElement === event.target) event.target.blur(); });
    if (event.target.name === "holder" && event.target.value !== form.dataset.holder) {
      form.querySelector('[name="decision"][value="placed"]').checked = true;
      form.dataset.choice = "placed";
    }
    if (event.target.name === "decision") {
      form.dataset.choice = event.target.value;
      const field = { wait_until: "wait_until", closed: "close_reason" }[event.target.value]
        || (event.target.value === "placed" ? "" : "note");
      if (chosenByKey && field) form.querySelector(`[name="${field}"]`).focus();
    }
  });

  holder.addEventListener("pointerdown", () => { walking = false; });
  holder.addEventListener("click", (event) => {
    const pressed = event.target.closest("button, summary");
    if (!pressed) return;
    if (pressed.tagName === "SUMMARY") {
      // Opened with its key, it is opened to be written in, and at once: the next key is already a letter of the words.
      if (!chosenByKey) return;
      event.preventDefault();
      const inside = pressed.parentElement;
      inside.open = !inside.open;
      if (inside.open) inside.querySelector("input:not([type=hidden]), textarea, select")?.focus();
      return;
    }
    if (pressed.dataset.open !== undefined) turn(pressed.dataset.open);
    else if (pressed.dataset.first) turn(pressed.dataset.first);
    else if (pressed.hasAttribute("data-follow")) { follows = !follows; pressed.setAttribute("aria-pressed", String(follows)); if (follows) refresh(); }
    else if (pressed.hasAttribute("data-lead")) { page.set("foerer", "1"); refresh(shown); }
    else if (pressed.hasAttribute("data-projector")) {
      if (projector()) page.delete("projektor"); else page.set("projektor", "1");
      drawn.clear();
      refresh(shown);
    }
    else if (pressed.hasAttribute("data-shortcuts-open-here")) document.dispatchEvent(new KeyboardEvent("keydown", { key: "?" }));
    else if (pressed.dataset.arm) arm(pressed.dataset.arm);
    else if (pressed.dataset.weeks) weeks(Number(pressed.dataset.weeks));
    else if (pressed.dataset.focus) {
      const field = holder.querySelector(`[data-decides] [name="${pressed.dataset.focus}"]`);
      field.focus();
      // A line that stands is another step: what is typed comes instead of it. Longer words are gone on with.
      if (field.type === "text") field.select();
    }
  });

  function weeks(count) {
    const field = holder.querySelector('[data-decides] [name="next_on"]');
    const day = new Date();
    day.setDate(day.getDate() + 7 * count);
    field.value = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Keys of two: u and a number tells, d and a number sets the date

  let armed = "", armedAt = 0, chosenByKey = false, walking = false;
  function arm(letter) { armed = letter; armedAt = Date.now(); }
  document.addEventListener("keydown", (event) => {
    chosenByKey = false;
    walking = /^(Arrow|Tab| )/.test(event.key);
    if (event.key === "Escape" && isForm(event.target)) { event.target.blur(); return; }
    // Enter in a field saves what is chosen: the form's own first button is the quick "Intet nyt".
    const saves = event.ctrlKey || event.metaKey || event.target.matches("[data-decides] input");
    if (event.key === "Enter" && saves && event.target.form && event.target.form.dataset.form) {
      event.preventDefault();
      // "Intet nyt" that was sent back for one thing to mend is sent again when that is mended.
      const form = event.target.form, quick = form.dataset.quick && !form.querySelector('[name="decision"]:checked');
      form.requestSubmit(form.querySelector(quick ? ".live-nothing" : "[data-save]"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isForm(event.target) && event.target.type !== "radio" || document.querySelector("dialog[open]")) return;
    chosenByKey = /^[a-zæøå1-9]$/.test(event.key);
    const letter = Date.now() - armedAt < 5000 ? armed : "";
    armed = "";
    if (!letter || !/^[0-9]$/.test(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const second = holder.querySelector(`[data-second="${letter}${event.key}"]`);
    if (!second) return;
    if (second.tagName !== "FORM") { second.click(); return; }
    const needed = [...second.querySelectorAll("[data-needed]")].find((field) => !field.value.trim());
    if (needed) needed.focus();
    else second.requestSubmit();
  }, true);

  // The clock of the item

  function tick() {
    for (const clock of holder.querySelectorAll("[data-clock]")) {
      const since = Number(clock.dataset.clockSince || 0);
      const time = Math.max(0, Math.round(Number(clock.dataset.clock) + (since ? Date.now() / 1000 + offset - since : 0)));
      clock.textContent = `${Math.floor(time / 60)}:${String(time % 60).padStart(2, "0")}`;
    }
  }
  setInterval(tick, 1000);

  remember();
  for (const part of holder.querySelectorAll("[data-part]")) drawn.set(part.dataset.part, part.outerHTML);
  // Whoever leads and opens an item by its address turns the table to it.
  if (leads() && running() && page.has("sag") && shown && parts().dataset.up !== shown) turn(shown);
  beat();
})();
