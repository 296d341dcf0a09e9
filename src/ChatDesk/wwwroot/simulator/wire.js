// The log beside the phones: every webhook with its acknowledgement, every call of the desk's with what it cost.

import { el } from '../chat/dom.js';
import { words } from './words.js';

/** @typedef {import('./phone.js').Entry} Entry */

export class Wire {
  /** When the last webhook of each person went out. @type {Map<string, number>} */
  #asked = new Map();

  constructor() {
    this.list = el('ol', { class: 'entries', tabindex: 0, 'aria-label': words.wire }, el('li', { class: 'nothing' }, words.nothing));
    this.left = el('span', { class: 'left' });
    this.element = el('section', { class: 'wire' }, el('div', { class: 'wiretop' }, el('div', {}, el('h2', {}, words.wire), el('p', {}, words.wireLead)), this.left), this.list);
  }

  /** @param {number} count */
  showLeft(count) {
    this.left.textContent = `${words.left} ${count}`;
  }

  /** @param {Entry} entry */
  take(entry) {
    if (entry.kind === 'said') this.#asked.set(entry.user, entry.at);
    const drawn = entry.kind === 'webhook' ? this.#webhook(entry) : entry.kind === 'call' ? this.#call(entry) : entry.kind === 'note' ? el('li', { class: 'note' }, words.limitSet) : null;
    if (!drawn) return;
    this.list.querySelector('.nothing')?.remove();
    this.list.append(drawn);
    this.list.scrollTop = this.list.scrollHeight;
    if (typeof entry.left === 'number') this.showLeft(entry.left);
  }

  /** @param {Entry} entry */
  #webhook(entry) {
    const ok = entry.status >= 200 && entry.status < 300;
    return el('li', { class: `webhook ${ok ? '' : 'bad'}` },
      el('span', { class: 'who' }, String(entry.user)), el('strong', {}, words.types[String(entry.type)] ?? String(entry.type)), ' ', el('code', {}, 'webhook'), ' ',
      entry.redelivery ? tag(words.redelivery, 'plainly') : null, entry.late ? tag(words.late, 'plainly') : null,
      tag(ok ? `✓ ${words.signed}` : entry.status === 0 ? words.noAnswer : `${entry.status} ${words.refused}`, ok ? 'good' : 'bad'),
      el('span', { class: 'ms' }, `${entry.status} · ${entry.ms} ms`),
      el('details', {}, el('summary', {}, 'JSON'), el('pre', { tabindex: 0 }, pretty(entry.body))));
  }

  /** @param {Entry} entry */
  #call(entry) {
    const ok = entry.status >= 200 && entry.status < 300;
    const to = (entry.to ?? []).filter(Boolean).join(' ');
    const asked = this.#asked.get(to);
    const count = entry.messages?.length ?? 0;
    const sends = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast'].includes(entry.endpoint);
    return el('li', { class: `call ${ok ? '' : 'bad'}` },
      to ? el('span', { class: 'who' }, to) : null, el('strong', {}, words.types[entry.endpoint] ?? String(entry.endpoint)), ' ',
      count > 0 ? el('span', {}, `${count} ${words.messages} `) : null,
      sends && ok ? tag(entry.counted > 0 ? `${words.counted} −${entry.counted}` : words.free, entry.counted > 0 ? 'costs' : 'good') : null,
      ok ? null : tag(String(entry.status), 'bad'),
      sends && ok && entry.seenBy?.length === 0 ? tag(words.notSeen, 'bad') : null,
      el('span', { class: 'ms' }, ok && asked && entry.at - asked < 120_000 && sends ? `${entry.at - asked} ms ${words.after}` : `${entry.status}`),
      count > 0 ? el('details', {}, el('summary', {}, 'JSON'), el('pre', { tabindex: 0 }, pretty(entry.messages))) : null);
  }
}

/**
 * @param {string} text
 * @param {string} kind
 */
function tag(text, kind) {
  return el('span', { class: `tag ${kind}` }, text);
}

/** @param {unknown} json text or value */
function pretty(json) {
  try {
    return JSON.stringify(typeof json === 'string' ? JSON.parse(json) : json, null, 2);
  } catch {
    return String(json);
  }
}
