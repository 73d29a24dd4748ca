// Whoever follows a conference sees what changes without reloading: the page asks for the meeting's version, as the live
// table does, and draws itself again when it has changed. While a form is open or the keyboard stands in it, it waits.
(() => {
  "use strict";
  const BEAT = 1300;
  const read = (root) => root.querySelector(".conference");
  const busy = (part) => part.querySelector("details[open], :focus-visible");
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const ask = (address) => fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(8000) });

  async function follow() {
    for (let part = read(document); part?.dataset.follows; part = read(document)) {
      await wait(BEAT * (0.85 + Math.random() * 0.3));
      if (document.hidden || busy(part)) continue;
      try {
        const since = await ask(`${part.dataset.since}?v=${part.dataset.follows}`);
        if (since.status === 404) return;
        if (since.status !== 200) continue;
        const answer = await ask(part.dataset.page);
        if (!answer.ok) return;
        const fresh = read(new DOMParser().parseFromString(await answer.text(), "text/html"));
        if (!fresh) return;
        if (busy(part)) continue;
        part.replaceWith(document.adoptNode(fresh));
      } catch { /* No network just now: the next beat asks again. */ }
    }
  }
  follow();
})();
