// @ts-check
// <desk-thread conversation="…">: stays at the newest message while the reader is there, and leaves a reader of older ones alone.

import { say } from "./words.js";

const near = 80;

class Thread extends HTMLElement {
  static observedAttributes = ["conversation", "at"];
  #follow = true;
  #observer = new MutationObserver(() => this.#arrived());
  /** @type {HTMLButtonElement | null} */
  #newer = null;

  connectedCallback() {
    this.#observer.observe(this, { childList: true, subtree: true });
    this.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // A picture that has loaded makes the thread longer.
    this.addEventListener("load", () => this.#arrived(), { capture: true });
    window.addEventListener("resize", this.#arrived);
    this.#begin();
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    window.removeEventListener("resize", this.#arrived);
    this.#newer?.remove();
  }

  /** @param {string} _name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(_name, before, after) {
    if (before !== after && this.isConnected) this.#begin();
  }

  #begin() {
    this.#follow = true;
    requestAnimationFrame(() => {
      const marked = this.getAttribute("at") ? this.querySelector(`[data-line="${CSS.escape(this.getAttribute("at") ?? "")}"]`) : null;
      if (marked) {
        this.#follow = false;
        marked.scrollIntoView({ block: "center" });
      } else this.#toEnd();
    });
  }

  #scrolled() {
    this.#follow = this.scrollHeight - this.scrollTop - this.clientHeight < near;
    if (this.#follow) this.#offer(false);
  }

  #arrived = () => (this.#follow ? this.#toEnd() : this.#offer(true));

  #toEnd() {
    this.scrollTop = this.scrollHeight;
    this.#offer(false);
  }

  /** @param {boolean} visible */
  #offer(visible) {
    if (visible && !this.#newer) {
      this.#newer = document.createElement("button");
      this.#newer.type = "button";
      this.#newer.className = "pill thread-newer";
      this.#newer.textContent = say("NewerBelow");
      this.#newer.addEventListener("click", () => this.#toEnd());
      this.parentElement?.append(this.#newer);
    } else if (!visible && this.#newer) {
      this.#newer.remove();
      this.#newer = null;
    }
  }
}
customElements.define("desk-thread", Thread);
