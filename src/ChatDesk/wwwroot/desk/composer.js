// @ts-check
// <desk-composer>: where an officer writes. It owns its text: no keystroke goes to the server, nothing the server renders can
// change it. Reply and note are two drafts that never mix. Attributes come from the console:
//   conversation, officer  whose draft it is             seen      number of the last event on the screen
//   reply                  "on" when a reply may go      why       the reason when not
//   label                  what the send button says     values    what {…} stands for, as JSON
//   quote                  the line being answered, as JSON {id, who, text}
//   handover               the handover being answered    only      "note" while the conversation is not the officer's
// From the moment the officer goes to another conversation until that one is there, the box takes no words: they are meant for it.

import { attach } from "./attach.js";
import { Palette } from "./canned.js";
import * as drafts from "./drafts.js";
import { isUp } from "./line.js";
import { post } from "./post.js";
import { setting } from "./settings.js";
import { say } from "./words.js";

const limit = 5000;
const unfilled = /\{[^{}\n]*\}/;
const typingEvery = 3000;
const longestWay = 10000;
const mostFiles = 4;

class Composer extends HTMLElement {
  static observedAttributes = ["conversation", "officer", "seen", "reply", "why", "label", "values", "quote", "only", "handover", "language"];
  /** @type {"reply" | "note"} */
  #kind = "reply";
  #shown = "";
  #sending = false;
  #typedAt = -Infinity;
  /** @type {drafts.Draft} */
  #draft = { text: "", clientId: "", tried: null, files: [] };
  /** @type {Palette | null} */
  #palette = null;
  /** @type {Record<string, any>} */
  #parts = {};
  #seen = 0;
  /** What went wrong at the last try; stays until something is typed or sent. */
  #trouble = "";
  #uploading = 0;
  /** Set while the officer is on the way to another conversation. */
  #leaving = 0;
  /** The desk said something instead, for example that nobody waits. */
  #toasts = new MutationObserver(() => this.#arrive());

