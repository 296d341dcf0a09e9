// How one activity looks: text, cards, pictures, files, places, choices.

import { el, icon } from './dom.js';
import { link, markdown, plain, safeAddress } from './markdown.js';

/**
 * @typedef {import('./directline.js').Activity} Activity
 * @typedef {import('./directline.js').Attachment} Attachment
 * @typedef {import('./directline.js').CardAction} CardAction
 * @typedef {(name: string, values?: Record<string, string>) => string} Words
 * @typedef {{ words: Words, tap: (action: CardAction) => void }} Scene
 */

const heroType = 'application/vnd.microsoft.card.hero';

/**
 * Everything of an activity that can be seen; empty when there is nothing to show.
 * @param {Activity} activity
 * @param {Scene} scene
 * @returns {HTMLElement[]}
 */
export function draw(activity, scene) {
  const parts = [];
  const place = activity.entities?.find(entity => entity?.type === 'Place' && entity.geo);
  if (place) parts.push(drawPlace(place, scene));
  else if (activity.text?.trim()) parts.push(el('div', { class: 'bubble text' }, ...(activity.textFormat === 'markdown' ? markdown(activity.text) : plain(activity.text))));
  for (const attachment of activity.attachments ?? []) {
    const drawn = drawAttachment(attachment, scene);
    if (drawn) parts.push(drawn);
  }
  return parts;
}

/**
 * What may be tapped next.
 * @param {CardAction[]} actions
 * @param {Scene} scene
 */
export function drawChoices(actions, scene) {
  return el('div', { class: 'choices', role: 'group', 'aria-label': scene.words('choices') }, ...actions.map(a => drawAction(a, scene)));
}

/**
 * @param {CardAction} action
 * @param {Scene} scene
 */
function drawAction(action, scene) {
  const title = String(action.title ?? action.value ?? '');
  if (action.type !== 'openUrl' && action.type !== 'call' && action.type !== 'downloadFile') return el('button', { type: 'button', click: () => scene.tap(action) }, title);
  const href = safeAddress(action.value);
  if (!href) return null;
  const target = link(href, title);
  if (/^https?:/u.test(href)) target.append(icon('out'));
  return target;
}

/**
 * @param {Attachment} attachment
 * @param {Scene} scene
 */
function drawAttachment(attachment, scene) {
  if (attachment.contentType === heroType && attachment.content) return drawCard(attachment.content, scene);
  const href = ours(attachment.contentUrl);
  if (!href) return attachment.name ? el('div', { class: 'bubble file' }, icon('file'), attachment.name) : null;
  const name = attachment.name || scene.words('attached');
  if (/^image\/(png|jpeg|gif|webp|avif)$/u.test(attachment.contentType ?? '')) {
    return el('a', { class: 'bubble picture', href, target: '_blank', rel: 'noopener' }, el('img', { src: href, alt: name, loading: 'lazy' }));
  }
  return el('a', { class: 'bubble file', href, target: '_blank', rel: 'noopener', download: name }, icon('file'), el('span', {}, name));
}

/**
 * @param {{ title?: string, subtitle?: string, text?: string, lines?: import('./directline.js').CardLine[], buttons?: CardAction[] }} card
 * @param {Scene} scene
 */
function drawCard(card, scene) {
  const lines = Array.isArray(card.lines) ? card.lines : null;
  const drawn = el('section', { class: 'bubble card', 'aria-label': String(card.title ?? '') });
  if (card.title) drawn.append(el('h3', {}, String(card.title)));
  if (card.subtitle) drawn.append(el('p', { class: 'subtitle' }, String(card.subtitle)));
  if (lines) drawn.append(...lines.map(drawLine));
  else if (card.text) drawn.append(el('p', {}, ...plain(String(card.text))));
  const buttons = (card.buttons ?? []).map(b => drawAction(b, scene));
  if (buttons.some(Boolean)) drawn.append(el('div', { class: 'actions' }, ...buttons));
  return drawn;
}

/** @param {import('./directline.js').CardLine} line */
function drawLine(line) {
  const value = el(line.strong ? 'strong' : 'span', { class: 'value' }, ...plain(String(line.value ?? '')));
  return el('p', { class: line.label ? 'line labelled' : 'line' }, line.label ? el('span', { class: 'label' }, String(line.label)) : null, value);
}

/**
 * @param {{ name?: string, address?: string, geo: { latitude?: number, longitude?: number } }} place
 * @param {Scene} scene
 */
function drawPlace(place, scene) {
  const [latitude, longitude] = [Number(place.geo.latitude), Number(place.geo.longitude)];
  const known = Number.isFinite(latitude) && Number.isFinite(longitude);
  const map = known ? safeAddress(`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`) : null;
  const words = el('span', {}, el('strong', {}, place.name || scene.words('place_sent')), place.address ? el('br') : null, place.address);
  if (known) words.append(el('br'), el('small', {}, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
  return el('div', { class: 'bubble place' }, icon('place'), words, map ? link(map, scene.words('open_map')) : null);
}

/**
 * The address of a file that the desk itself keeps, or a picture of this page's own; nothing from elsewhere is fetched.
 * @param {string | undefined} address
 */
function ours(address) {
  if (!address) return null;
  try {
    const url = new URL(address, location.href);
    const kept = url.protocol === 'blob:' || url.pathname.startsWith('/v3/directline/') || url.pathname.startsWith('/files/');
    return kept && url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}
