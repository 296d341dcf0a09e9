// The panel that offers to bring answers elsewhere: by a code for another app, or by e-mail. It asks the desk and keeps nothing itself.

import { el, icon, outline } from './dom.js';
import { link } from './markdown.js';

/**
 * @typedef {{ id: number, label: string }} Place
 * @typedef {{ places: Place[], app: string | null, mail: boolean }} Offered
 * @typedef {{ code: string, say: string, link: string | null, qr: { size: number, path: string } | null, minutes: number }} Code
 */

export class Returns {
  /** @type {Offered} */
  #offered = { places: [], app: null, mail: false };

  /**
   * @param {import('./directline.js').DirectLine} line
   * @param {import('./bubbles.js').Words} words
   * @param {() => string} language
   */
  constructor(line, words, language) {
    this.line = line;
    this.words = words;
    this.language = language;
    this.heading = el('h2', { id: 'return-title' });
    this.here = el('p');
    this.places = el('ul', { class: 'places' });
    this.ways = el('div', { class: 'ways' });
    this.trouble = el('p', { class: 'trouble', role: 'alert' });
    this.closeButton = el('button', { type: 'button', class: 'close', click: () => this.element.close() }, icon('close'));
    this.element = el('dialog', { class: 'returns', 'aria-labelledby': 'return-title' },
      el('header', {}, this.heading, this.closeButton), this.here, this.places, this.ways, this.trouble);
    // Pressed beside the panel.
    this.element.addEventListener('click', event => event.target === this.element && this.element.close());
    // The code was said elsewhere: the conversation hears of it, and the list with it.
    line.addEventListener('activities', () => this.element.open && void this.#learn());
  }

  async open() {
    this.heading.textContent = this.words('return_title');
    this.here.textContent = this.words('return_here');
    this.closeButton.setAttribute('aria-label', this.words('close'));
    this.trouble.textContent = '';
    this.ways.replaceChildren();
    if (!this.element.open) this.element.showModal();
    await this.#learn();
    const { app, mail } = this.#offered;
    if (app) this.ways.append(this.#way('chat', this.words('return_app', { app }), way => this.#askCode(way, app)));
    if (mail) this.ways.append(this.#way('mail', this.words('return_mail'), way => this.#askAddress(way)));
  }

  /** Where answers go now. */
  async #learn() {
    const { ok, status, answer } = await this.line.ask('GET', '/return');
    if (!ok) return this.#fail(status);
    const before = this.#offered.places.length;
    this.#offered = answer;
    if (answer.places.length > before) this.ways.querySelectorAll('.way').forEach(way => way.classList.contains('open') && this.#fold(/** @type {HTMLElement} */ (way)));
    this.places.replaceChildren(...answer.places.map((/** @type {Place} */ place) => el('li', {}, icon('check'), el('span', {}, this.words('return_active', { where: place.label })),
      el('button', { type: 'button', click: () => this.#stop(place.id) }, this.words('return_stop')))));
  }

  /**
   * One way, folded until it is chosen.
   * @param {'chat' | 'mail'} shape
   * @param {string} title
   * @param {(way: HTMLElement) => Promise<void> | void} choose
   */
  #way(shape, title, choose) {
    const body = el('div', { class: 'body' });
    const way = el('section', { class: 'way' }, el('h3', {}, el('button', { type: 'button', 'aria-expanded': 'false', click: () => (way.classList.contains('open') ? this.#fold(way) : this.#unfold(way, choose)) }, icon(shape), title, icon('down'))), body);
    return way;
  }

  /** @param {HTMLElement} way */
  #fold(way) {
    way.classList.remove('open');
    way.querySelector('h3 button')?.setAttribute('aria-expanded', 'false');
    way.querySelector('.body')?.replaceChildren();
  }

  /**
   * @param {HTMLElement} way
   * @param {(way: HTMLElement) => Promise<void> | void} choose
   */
  #unfold(way, choose) {
    this.trouble.textContent = '';
    way.classList.add('open');
    way.querySelector('h3 button')?.setAttribute('aria-expanded', 'true');
    return choose(way);
  }

  /**
   * @param {HTMLElement} way
   * @param {string} app
   */
  async #askCode(way, app) {
    const { ok, status, answer } = await this.line.ask('POST', '/return/code', { words: this.words('return_say') });
    if (!ok) return this.#fail(status);
    const made = /** @type {Code} */ (answer);
    /** @type {HTMLElement[]} */
    const parts = [
      el('p', {}, this.words('return_app_how', { app, minutes: String(made.minutes) })),
      el('p', { class: 'code' }, el('span', { class: 'label' }, this.words('return_code')), el('strong', {}, made.code)),
    ];
    if (made.link) {
      const open = link(made.link, this.words('return_app_open', { app }));
      open.className = 'go';
      open.append(icon('out'));
      parts.push(el('p', {}, open));
    }
    if (made.qr) {
      const picture = outline(made.qr.path, made.qr.size);
      picture.setAttribute('role', 'img');
      picture.setAttribute('aria-label', this.words('return_qr', { app }));
      parts.push(el('figure', { class: 'qr' }, picture, el('figcaption', {}, this.words('return_qr', { app }))));
    }
    parts.push(el('p', {}, el('button', { type: 'button', class: 'second', click: () => this.#askCode(way, app) }, this.words('return_new_code'))));
    way.querySelector('.body')?.replaceChildren(...parts);
  }

  /** @param {HTMLElement} way */
  #askAddress(way) {
    const field = this.#field('return-address', 'return_mail_address', { type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254 });
    const send = async () => {
      const { ok, status } = await this.line.ask('POST', '/return/mail', { address: field.value, language: this.language() });
      if (!ok) return this.#fail(status, 'return_bad_address');
      this.#askConfirmation(way, field.value);
    };
    this.#form(way, el('p', {}, this.words('return_mail_how')), 'return_mail_address', field, 'return_mail_send', send);
  }

  /**
   * @param {HTMLElement} way
   * @param {string} where
   */
  #askConfirmation(way, where) {
    const field = this.#field('return-code', 'return_mail_code', { autocomplete: 'one-time-code', autocapitalize: 'characters', spellcheck: 'false', maxlength: 20 });
    const confirm = async () => {
      const { ok, status } = await this.line.ask('POST', '/return/mail/confirm', { code: field.value, language: this.language() });
      if (!ok) return this.#fail(status, 'return_bad_code');
      await this.#learn();
      this.#fold(way);
    };
    this.#form(way, el('p', { role: 'status' }, this.words('return_mail_sent', { where })), 'return_mail_code', field, 'return_confirm', confirm);
  }

  /**
   * @param {string} id
   * @param {string} label
   * @param {Record<string, string | number>} attributes
   */
  #field(id, label, attributes) {
    return el('input', { id, required: true, 'aria-label': this.words(label), ...attributes });
  }

  /**
   * @param {HTMLElement} way
   * @param {HTMLElement} words
   * @param {string} label
   * @param {HTMLInputElement} field
   * @param {string} button
   * @param {() => Promise<void>} send
   */
  #form(way, words, label, field, button, send) {
    const submit = el('button', { class: 'go' }, this.words(button));
    const form = el('form', { novalidate: true, submit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (submit.disabled || field.value.trim() === '') return;
      this.trouble.textContent = '';
      submit.disabled = true;
      await send();
      submit.disabled = false;
    } }, words, el('label', { for: field.id }, this.words(label)), field, submit);
    way.querySelector('.body')?.replaceChildren(form);
    field.focus();
  }

  /** @param {number} id */
  async #stop(id) {
    const { ok, status } = await this.line.ask('POST', '/return/stop', { id });
    if (!ok) return this.#fail(status);
    await this.#learn();
  }

  /**
   * @param {number} status
   * @param {string} [wrong] what 400 means here
   */
  #fail(status, wrong = 'return_failed') {
    this.trouble.textContent = this.words(status === 429 ? 'return_too_often' : status === 400 ? wrong : 'return_failed');
  }
}
