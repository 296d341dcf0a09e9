// The simulator's page: three phones of which one is shown, what goes over the wire, and buttons for what can go wrong.

import { el } from '../chat/dom.js';
import { Phone } from './phone.js';
import { Wire } from './wire.js';
import { words } from './words.js';

const setting = JSON.parse(document.getElementById('setting')?.textContent ?? '{}');
const stage = document.getElementById('stage');
const wire = new Wire();
let late = false;

/** @type {Phone[]} */
const phones = setting.people.map((/** @type {{ letter: string, name: string }} */ person) => new Phone(person, setting, act => void send(person.letter, act)));
let shown = phones[0];

/**
 * @param {string} user
 * @param {Record<string, unknown>} act
 */
async function send(user, act) {
  const body = JSON.stringify({ user, late: late && act.do !== 'unsend', ...act });
  setLate(false);
  await fetch(`/simulator/${encodeURIComponent(setting.agency)}/act`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
}

const tabs = el('div', { class: 'people', role: 'tablist', 'aria-label': words.people }, ...phones.map(phone =>
  el('button', { type: 'button', role: 'tab', id: `person-${phone.person.letter}`, 'aria-selected': 'false', click: () => show(phone) }, el('b', {}, phone.person.letter), el('span', {}, phone.person.name), el('i', { class: 'new' }))));

const lateButton = el('button', { type: 'button', 'aria-pressed': 'false', click: () => setLate(!late) }, words.lateNext);
const trouble = el('section', { class: 'trouble' }, el('h2', {}, words.trouble), el('div', { class: 'buttons' },
  lateButton,
  el('button', { type: 'button', click: () => void act({ do: 'limit' }) }, words.limit),
  el('button', { type: 'button', click: () => void act({ do: 'redeliver' }) }, words.redeliver),
  el('button', { type: 'button', click: () => shown?.lastOwn && void act({ do: 'unsend', messageId: shown.lastOwn }) }, words.unsend),
  el('button', { type: 'button', click: () => void act({ do: 'unfollow' }) }, words.block)));
const lost = el('p', { class: 'lost', role: 'status' });

stage?.append(el('div', { class: 'left-side' }, tabs, ...phones.map(p => p.element)), el('div', { class: 'right-side' }, lost, trouble, wire.element));
wire.showLeft(setting.quota);
if (shown) show(shown);
// A link that opens LINE with words ready to send opens this page instead, where LINE is played.
shown?.prepare(new URLSearchParams(location.search).get('say') ?? '');

/** @param {Record<string, unknown>} what */
function act(what) {
  return send(shown?.person.letter ?? 'A', what);
}

/** @param {boolean} on */
function setLate(on) {
  late = on;
  lateButton.setAttribute('aria-pressed', String(on));
}

/** @param {Phone} phone */
function show(phone) {
  shown = phone;
  for (const other of phones) {
    other.element.hidden = other !== phone;
    document.getElementById(`person-${other.person.letter}`)?.setAttribute('aria-selected', String(other === phone));
  }
  phone.focus();
  mark();
}

function mark() {
  for (const phone of phones) document.getElementById(`person-${phone.person.letter}`)?.classList.toggle('unread', phone !== shown && phone.unread > 0);
}

let next = 0;
const source = new EventSource(`/simulator/${encodeURIComponent(setting.agency)}/wire`);
source.onmessage = event => {
  const number = Number(event.lastEventId);
  if (number <= next) return;
  next = number;
  const entry = JSON.parse(event.data);
  for (const phone of phones) phone.take(entry);
  if (shown) shown.unread = 0;
  wire.take(entry);
  mark();
};
source.onopen = () => (lost.textContent = '');
source.onerror = () => (lost.textContent = words.lostLine);
