// @ts-check
// <desk-alerts waiting="2" mine="1" open="…">: tells an officer who looks elsewhere. The count stands in the title, a dot on the
// icon; one sound for the queue, another for one's own conversations; the queue's sound again every 30 s while somebody waits.

import { setting } from "./settings.js";

const again = 30_000;
const queueSound = [[660, 0], [880, 0.14]];
const ownSound = [[880, 0], [880, 0.12], [1175, 0.24]];

class Alerts extends HTMLElement {
  static observedAttributes = ["waiting", "mine", "moved"];
  #title = document.title.replace(/^\(\d+\) /, "");
  #timer = 0;
  /** @type {AudioContext | null} */
  #audio = null;
  #lastWaiting = -1;
  #lastMine = -1;

  connectedCallback() {
    this.#timer = window.setInterval(() => this.#remind(), again);
    document.addEventListener("click", this.#unlock, { once: true });
    window.addEventListener("desk-sound-test", this.#test);
    this.#tell();
  }

  disconnectedCallback() {
    window.clearInterval(this.#timer);
    window.removeEventListener("desk-sound-test", this.#test);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#tell();
  }

  /** @param {string} name */
  #number(name) {
    return Number(this.getAttribute(name) ?? 0);
  }

  #tell() {
    const [waiting, mine] = [this.#number("waiting"), this.#number("mine")];
    const all = waiting + mine;
    document.title = all > 0 ? `(${all}) ${this.#title}` : this.#title;
    const icon = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
    const file = all > 0 ? "/desk/icon-dot.svg" : "/desk/icon.svg";
    if (icon && !icon.href.endsWith(file)) icon.href = file;
    if (this.#lastMine >= 0 && mine > this.#lastMine) this.#play(ownSound);
    else if (this.#lastWaiting >= 0 && waiting > this.#lastWaiting && this.hasAttribute("free")) this.#play(queueSound);
    [this.#lastWaiting, this.#lastMine] = [waiting, mine];
  }

  #remind() {
    if (this.#number("waiting") > 0 && this.hasAttribute("free")) this.#play(queueSound);
  }

  #unlock = () => {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
  };

  #test = () => {
    this.#unlock();
    this.#play(ownSound, true);
  };

  /** @param {number[][]} notes hertz and seconds from now @param {boolean} always */
  #play(notes, always = false) {
    this.dataset.played = String(Number(this.dataset.played ?? 0) + 1);
    if (!always && setting("sound", "on") !== "on") return;
    const audio = this.#audio;
    if (!audio || audio.state !== "running") return;
    const volume = Number(setting("volume", "60")) / 100;
    for (const [hertz, after] of notes) {
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.3 * volume, audio.currentTime + after);
      gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + after + 0.18);
      tone.connect(gain).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.2);
    }
  }
}
customElements.define("desk-alerts", Alerts);

document.addEventListener("click", event => {
  if (event.target instanceof Element && event.target.closest("[data-sound-test]")) window.dispatchEvent(new Event("desk-sound-test"));
});
