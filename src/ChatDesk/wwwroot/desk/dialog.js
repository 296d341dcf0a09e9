// @ts-check
// <desk-modal><dialog>…</dialog></desk-modal>: shown as soon as it is rendered, Escape presses its cancel button, and the
// focus goes back to where it was.

class Modal extends HTMLElement {
  /** @type {Element | null} */
  #before = null;

  connectedCallback() {
    this.#before = document.activeElement;
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
    });
  }

  disconnectedCallback() {
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }
}
customElements.define("desk-modal", Modal);

// A menu (details.menu) closes when the pointer or the focus goes elsewhere, and on Escape.
document.addEventListener("click", event => closeMenus(event.target));
document.addEventListener("focusin", event => closeMenus(event.target));
document.addEventListener("keydown", event => {
  if (event.code !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
  }
});

/** @returns {NodeListOf<HTMLDetailsElement>} */
const openMenus = () => document.querySelectorAll("details.menu[open]");

/** @param {EventTarget | null} target */
function closeMenus(target) {
  for (const menu of openMenus()) {
    if (target instanceof Node && menu.contains(target) && !(target instanceof Element && target.closest("[data-close]"))) continue;
    menu.open = false;
  }
}
