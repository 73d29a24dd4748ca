// Nothing typed is lost: what stands half written goes along when one locks, and is laid back into its fields.
(() => {
  "use strict";
  const FIELDS = "input:not([type=hidden]):not([type=password]):not([type=file]):not([type=submit]), textarea, select";
  const touched = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest && event.target.closest("main form[method=post]");
    if (form) touched.add(form);
  });
  document.querySelectorAll("[data-needs-script]").forEach((element) => { element.hidden = false; });

  const values = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked ? [field.value] : [];
    if (field.multiple && field.options) return [...field.selectedOptions].map((option) => option.value);
    return field.value ? [field.value] : [];
  };
  const hidden = (name, value) => {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    return input;
  };
  for (const lock of document.querySelectorAll("form.shell-lock")) {
    lock.addEventListener("submit", () => {
      for (const form of touched) {
        if (!form.isConnected) continue;
        for (const field of form.querySelectorAll(FIELDS)) {
          if (!field.name) continue;
          for (const value of values(field)) {
            lock.append(hidden("draft_name", field.name), hidden("draft_value", value));
          }
        }
      }
    });
  }

  // A page that is left alone locks itself, and takes along what stands half written.
  const lock = document.querySelector("form.shell-lock[data-idle-seconds]");
  if (lock) {
    const idle = Number(lock.dataset.idleSeconds) * 1000;
    let touchedAt = Date.now();
    for (const kind of ["pointerdown", "keydown", "scroll"]) {
      document.addEventListener(kind, () => { touchedAt = Date.now(); }, { passive: true, capture: true });
    }
    setInterval(() => { if (Date.now() - touchedAt > idle) lock.requestSubmit(); }, 15000);
  }

  const wanted = /^#gemt-([0-9a-f-]{36})$/.exec(location.hash);
  if (!wanted) return;
  const address = `/mig/gemt/${wanted[1]}/`;
  const lay = (fields) => {
    let laid = 0;
    for (const [name, value] of fields) {
      const named = [...document.querySelectorAll(`main form[method=post] [name="${CSS.escape(name)}"]`)];
      const choice = named.find((field) => /^(radio|checkbox)$/.test(field.type) && field.value === value);
      const field = choice || named.find((found) => !/^(radio|checkbox|hidden|submit)$/.test(found.type));
      if (!field) continue;
      if (choice) choice.checked = true;
      else if (field.multiple && field.options) [...field.options].forEach((option) => { if (option.value === value) option.selected = true; });
      else field.value = value;
      touched.add(field.form);
      laid += 1;
    }
    return laid;
  };
  fetch(`${address}felter/`, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((kept) => {
      if (!kept || !lay(kept.fields)) return;
      history.replaceState(null, "", location.pathname + location.search);
      const token = document.querySelector("[name=csrfmiddlewaretoken]");
      if (token) fetch(`${address}smid-vaek/`, { method: "POST", headers: { "X-CSRFToken": token.value } });
    });
})();
