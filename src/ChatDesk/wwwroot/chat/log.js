// The conversation as it is read: messages in order, each once, with who spoke and how it fared.

import { draw, drawChoices } from './bubbles.js';
import { el, icon } from './dom.js';

/**
 * @typedef {import('./directline.js').Activity} Activity
 * @typedef {import('./outbox.js').Outgoing} Outgoing
 * @typedef {import('./bubbles.js').Scene & { retry: (clientId: string) => void, language: () => string, follow: () => void, read: { get: () => string | null, set: (id: string) => void } }} Setting
 */

const typingLasts = 5_500;

export class Log {
  /** Ids of activities already shown: the desk may send one twice. @type {Set<string>} */
  #seen = new Set();
  /** Own messages on the page by our id. @type {Map<string, HTMLElement>} */
  #own = new Map();
  #speaker = '';
  #day = '';
  /** @type {HTMLElement | null} */
  #choices = null;
  /** Stands under the newest words that promise an answer. @type {HTMLElement | null} */
  #offer = null;
  /** @type {HTMLElement | null} */
  #typing = null;
  #typingTimer = 0;
  #unread = 0;
  /** What the contact said last: an answer longer than the window is shown from there, not from its end. @type {HTMLElement | null} */
  #turn = null;
  #following = true;
  /** Of the newest message on the page. */
  #newest = '';
  /** How far the contact had read when they left; empty once what came after it is marked. @type {string | null} */
  #readBefore = null;
  #pastRead = false;
  withOfficer = false;
  /** Whether the desk has said anything yet. */
  heard = false;

