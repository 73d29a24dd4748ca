// Shortcuts and small comforts. Every page works without this file.
(() => {
  "use strict";

  const OFF = "genveje=fra";
  const dialog = document.getElementById("genveje");
  const isOff = () => document.cookie.split("; ").includes(OFF);
  // A letter does nothing in a choice: where single keys are the work (the live table), they work there too.
  const typing = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName))
    && !(element.type === "radio" && element.closest("[data-live]"));
  const visible = (selector) => [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());

  function showShortcuts() {
    if (!dialog || dialog.open) return;
    const list = dialog.querySelector("dl");
    list.querySelectorAll("[data-page-key]").forEach((row) => row.remove());
    for (const element of document.querySelectorAll("[data-key]")) {
      const term = document.createElement("dt");
      const key = document.createElement("kbd");
      const words = document.createElement("dd");
      key.textContent = element.dataset.key;
      words.textContent = element.textContent.trim();
      term.dataset.pageKey = words.dataset.pageKey = "";
      term.append(key);
      list.append(term, words);
    }
    dialog.showModal();
  }

  // A form that came back with something to mend was an answer to a sending. Whoever goes back to it later shall find
  // the page itself, and not be asked by the browser whether to send it again.
  const refused = document.querySelector("form .error-summary")?.closest("form");
  if (refused && refused.action === window.location.href.split("#")[0]) {
    window.history.replaceState(window.history.state, "", window.location.href);
  }

  let leader = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = [...document.querySelectorAll(".shell-menu[open], .shell-chair[open]")];
      open.forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOff()) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const led = Date.now() - leader < 1500;
    leader = 0;
    if (led) {
      const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) { event.preventDefault(); place.click(); }
      return;
    }
    if (event.key === "g") { leader = Date.now(); return; }
    if (event.key === "?") { event.preventDefault(); showShortcuts(); return; }
    if (event.key === "/") {
      const box = visible("[data-search]");
      if (box) { event.preventDefault(); box.focus(); }
      return;
    }
    const target = visible(`[data-key="${CSS.escape(event.key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });

  document.addEventListener("click", (event) => {
    document.querySelectorAll(".shell-menu[open], .shell-chair[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  const opener = document.querySelector("[data-shortcuts-open]");
  if (opener && dialog) {
    opener.hidden = false;
    opener.addEventListener("click", showShortcuts);
    const off = dialog.querySelector("[data-shortcuts-off]");
    off.checked = isOff();
    off.addEventListener("change", () => {
      document.cookie = off.checked ? `${OFF}; path=/; max-age=31536000; samesite=lax` : "genveje=; path=/; max-age=0";
    });
  }

  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();
})();
