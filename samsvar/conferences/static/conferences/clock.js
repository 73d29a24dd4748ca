// The clock of whoever speaks in a reflecting conversation. Without this the page shows the time at which it was drawn.
(() => {
  "use strict";
  const began = Date.now();
  const running = document.querySelectorAll('.conference-clock[data-runs="1"]');
  if (!running.length) return;
  setInterval(() => {
    for (const clock of running) {
      const seconds = Number(clock.dataset.seconds) + Math.floor((Date.now() - began) / 1000);
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }
  }, 1000);
})();