  /** @param {Setting} setting */
  constructor(setting) {
    this.setting = setting;
    this.list = el('div', { class: 'list', role: 'log', 'aria-live': 'off', tabindex: 0, scroll: () => this.#scrolled() });
    this.pill = el('button', { type: 'button', class: 'pill', hidden: true, click: () => this.#toEnd() });
    this.element = el('div', { class: 'frame' }, this.list, this.pill);
    this.#readBefore = setting.read.get();
    addEventListener('focus', () => this.#read());
    document.addEventListener('visibilitychange', () => this.#remember());
    addEventListener('resize', () => this.#following && this.#follow());
  }

  get isEmpty() {
    return this.list.childElementCount === 0;
  }

  relabel() {
    this.list.setAttribute('aria-label', this.setting.words('log'));
    this.pill.replaceChildren(icon('down'), this.setting.words('new_messages'));
  }

  /** What was said before has been read; from now on a screen reader speaks what comes. */
  settle() {
    this.#readBefore = null;
    requestAnimationFrame(() => this.list.setAttribute('aria-live', 'polite'));
  }

  /**
   * @param {Activity[]} activities
   * @param {(clientId: unknown) => void} confirm
   */
  take(activities, confirm) {
    for (const activity of activities) {
      if (activity.id && this.#seen.has(activity.id)) continue;
      if (activity.id) this.#seen.add(activity.id);
      if (activity.type === 'typing' && activity.from?.role !== 'user') this.#showTyping(activity);
      if (activity.type !== 'message') continue;
      if (this.#pastRead && activity.from?.role !== 'user') this.#markNew();
      if (activity.from?.role === 'user') this.#takeOwn(activity, confirm);
      else (this.heard = true, this.#takeTheirs(activity));
      this.#pastRead ||= this.#readBefore !== null && activity.id === this.#readBefore;
      this.#newest = activity.id ?? this.#newest;
    }
    this.#remember();
  }

  /** Somebody comes back: what was said while they were away begins here. */
  #markNew() {
    this.#pastRead = false;
    if (this.#readBefore === null) return;
    this.#readBefore = null;
    this.#append(el('p', { class: 'event new', 'data-words': 'unread' }, this.setting.words('unread')), true);
  }

  /** Only what can be seen has been read. */
  #remember() {
    if (this.#newest && document.visibilityState === 'visible') this.setting.read.set(this.#newest);
  }

  /**
   * Shows a message of the contact's at once, before the desk has it.
   * @param {Outgoing} item
   */
  addOwn(item) {
    if (this.#own.has(item.clientId)) return;
    const message = this.#message(item.activity, 'you');
    if (!message) return;
    this.#own.set(item.clientId, message);
    this.#append(message, true);
    this.showFate(item);
  }

  /** @param {Outgoing} item */
  showFate(item) {
    const message = this.#own.get(item.clientId);
    const fate = message?.querySelector('.fate');
    if (!message || !fate) return;
    message.dataset.fate = item.fate;
    const { words, retry } = this.setting;
    fate.replaceChildren(
      item.fate === 'sent' ? icon('check') : icon(item.fate === 'failed' ? 'alert' : 'clock'),
      el('span', { class: item.fate === 'sent' ? 'unseen' : '' }, words(item.fate)),
    );
    if (item.fate === 'failed') fate.append(' · ', el('button', { type: 'button', click: () => retry(item.clientId) }, words('retry')));
  }

  /** Another conversation begins: the old one's ids mean nothing in it. What was said stays readable. */
  startAnew() {
    this.#dropChoices();
    this.#speaker = '';
    this.#append(el('p', { class: 'event' }, this.setting.words('started_new')), true);
  }

  /**
   * @param {Activity} activity
   * @param {(clientId: unknown) => void} confirm
   */
  #takeOwn(activity, confirm) {
    const clientId = activity.channelData?.clientActivityID;
    confirm(clientId);
    const known = this.#own.get(clientId);
    if (known) return this.#settleOwn(known, activity);
    const message = this.#message(activity, 'you');
    if (!message) return;
    if (clientId) this.#own.set(clientId, message);
    message.dataset.fate = 'sent';
    this.#append(message, true);
  }

  /**
   * The desk's version of an own message replaces ours: numbers may be hidden in it, and files lie where they can be opened again.
   * @param {HTMLElement} message
   * @param {Activity} activity
   */
  #settleOwn(message, activity) {
    const parts = draw(activity, this.setting);
    // A picture that is already on the page stays: loading it again would only make it flicker.
    if (parts.length > 0 && !message.querySelector('.picture')) message.querySelector('.parts')?.replaceChildren(...parts);
  }

  /** @param {Activity} activity */
  #takeTheirs(activity) {
    this.#hideTyping();
    const officer = activity.channelData?.speaker === 'officer';
    const speaker = officer ? activity.from?.name || this.setting.words('officer') : 'bot';
    const message = this.#message(activity, officer ? 'officer' : 'bot', officer ? speaker : undefined);
    if (message) {
      this.#tellSpeaker(speaker, officer);
      this.#append(message, false);
      this.#notice();
      if (activity.channelData?.answerFollows) this.#offerReturn();
    }
    const actions = activity.suggestedActions?.actions ?? [];
    if (actions.length === 0) return;
    this.#choices = drawChoices(actions, this.setting);
    this.#append(this.#choices, false, true);
  }

  /** The answer comes later: nobody needs to sit here and wait for it. */
  #offerReturn() {
    this.#offer?.remove();
    const { words, follow } = this.setting;
    this.#offer = el('div', { class: 'offer' }, icon('bell'), el('p', { 'data-words': 'return_offer' }, words('return_offer')), el('button', { type: 'button', click: follow, 'data-words': 'return_open' }, words('return_open')));
    this.#append(this.#offer, false);
  }

  /**
   * @param {string} speaker
   * @param {boolean} officer
   */
  #tellSpeaker(speaker, officer) {
    if (speaker === this.#speaker) return;
    if (officer) this.#append(el('p', { class: 'event' }, this.setting.words('officer_here', { name: speaker })), false);
    else if (this.withOfficer) this.#append(el('p', { class: 'event' }, this.setting.words('bot_again')), false);
    [this.#speaker, this.withOfficer] = [speaker, officer];
  }

  /**
   * @param {Activity} activity
   * @param {'you' | 'bot' | 'officer'} who
   * @param {string} [name] of an officer
   */
  #message(activity, who, name) {
    if (activity.channelData?.postBack) return null;
    const parts = draw(activity, this.setting);
    if (parts.length === 0) return null;
    const at = activity.timestamp ? new Date(activity.timestamp) : new Date();
    return el('article', { class: `message ${who}`, 'data-day': dayOf(at) },
      name ? null : el('p', { class: 'unseen' }, this.setting.words(who)),
      el('div', { class: 'parts' }, name ? el('p', { class: 'who' }, name) : null, ...parts),
      el('p', { class: 'meta' }, el('time', { datetime: at.toISOString() }, this.#format(at, { hour: '2-digit', minute: '2-digit' })), ' ', el('span', { class: 'fate' })));
  }

  /**
   * @param {HTMLElement} element
   * @param {boolean} own
   * @param {boolean} [keepChoices]
   */
  #append(element, own, keepChoices = false) {
    if (own) [this.#turn, this.#following] = [element, true];
    if (!keepChoices) this.#dropChoices();
    this.#tellDay(element.dataset.day);
    if (this.#typing) this.#typing.before(element);
    else this.list.append(element);
    if (this.#following) this.#follow();
    else this.pill.hidden = false;
  }

  /** @param {string | undefined} day */
  #tellDay(day) {
    if (!day || day === this.#day) return;
    // Today's first line needs no date over it.
    if (this.#day !== '' || day !== dayOf(new Date())) {
      const words = day === dayOf(new Date()) ? this.setting.words('today') : this.#format(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'long', year: 'numeric' });
      this.list.append(el('p', { class: 'event day' }, words));
    }
    this.#day = day;
  }

  #dropChoices() {
    this.#choices?.remove();
    this.#choices = null;
  }

  /** @param {Activity} activity */
  #showTyping(activity) {
    clearTimeout(this.#typingTimer);
    const name = activity.from?.name || this.setting.words(this.withOfficer ? 'officer' : 'bot');
    if (!this.#typing) {
      this.#typing = el('div', { class: 'message bot typing' }, el('div', { class: 'bubble' }, el('i'), el('i'), el('i'), el('span', { class: 'unseen' }, `${name} ${this.setting.words('typing')}`)));
      this.list.append(this.#typing);
      if (this.#following) this.#follow();
    }
    this.#typingTimer = setTimeout(() => this.#hideTyping(), typingLasts);
  }

  #hideTyping() {
    clearTimeout(this.#typingTimer);
    this.#typing?.remove();
    this.#typing = null;
  }

  get #end() {
    return this.list.scrollHeight - this.list.clientHeight;
  }

  /** Goes to the end, but not past the contact's own last words. */
  #follow() {
    this.list.scrollTop = Math.min(this.#end, (this.#turn?.offsetTop ?? Infinity) - 12);
    this.#scrolled();
  }

  #toEnd() {
    this.#turn = null;
    this.list.scrollTop = this.#end;
  }

  #scrolled() {
    const left = this.#end - this.list.scrollTop;
    const asFarAsWanted = Math.min(this.#end, (this.#turn?.offsetTop ?? Infinity) - 12);
    this.#following = this.list.scrollTop > asFarAsWanted - 60;
    this.pill.hidden = left < 60;
  }

  #notice() {
    if (document.hasFocus() || this.list.getAttribute('aria-live') === 'off') return;
    this.#unread += 1;
    document.title = `(${this.#unread}) ${this.setting.words('title')}`;
    if (parent !== window) parent.postMessage(`chatdesk:unread:${this.#unread}`, '*');
  }

  #read() {
    this.#unread = 0;
    document.title = this.setting.words('title');
  }

  /**
   * @param {Date} at
   * @param {Intl.DateTimeFormatOptions} parts
   */
  #format(at, parts) {
    return new Intl.DateTimeFormat(this.setting.language() === 'en' ? 'en-GB' : 'th-TH', parts).format(at);
  }
}

/** @param {Date} at local day, yyyy-mm-dd */
function dayOf(at) {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
