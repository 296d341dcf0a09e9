// @ts-check
// <desk-modal><dialog>…</dialog></desk-modal>: shown as soon as it is rendered, Escape presses its cancel button, and the
// focus goes back to where it was. What was typed before it came (see ahead.js) is done as if it had been there.

import { take } from "./ahead.js";

class Modal extends HTMLElement {
  /** @type {Element | null} */
  #before = null;

  connectedCallback() {
    const typed = take();
    this.#before = typed.before;
    // Its children are rendered after it.
    queueMicrotask(() => {
      const dialog = this.querySelector("dialog");
      if (!dialog || dialog.open) return;
      dialog.showModal();
      dialog.addEventListener("cancel", event => {
        event.preventDefault();
        /** @type {HTMLElement | null} */ (dialog.querySelector("[data-act=cancel]"))?.click();
      });
      /** @type {HTMLElement | null} */ (dialog.querySelector("[data-first]"))?.focus();
      dialog.addEventListener("keydown", event => {
        if (!/^Digit[1-9]$/.test(event.code) || event.altKey || event.ctrlKey || isText(event.target)) return;
        if (choose(dialog, event.code.slice(-1))) event.preventDefault();
      });
      catchUp(dialog, typed);
    });
  }

  disconnectedCallback() {
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }
}

/** @param {HTMLDialogElement} dialog @param {import("./ahead.js").Typed} typed */
function catchUp(dialog, { text, entered, left }) {
  if (left) return /** @type {HTMLElement | null} */ (dialog.querySelector("[data-act=cancel]"))?.click();
  const first = document.activeElement;
  if (text && first instanceof HTMLInputElement && isText(first)) {
    first.value = text;
    first.dispatchEvent(new Event("change", { bubbles: true }));
  } else {
    for (const key of text) choose(dialog, key);
  }
  if (entered) dialog.querySelector("form")?.requestSubmit();
}

/** Presses the choice that has this number key. @param {HTMLDialogElement} dialog @param {string} key */
function choose(dialog, key) {
  const choice = /^[1-9]$/.test(key) ? dialog.querySelector(`[data-key="${key}"] input`) : null;
  if (!(choice instanceof HTMLElement)) return false;
  choice.focus();
  choice.click();
  return true;
}

/** @param {EventTarget | null} target */
const isText = target => target instanceof Element && target.matches("input:not([type=radio], [type=checkbox]), select, textarea");

customElements.define("desk-modal", Modal);

// A menu (details.menu) closes when the pointer or the focus goes elsewhere, and on Escape.
document.addEventListener("click", event => closeMenus(event.target, event.target instanceof Element && event.target.closest("[data-close]") !== null));
// A press on an entry focuses it first: the menu must still be there for the click that follows.
document.addEventListener("focusin", event => closeMenus(event.target, false));
document.addEventListener("keydown", event => {
  if (event.code !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
  }
});

/** @returns {NodeListOf<HTMLDetailsElement>} */
const openMenus = () => document.querySelectorAll("details.menu[open]");

/** @param {EventTarget | null} target @param {boolean} chosen an entry that ends the menu */
function closeMenus(target, chosen) {
  for (const menu of openMenus()) {
    if (chosen || !(target instanceof Node && menu.contains(target))) menu.open = false;
  }
}
