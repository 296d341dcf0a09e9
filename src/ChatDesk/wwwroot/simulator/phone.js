// One person's phone: the chat as LINE would show it, made from the entries of the log.

import { el, icon } from '../chat/dom.js';
import { drawAction, drawMessage } from './flex.js';
import { words } from './words.js';

/** @typedef {{ type?: string, [key: string]: any }} Entry */

export class Phone {
  /** Own messages by LINE's id. @type {Map<string, HTMLElement>} */
  #own = new Map();
  #friend = false;
  #blocked = false;
  /** @type {string | null} */
  lastOwn = null;
  unread = 0;

  /**
   * @param {{ letter: string, name: string }} person
   * @param {{ name: string, menu: { label: string, text: string }[] }} account
   * @param {(act: Record<string, unknown>) => void} act
   */
  constructor(person, account, act) {
    this.person = person;
    this.account = account;
    this.act = act;
    this.talk = el('div', { class: 'talk', role: 'log', tabindex: 0, 'aria-label': words.chat });
    this.quick = el('div', { class: 'quick', role: 'group', 'aria-label': words.quick, hidden: true });
    this.box = el('input', { type: 'text', 'aria-label': words.write, autocomplete: 'off', maxlength: 5000 });
    this.menu = el('div', { class: 'richmenu', hidden: true }, ...account.menu.map(entry => el('button', { type: 'button', click: () => this.#say(entry.text) }, entry.label)));
    this.menuButton = el('button', { type: 'button', class: 'menubar', 'aria-expanded': 'false', hidden: true, click: () => this.#showMenu(this.menu.hidden === true) }, words.menu);
    this.bar = el('form', { class: 'write', submit: (/** @type {Event} */ e) => this.#submit(e) },
      this.#tool('image', words.image, { do: 'image' }, '🖼'), this.#tool('location', words.location, { do: 'location', latitude: 16.4419, longitude: 102.836, title: words.locationTitle, text: words.locationAddress }, '📍'),
      this.#tool('sticker', words.sticker, { do: 'sticker' }, '😊'), this.box, el('button', { class: 'go', 'aria-label': words.send }, icon('send')));
    this.card = el('div', { class: 'friend' });
    this.element = el('section', { class: 'phone', 'aria-label': `${words.people} ${person.letter}` },
      el('div', { class: 'account' }, el('span', { class: 'shield', 'aria-hidden': 'true' }, '★'), el('h2', {}, account.name)),
      this.talk, this.quick, this.card, this.bar, this.menu, this.menuButton);
    this.#show();
  }

  /** @param {Entry} entry */
  take(entry) {
    if (entry.kind === 'said' && entry.user === this.person.letter) this.#said(entry);
    if (entry.kind === 'call' && entry.seenBy?.includes(this.person.letter)) this.#heard(entry);
    if (entry.kind === 'call' && entry.endpoint === 'loading' && entry.to?.includes(this.person.letter)) this.#typing();
  }

  focus() {
    this.talk.scrollTop = this.talk.scrollHeight;
    this.unread = 0;
  }

  /** @param {Entry} entry */
  #said(entry) {
    if (entry.do === 'follow' || entry.do === 'unfollow') {
      [this.#friend, this.#blocked] = [entry.do === 'follow', entry.do === 'unfollow'];
      this.#add(el('p', { class: 'system' }, entry.do === 'follow' ? words.friendAdded : words.blockedHere));
      this.#show();
    }
    if (entry.do === 'unsend') this.#own.get(entry.messageId)?.replaceChildren(el('p', { class: 'system' }, words.unsent));
    if (!entry.message) return;
    this.quick.hidden = true;
    const line = el('div', { class: 'mine' }, el('time', {}, clock(entry.at)), drawMessage(entry.message, () => {}));
    if (entry.messageId) {
      this.#own.set(entry.messageId, line);
      this.lastOwn = entry.messageId;
    }
    this.#add(line);
  }

  /** @param {Entry} entry */
  #heard(entry) {
    this.talk.querySelector('.dots')?.remove();
    for (const message of entry.messages ?? []) {
      const name = message.sender?.name;
      this.#add(el('div', { class: 'theirs' }, el('span', { class: 'face', 'aria-hidden': 'true' }, name ? name.slice(0, 1) : '★'),
        el('div', { class: 'said' }, name ? el('p', { class: 'sender' }, String(name)) : null, drawMessage(message, a => this.#tap(a))), el('time', {}, clock(entry.at))));
    }
    const items = entry.messages?.at(-1)?.quickReply?.items ?? [];
    this.quick.replaceChildren(...items.map((/** @type {any} */ i) => drawAction(i.action ?? {}, a => this.#tap(a), 'chip')).filter(Boolean));
    this.quick.hidden = items.length === 0;
    this.unread += 1;
    this.focusEnd();
  }

  /**
   * Puts words into the box, as LINE does when a link brings them; sending them is for the person.
   * @param {string} text
   */
  prepare(text) {
    if (text === '') return;
    this.box.value = text;
    this.box.focus();
  }

  #typing() {
    this.talk.querySelector('.dots')?.remove();
    this.#add(el('div', { class: 'theirs dots' }, el('span', { class: 'face', 'aria-hidden': 'true' }, '★'), el('div', { class: 'bubble' }, '…')));
  }

  /** @param {any} action */
  #tap(action) {
    this.quick.hidden = true;
    if (action.type === 'message') this.#say(String(action.text ?? action.label ?? ''));
    else if (action.type === 'postback') this.act({ do: 'postback', data: action.data, displayText: action.displayText ?? action.text });
    else if (action.type === 'location') this.act({ do: 'location', latitude: 16.4419, longitude: 102.836, title: words.locationTitle, text: words.locationAddress });
    else if (action.type === 'camera' || action.type === 'cameraRoll') this.act({ do: 'image' });
  }

  /** @param {string} text */
  #say(text) {
    this.act({ do: 'text', text });
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (text !== '') this.#say(text);
    this.box.value = '';
  }

  /** @param {boolean} open */
  #showMenu(open) {
    this.menu.hidden = !open;
    this.menuButton.setAttribute('aria-expanded', String(open));
    this.menuButton.textContent = open ? words.closeMenu : words.menu;
    this.focusEnd();
  }

  #show() {
    const usable = this.#friend;
    [this.bar.hidden, this.menuButton.hidden, this.card.hidden] = [!usable, !usable, usable];
    if (!usable) this.quick.hidden = true;
    this.#showMenu(usable);
    this.card.replaceChildren(el('p', {}, this.#blocked ? words.blocked : words.addFriendLead),
      el('button', { type: 'button', click: () => this.act({ do: 'follow' }) }, this.#blocked ? words.unblock : words.addFriend));
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {Record<string, unknown>} act
   * @param {string} face
   */
  #tool(name, label, act, face) {
    return el('button', { type: 'button', class: `tool ${name}`, 'aria-label': label, title: label, click: () => this.act(act) }, el('span', { 'aria-hidden': 'true' }, face));
  }

  /** @param {HTMLElement} element */
  #add(element) {
    this.talk.append(element);
    this.focusEnd();
  }

  focusEnd() {
    this.talk.scrollTop = this.talk.scrollHeight;
  }
}

/** @param {number} at milliseconds since 1970 */
function clock(at) {
  return new Intl.DateTimeFormat('th-TH', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}