  connectedCallback() {
    if (!this.#parts.text) this.#build();
    window.addEventListener("desk-line", this.#update);
    window.addEventListener("storage", this.#fromOtherTab);
    document.addEventListener("click", this.#leave, true);
    this.#open();
    this.#arrive();
  }

  disconnectedCallback() {
    window.removeEventListener("desk-line", this.#update);
    window.removeEventListener("storage", this.#fromOtherTab);
    document.removeEventListener("click", this.#leave, true);
    this.#arrive();
  }

  /** @param {MouseEvent} event */
  #leave = event => {
    const to = event.target instanceof Element ? event.target.closest("[data-leaves]") : null;
    if (!to || to.getAttribute("aria-current") === "true") return;
    window.clearTimeout(this.#leaving);
    this.#leaving = window.setTimeout(() => this.#arrive(), longestWay);
    const toasts = document.querySelector(".toasts");
    if (toasts) this.#toasts.observe(toasts, { childList: true });
    this.#palette?.close();
    this.#update();
  };

  #arrive() {
    window.dispatchEvent(new Event("desk-arrived"));
    if (this.#leaving === 0) return;
    window.clearTimeout(this.#leaving);
    this.#leaving = 0;
    this.#toasts.disconnect();
    this.#update();
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (!this.#parts.text || before === after) return;
    if (name === "conversation" || name === "officer") this.#open();
    else if (name === "only") this.#owned();
    else if (name === "seen") this.#seen = Math.max(this.#seen, Number(after));
    if (["conversation", "handover", "only"].includes(name)) this.#arrive();
    this.#update();
  }

  /** Puts words where the officer is writing, for example a suggested answer. @param {string} text */
  insert(text) {
    const area = this.#parts.text;
    area.focus();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    this.#typed();
  }

  #attr = /** @param {string} name */ name => this.getAttribute(name) ?? "";

  #build() {
    this.innerHTML = `
      <div class="composer-kinds" role="tablist">
        <button type="button" role="tab" data-kind="reply" data-act="tab-reply"></button>
        <button type="button" role="tab" data-kind="note" data-act="tab-note"></button>
      </div>
      <div class="composer-quote" hidden><span></span><button type="button" class="ghost"></button></div>
      <div class="composer-missed" role="alert" hidden></div>
      <textarea rows="3" spellcheck="false"></textarea>
      <ul class="composer-files" hidden></ul>
      <div class="composer-bar">
        <input type="file" multiple hidden accept="image/*,.pdf,.docx,.xlsx,.pptx">
        <button type="button" class="ghost" data-act="attach"><svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7L9.2 17a1.7 1.7 0 0 1-2.4-2.4L14.5 7"/></svg></button>
        <button type="button" class="ghost" data-act="canned"></button>
        <span class="composer-count" aria-live="polite"></span>
        <span class="composer-why" role="status"></span>
        <button type="button" class="button send" data-act="send"></button>
      </div>`;
    const find = /** @param {string} selector */ selector => this.querySelector(selector);
    this.#parts = {
      kinds: this.querySelectorAll("[data-kind]"), list: find("[role=tablist]"), text: find("textarea"), send: find(".send"), why: find(".composer-why"),
      count: find(".composer-count"), canned: find("[data-act=canned]"), missed: find(".composer-missed"),
      quote: find(".composer-quote"), attach: find("[data-act=attach]"), file: find("[type=file]"), files: find(".composer-files"),
    };
    this.#label();
    this.#parts.text.addEventListener("input", () => this.#typed());
    this.#parts.text.addEventListener("keydown", /** @param {KeyboardEvent} event */ event => this.#key(event));
    this.#parts.send.addEventListener("click", () => void this.#send());
    this.#parts.canned.addEventListener("click", () => this.#openPalette());
    this.#parts.attach.addEventListener("click", () => this.#parts.file.click());
    this.#parts.file.addEventListener("change", () => {
      void this.#attach([...this.#parts.file.files]);
      this.#parts.file.value = "";
    });
    this.#parts.text.addEventListener("paste", /** @param {ClipboardEvent} event */ event => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || this.#kind === "note" || this.#parts.text.readOnly) return;
      event.preventDefault();
      void this.#attach(files);
    });
    for (const tab of this.#parts.kinds) tab.addEventListener("click", () => this.#choose(tab.dataset.kind));
    this.#parts.list.addEventListener("keydown", /** @param {KeyboardEvent} event */ event => {
      if (event.code === "ArrowLeft" || event.code === "ArrowRight") {
        this.#choose(this.#kind === "reply" ? "note" : "reply", false);
        this.querySelector(/** @type {any} */ (`[data-kind=${this.#kind}]`))?.focus();
      }
    });
    this.#parts.quote.querySelector("button").addEventListener("click", () => this.#unquote());
    this.#palette = new Palette(this.#parts.text, () => this.#values(), () => this.#attr("language"), () => this.#typed());
  }

  #label() {
    const [reply, note] = this.#parts.kinds;
    [reply.textContent, note.textContent] = [say("Reply"), say("Note")];
    this.#parts.list.setAttribute("aria-label", say("WriteAs"));
    this.#parts.canned.textContent = "/ " + say("Canned");
    this.#parts.canned.title = "Alt+R";
    this.#parts.attach.title = say("Attach");
    this.#parts.attach.setAttribute("aria-label", say("Attach"));
    this.#parts.quote.querySelector("button").textContent = "×";
    this.#parts.quote.querySelector("button").setAttribute("aria-label", say("Unquote"));
  }

  #values() {
    try {
      return JSON.parse(this.#attr("values") || "{}");
    } catch {
      return {};
    }
  }

  /** Another conversation, or the same after a reload: its own drafts come in. */
  #open() {
    const conversation = this.#attr("conversation");
    const key = `${this.#attr("officer")}/${conversation}`;
    if (key !== this.#shown) {
      this.#shown = key;
      this.#seen = Number(this.#attr("seen"));
      this.#kind = this.#attr("only") === "note" ? "note" : "reply";
      this.#missed(null);
      this.#trouble = "";
      this.#load();
    }
    this.#update();
  }

  /** The conversation became the officer's, or no longer is. */
  #owned() {
    this.#kind = this.#attr("only") === "note" ? "note" : "reply";
    this.#load();
    if (this.#kind === "reply") this.#parts.text.focus();
  }

