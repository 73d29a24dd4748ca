// Words that stand half written are saved before another button of the page is obeyed: a step that is agreed, or a name
// that is pressed, must not cost a conclusion. What the words are refused for is shown, and the other button waits.
(() => {
  "use strict";
  const words = document.querySelector("form[data-words]");
  if (!words) return;
  const written = () => new URLSearchParams(new FormData(words)).toString();
  const before = written();
  let sent = false;
  document.addEventListener("submit", async (event) => {
    const other = event.target;
    if (other === words) { sent = true; return; }
    if (sent || other.method !== "post" || !other.closest("main") || written() === before) return;
    event.preventDefault();
    const pressed = event.submitter;
    try {
      const answer = await fetch(words.action, { method: "POST", body: new URLSearchParams(new FormData(words)) });
      if (!answer.ok) throw new Error("refused");
    } catch {
      words.requestSubmit();
      return;
    }
    sent = true;
    if (pressed) other.requestSubmit(pressed); else other.requestSubmit();
  });
})();
