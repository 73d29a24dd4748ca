// Shows the ways that need a passkey, where the browser knows them.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-needs-passkey]").forEach((part) => { part.hidden = false; });
})();
