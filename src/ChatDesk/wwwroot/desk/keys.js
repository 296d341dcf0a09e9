// @ts-check
// Keys, by event.code: on a Thai layout event.key of the J key is "่". A key presses the button that is on the screen
// (data-act), so that a key can do nothing that the officer could not also click. What such a button brings comes over the line:
// until it is there, keys go to the dialog that is asked for (data-opens, see ahead.js), or nowhere (data-leaves, see composer.js).

import { begin, isWaiting } from "./ahead.js";
import { isUp } from "./line.js";
import { setting } from "./settings.js";

/** @type {Record<string, string>} */
const withAlt = {
  KeyQ: "next-waiting", KeyE: "claim", KeyT: "transfer", KeyX: "close", KeyL: "tab-reply", KeyP: "tab-note", KeyR: "canned",
  KeyI: "panel", Digit1: "tab-1", Digit2: "tab-2", Digit3: "tab-3", Digit4: "tab-4", Slash: "help", KeyH: "hold",
};

/** @type {Record<string, string>} */
const alone = { KeyE: "claim", KeyC: "close", KeyT: "transfer", Slash: "search", KeyQ: "next-waiting" };

document.addEventListener("keydown", event => {
  if (event.isComposing) return;
  const handled = event.altKey && !event.ctrlKey && !event.metaKey ? onAlt(event)
    : event.ctrlKey && !event.altKey && event.code === "KeyK" ? press("search")
    : !event.altKey && !event.ctrlKey && !event.metaKey ? onPlain(event) : false;
  if (handled) event.preventDefault();
});

/** @param {KeyboardEvent} event */
function onAlt(event) {
  if (event.code === "ArrowDown" || event.code === "KeyJ") return move(1);
  if (event.code === "ArrowUp" || event.code === "KeyK") return move(-1);
  const act = withAlt[event.code];
  return act ? press(act) : false;
}

/** @param {KeyboardEvent} event */
function onPlain(event) {
  const target = event.target instanceof Element ? event.target : null;
  const typing = target?.closest("input, textarea, select, [contenteditable]");
  if (event.code === "Escape" && typing && !document.querySelector("dialog[open]")) {
    /** @type {HTMLElement} */ (typing).blur();
    return false;
  }
  // One letter alone acts only where the officer switched that on (WCAG 2.1.4), and never while typing.
  if (typing || document.querySelector("dialog[open]") || setting("letters", "off") !== "on") return false;
  if (event.code === "KeyJ") return move(1);
  if (event.code === "KeyK") return move(-1);
  const act = alone[event.code];
  return act ? press(act) : false;
}

/** @param {string} act */
function press(act) {
  if (isWaiting()) return true;
  /** @type {HTMLElement | undefined} */
  const button = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-act="${act}"]`))]
    .find(candidate => candidate.offsetParent !== null && !candidate.hasAttribute("disabled"));
  if (!button || (button.dataset.opens !== undefined && !isUp())) return true;
  button.click();
  if (button.dataset.opens !== undefined) begin();
  return true;
}

/** The row that was gone to and is not open yet; keys that follow each other faster than the desk answers go on from there. @type {Element | null} */
let going = null;
window.addEventListener("desk-arrived", () => { going = null; });

/** @param {1 | -1} step */
function move(step) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".rows [data-row]:not([data-gone])"))];
  if (rows.length === 0 || isWaiting()) return true;
  const from = going && rows.indexOf(/** @type {HTMLElement} */ (going)) >= 0 ? going : rows.find(row => row.getAttribute("aria-current") === "true");
  const here = rows.findIndex(row => row === from);
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step));
  going = rows[next];
  rows[next].click();
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}
