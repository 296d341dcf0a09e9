// @ts-check
// How long an answer is still free: <desk-ring now="…" until="…" quota="…">, times in milliseconds since 1970 by the desk's
// clock. It informs; the desk decides when the answer goes out.

import { say } from "./words.js";

const amber = 10;
const whole = 50;

class Ring extends HTMLElement {
  static observedAttributes = ["until", "now", "quota", "lead"];
  #timer = 0;
  #began = 0;

  connectedCallback() {
    this.#restart();
    this.#timer = window.setInterval(() => this.#draw(), 500);
  }

  disconnectedCallback() {
    window.clearInterval(this.#timer);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#restart();
  }

  #restart() {
    this.#began = performance.now();
    this.#draw();
  }

  /** Seconds during which the answer is still free. */
  get left() {
    const span = Number(this.getAttribute("until")) - Number(this.getAttribute("now"));
    return Math.max(0, Math.ceil((span - (performance.now() - this.#began)) / 1000));
  }

  #draw() {
    const left = this.left;
    const state = left === 0 ? "spent" : left <= amber ? "late" : "free";
    const text = left > 0 ? say("FreeFor", left) : this.getAttribute("quota") ?? "";
    if (this.dataset.state !== state) this.dataset.state = state;
    if (this.textContent !== text) this.textContent = text;
    this.style.setProperty("--share", String(Math.min(1, left / whole)));
  }
}
customElements.define("desk-ring", Ring);
