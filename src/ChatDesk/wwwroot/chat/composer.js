// The place where the contact writes. It owns its text, keeps it over a reload, and raises "say", "files" and "place".

import { el, icon } from './dom.js';
import { hideIdentity, holdsIdentity } from './identity.js';

const most = 2_000;
const mostFileBytes = 10 * 1024 * 1024;

export class Composer extends EventTarget {
  /** @type {HTMLTextAreaElement} */
  #box;
  #count;
  #warning;
  #picker;
  #sendButton;

  /**
   * @param {import('./bubbles.js').Words} words
   * @param {import('./storage.js').Shelf} shelf
   */
  constructor(words, shelf) {
    super();
    this.words = words;
    this.shelf = shelf;
    this.#box = el('textarea', { id: 'chatdesk-write', rows: 1, enterkeyhint: 'send', autocomplete: 'off', input: () => this.#typed(), keydown: (/** @type {KeyboardEvent} */ e) => this.#key(e), paste: (/** @type {ClipboardEvent} */ e) => this.#paste(e) });
    this.#count = el('p', { class: 'count', id: 'chatdesk-count' });
    this.#warning = el('div', { class: 'warning', role: 'alert', hidden: true });
    this.#picker = el('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, change: () => this.#picked() });
    this.attach = el('button', { type: 'button', class: 'tool', click: () => this.#picker.click() }, icon('attach'));
    this.place = el('button', { type: 'button', class: 'tool', click: () => this.#askPlace() }, icon('place'));
    this.#sendButton = el('button', { class: 'send' }, icon('send'), el('span', {}));
    this.label = el('label', { for: 'chatdesk-write', class: 'unseen' });
    this.element = el('form', { class: 'composer', submit: (/** @type {Event} */ e) => this.#submit(e) },
      this.#warning, this.attach, this.place, this.label, this.#box, this.#sendButton, this.#count, this.#picker);
    this.#box.value = shelf.get('draft') ?? '';
    this.relabel();
  }

  /** Writes its labels in the language of the page. */
  relabel() {
    this.label.textContent = this.words('write');
    this.#box.placeholder = this.words('placeholder');
    this.#picker.setAttribute('aria-label', this.words('attach'));
    for (const [button, name] of /** @type {[HTMLButtonElement, string][]} */ ([[this.attach, 'attach'], [this.place, 'place'], [this.#sendButton, 'send']])) {
      button.setAttribute('aria-label', this.words(name));
      button.title = this.words(name);
    }
    const written = this.#sendButton.querySelector('span');
    if (written) written.textContent = this.words('send');
    this.#measure();
  }

  focus() {
    this.#box.focus({ preventScroll: true });
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.#box.value.trim();
    if (text === '') return this.focus();
    if (text.length > most) return this.#warn(this.words('too_long'), []);
    if (!holdsIdentity(text)) return this.#say(text);
    this.#warn(this.words('identity_seen'), [
      el('button', { type: 'button', click: () => this.#say(hideIdentity(text)) }, this.words('identity_hide')),
      el('button', { type: 'button', click: () => this.#warn('', []) }, this.words('identity_edit')),
    ]);
  }

  /** @param {string} text */
  #say(text) {
    this.#warn('', []);
    this.#box.value = '';
    this.#typed();
    this.dispatchEvent(new CustomEvent('say', { detail: text }));
    this.focus();
  }

  #typed() {
    this.shelf.set('draft', this.#box.value === '' ? null : this.#box.value);
    this.#measure();
    if (this.#box.value !== '') this.dispatchEvent(new Event('typing'));
  }

  #measure() {
    this.#box.style.height = 'auto';
    this.#box.style.height = `${Math.min(this.#box.scrollHeight + 2, 160)}px`;
    const left = most - this.#box.value.length;
    this.#count.textContent = left <= most * 0.2 ? this.words('left', { count: String(left) }) : '';
    this.#count.classList.toggle('bad', left < 0);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // A Thai or other input method may still be composing: that Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#give(files);
  }

  #picked() {
    this.#give([...(this.#picker.files ?? [])]);
    this.#picker.value = '';
  }

  /** @param {File[]} files */
  #give(files) {
    const fitting = files.filter(f => f.size <= mostFileBytes);
    this.#warn(fitting.length < files.length ? this.words('file_too_large', { count: String(mostFileBytes / 1024 / 1024) }) : '', []);
    for (const file of fitting) this.dispatchEvent(new CustomEvent('file', { detail: file }));
  }

  #askPlace() {
    if (!('geolocation' in navigator)) return this.#warn(this.words('place_refused'), []);
    this.#warn(this.words('place_asking'), []);
    navigator.geolocation.getCurrentPosition(
      position => {
        this.#warn('', []);
        this.dispatchEvent(new CustomEvent('place', { detail: { latitude: position.coords.latitude, longitude: position.coords.longitude } }));
      },
      () => this.#warn(this.words('place_refused'), []),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  }

  /**
   * @param {string} text empty takes the warning away
   * @param {HTMLElement[]} buttons
   */
  #warn(text, buttons) {
    this.#warning.hidden = text === '';
    this.#warning.replaceChildren(...(text === '' ? [] : [el('p', {}, icon('alert'), text), ...buttons]));
    buttons[0]?.focus();
  }
}
