// @ts-check
// Drafts of one officer: per conversation and kind, in the browser's own store, so that they outlive a lost line, a reload,
// a restart of the desk and a new sign-in. Nothing of a draft is known to the server.

/** @typedef {{ text: string, clientId: string, tried: string | null, files: import("./attach.js").Attached[] }} Draft */

const changed = "desk-draft";

/** @param {string} officer @param {string} conversation @param {string} kind */
const keyOf = (officer, conversation, kind) => `${changed}/${officer}/${conversation}/${kind}`;

/** What was typed, with the id under which it is (or was) tried: the desk takes one id once, however often it is sent.
 * @param {string} officer @param {string} conversation @param {string} kind @returns {Draft} */
export function read(officer, conversation, kind) {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(officer, conversation, kind)) ?? "null");
    if (stored && typeof stored.text === "string") return { files: [], ...stored };
  } catch {
    // Unreadable is as good as absent.
  }
  return { text: "", clientId: crypto.randomUUID(), tried: null, files: [] };
}

/** @param {string} officer @param {string} conversation @param {string} kind @param {Draft | null} draft */
export function write(officer, conversation, kind, draft) {
  const key = keyOf(officer, conversation, kind);
  try {
    if (draft && (draft.text.trim() || draft.files.length > 0)) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // A full or forbidden store costs the draft's survival, not the typing.
  }
  window.dispatchEvent(new CustomEvent(changed, { detail: conversation }));
}

/** @param {string} officer @param {string} conversation */
export function has(officer, conversation) {
  return ["reply", "note"].some(kind => localStorage.getItem(keyOf(officer, conversation, kind)) !== null);
}

/** The pencil in a row of the list. */
class DraftMark extends HTMLElement {
  static observedAttributes = ["conversation"];
  #show = () => this.toggleAttribute("hidden", !has(this.getAttribute("officer") ?? "", this.getAttribute("conversation") ?? ""));
  connectedCallback() {
    window.addEventListener(changed, this.#show);
    window.addEventListener("storage", this.#show);
    this.#show();
  }
  disconnectedCallback() {
    window.removeEventListener(changed, this.#show);
    window.removeEventListener("storage", this.#show);
  }
  attributeChangedCallback() {
    this.#show();
  }
}
customElements.define("desk-draft-mark", DraftMark);
