// @ts-check
// The list of canned replies over the composer: "/" in an empty box or Alt+R. Searches key, title and words, so that a Thai word
// from the middle of a reply finds it. What a value is not known for stays as {…} and keeps the message from being sent.

import { say } from "./words.js";

/** @typedef {{ key: string, group: string, title: string, body: string }} Canned */

/** As the editors' files are now: asked for whenever the list is opened. @param {string} language the contact's @returns {Promise<Canned[]>} */
const fetchShelf = language => fetch(`/desk/api/canned?language=${language}`).then(r => (r.ok ? r.json() : []), () => []);

let count = 0;

export class Palette {
  /** @type {HTMLElement} */
  #box = document.createElement("div");
  #input = document.createElement("input");
  #list = document.createElement("ul");
  #preview = document.createElement("p");
  /** @type {Canned[]} */
  #all = [];
  /** @type {Canned[]} */
  #found = [];
  #chosen = 0;
  #id = `canned-${++count}`;

  /** @param {HTMLTextAreaElement} area @param {() => Record<string, string>} values
   * @param {() => string} language @param {() => void} typed */
  constructor(area, values, language, typed) {
    [this.area, this.values, this.language, this.typed] = [area, values, language, typed];
    this.#box.className = "canned";
    this.#box.hidden = true;
    this.#list.id = this.#id;
    this.#list.role = "listbox";
    this.#list.ariaLabel = say("Canned");
    this.#preview.className = "canned-preview";
    this.#input.type = "text";
    this.#input.role = "combobox";
    this.#input.autocomplete = "off";
    this.#input.placeholder = say("CannedHint");
    this.#input.ariaLabel = say("CannedHint");
    this.#input.setAttribute("aria-controls", this.#id);
    this.#input.setAttribute("aria-expanded", "true");
    this.#box.append(this.#input, this.#list, this.#preview);
    area.before(this.#box);
    this.#input.addEventListener("input", () => this.#search());
    this.#input.addEventListener("keydown", event => this.#key(event));
    this.#box.addEventListener("focusout", event => {
      if (!this.#box.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
  }

  async open() {
    this.#box.hidden = false;
    this.#input.value = "";
    this.#input.focus();
    this.#all = await fetchShelf(this.language());
    this.#search();
  }

  close() {
    this.#box.hidden = true;
  }

  #search() {
    const wanted = this.#input.value.trim().replace(/^\//, "").toLowerCase();
    const rank = /** @param {Canned} reply */ reply => !wanted ? 0
      : reply.key.toLowerCase().startsWith(wanted) ? 0
      : reply.title.toLowerCase().includes(wanted) ? 1
      : reply.body.toLowerCase().includes(wanted) || reply.group.toLowerCase().includes(wanted) ? 2 : -1;
    this.#found = this.#all.map(reply => ({ reply, at: rank(reply) })).filter(f => f.at >= 0).sort((a, b) => a.at - b.at).map(f => f.reply);
    this.#choose(0);
  }

  /** @param {number} place */
  #choose(place) {
    this.#chosen = Math.max(0, Math.min(place, this.#found.length - 1));
    this.#list.replaceChildren(...this.#found.map((reply, n) => this.#option(reply, n)));
    const reply = this.#found[this.#chosen];
    this.#preview.textContent = reply ? this.#filled(reply) : say("NothingFound", this.#input.value);
    if (reply) this.#input.setAttribute("aria-activedescendant", `${this.#id}-${this.#chosen}`);
    else this.#input.removeAttribute("aria-activedescendant");
    this.#list.children[this.#chosen]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Canned} reply @param {number} n */
  #option(reply, n) {
    const option = document.createElement("li");
    option.id = `${this.#id}-${n}`;
    option.role = "option";
    option.ariaSelected = String(n === this.#chosen);
    const key = document.createElement("kbd");
    key.textContent = `/${reply.key}`;
    const group = document.createElement("small");
    group.textContent = reply.group;
    option.append(key, ` ${reply.title} `, group);
    // Before the input loses the focus.
    option.addEventListener("pointerdown", event => {
      event.preventDefault();
      this.#take(reply);
    });
    return option;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.code === "ArrowDown") this.#choose(this.#chosen + 1);
    else if (event.code === "ArrowUp") this.#choose(this.#chosen - 1);
    else if (event.code === "Enter" || event.code === "Tab") this.#take(this.#found[this.#chosen]);
    else if (event.code === "Escape") {
      this.close();
      this.area.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Canned | undefined} reply */
  #take(reply) {
    if (!reply) return;
    this.close();
    this.area.focus();
    this.area.setRangeText(this.#filled(reply), this.area.selectionStart, this.area.selectionEnd, "end");
    const hole = this.area.value.search(/\{[^{}\n]*\}/);
    if (hole >= 0) this.area.setSelectionRange(hole, this.area.value.indexOf("}", hole) + 1);
    this.typed();
  }

  /** @param {Canned} reply */
  #filled(reply) {
    const values = this.values();
    return reply.body.replace(/\{([^{}\n]*)\}/g, (whole, name) => values[name.trim()] || whole);
  }
}
