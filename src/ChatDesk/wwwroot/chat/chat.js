// <chatdesk-chat agency="demo">: the whole conversation as one element. Its words come with the page, from the agency's dialogs/ folder.

import { Composer } from './composer.js';
import { DirectLine } from './directline.js';
import { el, icon } from './dom.js';
import { Log } from './log.js';
import { Outbox } from './outbox.js';
import { browserShelf, tabShelf } from './storage.js';

/** @typedef {import('./directline.js').CardAction} CardAction */

const typingEvery = 3_000;
const themes = /** @type {const} */ (['system', 'light', 'dark']);
const bannerAfter = 1_500;

class ChatDeskChat extends HTMLElement {
  #language = document.documentElement.lang === 'en' ? 'en' : 'th';
  /** @type {Record<string, Record<string, string>>} */
  #all = {};
  #browser = browserShelf();
  #typedAt = 0;
  #bannerTimer = 0;
  #wasAway = false;
  /** @type {import('./returns.js').Returns | null} */
  returns = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const agency = this.getAttribute('agency') ?? '';
    const embedded = this.hasAttribute('embedded');
    const shelf = tabShelf(agency);
    this.#all = JSON.parse(document.getElementById('chatdesk-words')?.textContent ?? '{}');
    this.line = new DirectLine({ agency, embedded, locale: () => this.#language, shelf });
    this.outbox = new Outbox(this.line, shelf);
    this.composer = new Composer(this.words, shelf);
    this.log = new Log({ words: this.words, tap: action => this.#tap(action), retry: id => this.outbox?.retry(id), language: () => this.#language, follow: () => void this.#openReturns(),
      read: { get: () => this.#browser.get(`read.${agency}`), set: id => this.#browser.set(`read.${agency}`, id) } });
    this.banner = el('p', { class: 'banner', role: 'status' });
    this.append(this.#header(embedded), el('p', { class: 'notice' }, icon('lock'), el('span', { 'data-words': 'notice' })), this.log.element, this.banner, this.composer.element);
    this.#relabel();
    this.#wire();
    void this.line.start();
    if (matchMedia('(min-width: 48rem)').matches && !embedded) this.composer.focus();
  }

  disconnectedCallback() {
    this.line?.stop();
  }

  /** @type {import('./bubbles.js').Words} */
  words = (name, values = {}) => {
    const text = this.#all[this.#language]?.[name] ?? name;
    return text.replaceAll(/\{(\w+)\}/gu, (whole, key) => values[key] ?? whole);
  };

  /** @param {boolean} embedded */
  #header(embedded) {
    this.languageButton = el('button', { type: 'button', class: 'language', click: () => this.#switchLanguage() });
    this.themeButton = el('button', { type: 'button', class: 'theme', click: () => this.#switchTheme() });
    this.returnButton = el('button', { type: 'button', class: 'follow', 'data-label': 'return_open', click: () => this.#openReturns() }, icon('bell'));
    return el('header', { class: 'bar' },
      el('span', { class: 'emblem' }, icon('chat')),
      el('h1', {}, el('span', { 'data-words': 'title' }), ' ', el('small', { class: 'tag', 'data-words': 'automatic' })),
      this.returnButton, this.languageButton, this.themeButton,
      embedded && el('button', { type: 'button', class: 'close', 'data-label': 'close', click: () => this.#leave() }, icon('close')));
  }

  #wire() {
    const { line, outbox, composer, log } = this;
    if (!line || !outbox || !composer || !log) return;
    for (const item of outbox.items) log.addOwn(item);
    line.addEventListener('activities', event => {
      log.take(/** @type {CustomEvent} */ (event).detail, id => outbox.confirm(id));
      if (log.heard && this.banner?.dataset.words === 'preparing') this.#banner('', '');
    });
    line.addEventListener('caughtup', () => (log.settle(), void outbox.flush()));
    line.addEventListener('replaced', () => log.startAnew());
    line.addEventListener('standing', () => this.#showStanding());
    outbox.addEventListener('fate', event => log.showFate(/** @type {CustomEvent} */ (event).detail));
    composer.addEventListener('say', event => this.#send({ type: 'message', text: /** @type {CustomEvent} */ (event).detail }));
    composer.addEventListener('file', event => this.#sendFile(/** @type {CustomEvent} */ (event).detail));
    composer.addEventListener('place', event => this.#sendPlace(/** @type {CustomEvent} */ (event).detail));
    composer.addEventListener('typing', () => this.#sayTyping());
    addEventListener('keydown', event => event.key === 'Escape' && this.#leave());
    addEventListener('message', event => event.source === parent && event.data === 'chatdesk:opened' && composer.focus());
    this.#showStanding();
  }

  /**
   * @param {import('./directline.js').Activity} activity
   * @param {File[]} [files]
   */
  #send(activity, files) {
    const item = this.outbox?.add({ ...activity, locale: this.#language }, files);
    if (item) this.log?.addOwn(item);
  }

  /** @param {File} file */
  #sendFile(file) {
    this.#send({ type: 'message', text: '', attachments: [{ contentType: file.type, name: file.name, contentUrl: URL.createObjectURL(file) }] }, [file]);
  }

  /** @param {{ latitude: number, longitude: number }} at */
  #sendPlace(at) {
    this.#send({ type: 'message', text: '', entities: [{ type: 'Place', name: this.words('place_sent'), geo: { type: 'GeoCoordinates', ...at } }] });
  }

  /** @param {CardAction} action */
  #tap(action) {
    const value = typeof action.value === 'string' ? action.value : '';
    if (action.type === 'postBack') this.#send({ type: 'message', text: value, channelData: { postBack: true } });
    else if (action.type === 'messageBack') this.#send({ type: 'message', text: action.displayText || action.text || action.title || '', value: action.value });
    else this.#send({ type: 'message', text: value || action.title || '' });
    // The button that had the focus is gone; whoever works by keyboard goes on in the box.
    if (matchMedia('(hover: hover)').matches) this.composer?.focus();
  }

  /** Where else the answers go: asked for rarely, so fetched when it is. */
  async #openReturns() {
    if (!this.line) return;
    const { Returns } = await import('./returns.js');
    this.returns ??= new Returns(this.line, this.words, () => this.#language);
    if (!this.returns.element.isConnected) this.append(this.returns.element);
    await this.returns.open();
  }

  #sayTyping() {
    if (!this.log?.withOfficer || this.line?.standing !== 'online' || Date.now() - this.#typedAt < typingEvery) return;
    this.#typedAt = Date.now();
    void this.line.post({ type: 'typing' });
  }

  #showStanding() {
    clearTimeout(this.#bannerTimer);
    const standing = this.line?.standing ?? 'starting';
    if (standing === 'online') {
      this.#banner(this.#wasAway ? 'online' : '', 'good');
      // A desk that has just started still reads its articles.
      this.#bannerTimer = setTimeout(() => this.#banner(this.log?.heard ? '' : 'preparing', 'good'), this.#wasAway ? 3_000 : 2 * bannerAfter);
      this.#wasAway = false;
      return;
    }
    // A short gap is nobody's business; one that lasts is said.
    this.#bannerTimer = setTimeout(() => {
      this.#wasAway = standing !== 'starting';
      this.#banner(standing === 'starting' ? (this.log?.isEmpty ? 'starting' : 'cannot_start') : standing, 'bad');
    }, standing === 'offline' ? 0 : bannerAfter);
  }

  /**
   * @param {string} name empty hides it
   * @param {string} kind
   */
  #banner(name, kind) {
    if (!this.banner) return;
    this.banner.className = `banner ${name ? kind : ''}`;
    this.banner.dataset.words = name;
    this.banner.textContent = name ? this.words(name) : '';
  }

  #switchLanguage() {
    const said = this.words('other_language_say');
    this.#language = this.#language === 'th' ? 'en' : 'th';
    this.#browser.set('language', this.#language);
    this.#relabel();
    // Said aloud, as the contact's own message: the desk then answers in that language, and both can see why.
    this.#send({ type: 'message', text: said });
  }

  #switchTheme() {
    const next = themes[(themes.indexOf(/** @type {any} */ (document.documentElement.dataset.theme)) + 1) % themes.length] ?? 'system';
    document.documentElement.dataset.theme = next;
    this.#browser.set('theme', next);
    this.#labelTheme();
  }

  #labelTheme() {
    const theme = /** @type {typeof themes[number]} */ (document.documentElement.dataset.theme ?? 'system');
    const label = `${this.words('theme')}: ${this.words(`theme_${theme}`)}`;
    this.themeButton?.replaceChildren(icon(theme));
    this.themeButton?.setAttribute('aria-label', label);
    this.themeButton?.setAttribute('title', label);
  }

  #relabel() {
    document.documentElement.lang = this.#language;
    document.title = this.words('title');
    for (const element of document.querySelectorAll('[data-words]')) element.textContent = /** @type {HTMLElement} */ (element).dataset.words ? this.words(/** @type {HTMLElement} */ (element).dataset.words ?? '') : '';
    for (const element of this.querySelectorAll('[data-label]')) for (const name of ['aria-label', 'title']) element.setAttribute(name, this.words(/** @type {HTMLElement} */ (element).dataset.label ?? ''));
    if (this.languageButton) {
      this.languageButton.textContent = this.words('other_language');
      this.languageButton.lang = this.#language === 'th' ? 'en' : 'th';
    }
    this.#labelTheme();
    this.composer?.relabel();
    this.log?.relabel();
  }

  /** Inside another page's frame: asks that page to put the chat away. */
  #leave() {
    if (this.hasAttribute('embedded') && parent !== window) parent.postMessage('chatdesk:close', '*');
  }
}

customElements.define('chatdesk-chat', ChatDeskChat);
