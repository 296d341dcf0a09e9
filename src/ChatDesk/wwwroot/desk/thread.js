// @ts-check
// <desk-thread conversation="…">: stays at the newest message while the reader is there, and leaves a reader of older ones alone.

import { say } from "./words.js";

const near = 80;

class Thread extends HTMLElement {
  static observedAttributes = ["conversation", "at"];
  #follow = true;
  #wanted = "";
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
    this.#wanted = this.getAttribute("at") ?? "";
    requestAnimationFrame(() => this.#arrived());
  }

  /** Goes to the line that was searched for, once it is there. */
  #toWanted() {
    const line = this.#wanted ? this.querySelector(`[data-line="${CSS.escape(this.#wanted)}"]`) : null;
    if (!line) return false;
    this.#wanted = "";
    this.#follow = false;
    line.scrollIntoView({ block: "center" });
    line.classList.add("wanted");
    return true;
  }

  #scrolled() {
    this.#follow = this.scrollHeight - this.scrollTop - this.clientHeight < near;
    if (this.#follow) this.#offer(false);
  }

  #arrived = () => {
    if (this.#toWanted()) return;
    if (this.#follow) this.#toEnd();
    else this.#offer(this.scrollHeight - this.scrollTop - this.clientHeight > near);
  };

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