  #load() {
    this.#draft = drafts.read(this.#attr("officer"), this.#attr("conversation"), this.#kind);
    this.#parts.text.value = this.#draft.text;
    this.#grow();
  }

  /** @param {"reply" | "note"} kind */
  #choose(kind, focus = true) {
    this.#palette?.close();
    this.#kind = kind;
    this.#load();
    this.#update();
    if (focus) this.#parts.text.focus();
  }

  #typed() {
    const text = this.#parts.text.value;
    this.#trouble = "";
    // What was tried under this id may have arrived: other words need another id.
    const changed = this.#draft.tried !== null && this.#draft.tried !== text;
    this.#draft = { ...this.#draft, text, clientId: changed || !this.#draft.clientId ? crypto.randomUUID() : this.#draft.clientId, tried: changed ? null : this.#draft.tried };
    this.#keep(this.#draft);
    this.#grow();
    this.#update();
    if (performance.now() - this.#typedAt > typingEvery && text.trim() && isUp()) {
      this.#typedAt = performance.now();
      void post(this.#url("typing"), { note: this.#kind === "note" });
    }
  }

  /** @param {File[]} files */
  async #attach(files) {
    const [shown, url, officer, conversation] = [this.#shown, this.#url("files"), this.#attr("officer"), this.#attr("conversation")];
    if (this.#draft.files.length + this.#uploading + files.length > mostFiles) {
      this.#trouble = say("TooManyFiles", mostFiles);
      return this.#update();
    }
    this.#trouble = "";
    this.#uploading += files.length;
    this.#update();
    for (const file of files) {
      const { attached, why } = await attach(url, file);
      this.#uploading--;
      // The officer may have gone to another conversation meanwhile: it belongs to the draft of the first.
      if (attached) {
        const draft = drafts.read(officer, conversation, "reply");
        drafts.write(officer, conversation, "reply", { ...draft, files: [...draft.files, attached], clientId: crypto.randomUUID(), tried: null });
      }
      if (shown !== this.#shown) continue;
      if (!attached) this.#trouble = why ?? say("SendFailed");
      if (this.#kind === "reply") this.#draft = drafts.read(officer, conversation, "reply");
    }
    this.#update();
  }

  /** @param {number} n */
  #detach(n) {
    this.#draft = { ...this.#draft, files: this.#draft.files.filter((_, at) => at !== n), clientId: crypto.randomUUID(), tried: null };
    this.#keep(this.#draft);
    this.#update();
    this.#parts.text.focus();
  }

  #showFiles() {
    const { files } = this.#parts;
    files.hidden = this.#draft.files.length === 0;
    files.replaceChildren(...this.#draft.files.map((file, n) => {
      const [item, name, remove] = [document.createElement("li"), document.createElement("span"), document.createElement("button")];
      name.textContent = file.name;
      remove.type = "button";
      remove.className = "ghost";
      remove.textContent = "×";
      remove.setAttribute("aria-label", say("RemoveFile", file.name));
      remove.addEventListener("click", () => this.#detach(n));
      item.append(name, remove);
      return item;
    }));
  }

  /** @param {drafts.Draft | null} draft */
  #keep(draft) {
    drafts.write(this.#attr("officer"), this.#attr("conversation"), this.#kind, draft);
  }

  /** The same conversation open in another window of the same officer. @param {StorageEvent} event */
  #fromOtherTab = event => {
    if (event.key?.startsWith("desk-draft/") && document.activeElement !== this.#parts.text) this.#load();
  };

  /** @param {string} what */
  #url = what => `/desk/api/${encodeURIComponent(this.#attr("conversation"))}/${what}`;

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    // A character, not a key: on a Thai layout "/" lies elsewhere.
    if (event.key === "/" && this.#parts.text.value === "" && !event.altKey && !event.ctrlKey && !this.#parts.text.readOnly) {
      event.preventDefault();
      return this.#openPalette();
    }
    if (event.code !== "Enter" && event.code !== "NumpadEnter") return;
    const sends = setting("enter", "enter") === "enter" ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (!sends) return;
    event.preventDefault();
    void this.#send();
  }

  #openPalette() {
    if (this.#parts.text.readOnly) return;
    void this.#palette?.open();
  }

  /** Why nothing can be sent now; an empty string when it can. */
  #obstacle() {
    const text = this.#parts.text.value;
    if (this.#leaving !== 0) return say("OpeningOther");
    if (this.#uploading > 0) return say("Uploading");
    if (!isUp()) return say("LineLostShort");
    if (this.#kind === "reply" && this.#attr("reply") !== "on") return this.#attr("why");
    if (text.length > limit) return say("TooLong", limit);
    if (this.#kind === "reply" && unfilled.test(text)) return say("Unfilled", text.match(unfilled)?.[0] ?? "");
    return "";
  }

  #update = () => {
    const { kinds, text, send, why, count, quote } = this.#parts;
    const note = this.#kind === "note";
    this.dataset.kind = this.#kind;
    for (const tab of kinds) {
      const chosen = tab.dataset.kind === this.#kind;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    const closed = !note && this.#attr("reply") !== "on";
    text.readOnly = closed || this.#leaving !== 0;
    text.placeholder = closed ? this.#attr("why") : note ? say("NoteHint") : say("ReplyHint");
    text.setAttribute("aria-label", note ? say("Note") : say("Reply"));
    send.textContent = this.#sending ? say("Sending") : note ? say("SaveNote") : this.#attr("label");
    const obstacle = this.#obstacle();
    send.disabled = this.#sending || obstacle !== "" || this.#isEmpty();
    this.#parts.attach.hidden = note || closed;
    this.#showFiles();
    const told = obstacle || this.#trouble;
    if (why.textContent !== told) why.textContent = told;
    count.textContent = text.value.length > limit * 0.8 ? `${text.value.length}/${limit}` : "";
    const quoted = this.#quoted();
    quote.hidden = note || !quoted;
    if (quoted) quote.querySelector("span").textContent = `${quoted.who}: ${quoted.text}`;
  };

  #isEmpty() {
    return this.#parts.text.value.trim() === "" && this.#draft.files.length === 0;
  }

  #quoted() {
    try {
      return this.#attr("quote") ? JSON.parse(this.#attr("quote")) : null;
    } catch {
      return null;
    }
  }

  #unquote() {
    this.dispatchEvent(new CustomEvent("unquote", { bubbles: true }));
    /** @type {HTMLElement | null} */ (document.querySelector("[data-act=unquote]"))?.click();
  }

  #grow() {
    const text = this.#parts.text;
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight + 2, window.innerHeight * 0.35)}px`;
  }

  async #send() {
    const text = this.#parts.text.value;
    if (this.#sending || this.#isEmpty() || this.#obstacle()) return;
    this.#sending = true;
    this.#trouble = "";
    this.#update();
    const [kind, shown] = [this.#kind, this.#shown];
    const draft = { ...this.#draft, text, tried: text };
    this.#draft = draft;
    this.#keep(draft);
    const answer = await post(this.#url("say"), {
      clientId: draft.clientId, text, note: kind === "note", seen: this.#seen, handover: Number(this.#attr("handover")) || null, quote: kind === "reply" ? this.#quoted()?.id ?? null : null,
      files: draft.files.map(file => file.file),
    });
    this.#sending = false;
    if (shown === this.#shown && kind === this.#kind) this.#ended(answer, text);
    else if (answer.status === 200) drafts.write(shown.split("/")[0], shown.slice(shown.indexOf("/") + 1), kind, null);
    this.#update();
  }

  /** @param {{ status: number, body: any }} answer @param {string} text */
  #ended(answer, text) {
    if (answer.status === 200) {
      this.#missed(null);
      // What was typed while it was on its way stays.
      const rest = this.#parts.text.value === text ? "" : this.#parts.text.value;
      this.#draft = { text: rest, clientId: crypto.randomUUID(), tried: null, files: [] };
      this.#keep(rest ? this.#draft : null);
      this.#parts.text.value = rest;
      if (this.#quoted()) this.#unquote();
      this.#grow();
      this.#parts.text.focus();
      return;
    }
    if (answer.status === 409 && answer.body.missed) {
      this.#seen = Math.max(this.#seen, Number(answer.body.seq ?? 0));
      this.#missed(answer.body.missed);
      return;
    }
    if (answer.status === 401) {
      location.assign(`/desk/sign-in?return=${encodeURIComponent(location.pathname)}`);
      return;
    }
    this.#trouble = answer.status === 0 ? say("SendUnknown") : answer.body.why ?? say("SendFailed");
  }

  /** What came in meanwhile: the words are kept and can be sent once these were read. @param {{ who: string, text: string }[] | null} lines */
  #missed(lines) {
    const box = this.#parts.missed;
    box.hidden = !lines?.length;
    box.replaceChildren();
    if (!lines?.length) return;
    const head = document.createElement("strong");
    head.textContent = say("Missed");
    const list = document.createElement("ul");
    for (const line of lines) {
      const item = document.createElement("li");
      item.textContent = `${line.who}: ${line.text}`;
      list.append(item);
    }
    box.append(head, list);
  }
}
customElements.define("desk-composer", Composer);

document.addEventListener("click", event => {
  const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
  if (button) /** @type {any} */ (document.querySelector("desk-composer"))?.insert(button.getAttribute("data-insert"));
});
