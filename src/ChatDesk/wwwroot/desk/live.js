// @ts-check
// Starts the console. One WebSocket without negotiation: any replica can take it, none needs to be the same as before.

import "./alerts.js";
import "./composer.js";
import "./dialog.js";
import "./drafts.js";
import "./keys.js";
import "./ring.js";
import "./settings.js";
import "./thread.js";
import "./wait.js";
import { attach, reconnectionHandler, tell } from "./line.js";

const webSockets = 1;

// @ts-ignore: for the console's first call
window.desk = {
  attach,
  /** @param {string} path */
  show(path) {
    if (location.pathname !== path) history.pushState(null, "", path + location.search);
  },
  /** @param {string} selector */
  focus(selector) {
    /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
  },
};

// The browser's way back: from a conversation to the list, on a phone above all.
window.addEventListener("popstate", () => tell("GoBack", location.pathname));

// @ts-ignore: given by the framework's script
Blazor.start({
  ssr: { disableDomPreservation: true },
  circuit: {
    /** @param {any} builder */
    configureSignalR: builder => {
      builder.withUrl("/_blazor", { skipNegotiation: true, transport: webSockets });
      builder.withServerTimeout(15000).withKeepAliveInterval(5000);
    },
    reconnectionHandler,
  },
});
