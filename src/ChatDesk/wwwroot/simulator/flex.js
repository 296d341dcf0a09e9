// LINE's message objects as the phone shows them: texts, flex bubbles, templates. Only what the desk sends is drawn with care; the rest is named.

import { el, icon } from '../chat/dom.js';
import { link, plain, safeAddress } from '../chat/markdown.js';

/** @typedef {(action: any) => void} Tap */

/**
 * @param {any} message
 * @param {Tap} tap
 * @returns {HTMLElement}
 */
export function drawMessage(message, tap) {
  switch (message?.type) {
    case 'text': return el('div', { class: 'bubble' }, ...plain(String(message.text ?? '')));
    case 'sticker': return el('div', { class: 'sticker', role: 'img', 'aria-label': 'sticker' }, '🙏');
    case 'image': return el('div', { class: 'bubble photo', role: 'img', 'aria-label': 'photo' }, el('i'));
    case 'location': return el('div', { class: 'bubble' }, icon('place'), el('strong', {}, String(message.title ?? '')), el('br'), String(message.address ?? ''));
    case 'flex': return drawFlex(message.contents, tap);
    case 'template': return drawTemplate(message.template ?? {}, tap);
    default: return el('div', { class: 'bubble' }, `[${String(message?.type)}]`);
  }
}

/**
 * @param {any} contents
 * @param {Tap} tap
 */
function drawFlex(contents, tap) {
  if (contents?.type === 'carousel') return el('div', { class: 'carousel', tabindex: 0 }, ...(contents.contents ?? []).map((/** @type {any} */ b) => drawBubble(b, tap)));
  return drawBubble(contents ?? {}, tap);
}

/**
 * @param {any} bubble
 * @param {Tap} tap
 */
function drawBubble(bubble, tap) {
  const parts = ['header', 'hero', 'body', 'footer'].filter(part => bubble[part]).map(part => el('div', { class: `flex-${part}` }, drawComponent(bubble[part], tap)));
  return el('div', { class: 'flex' }, ...parts);
}

const sizes = /** @type {Record<string, string>} */ ({ xxs: '0.65rem', xs: '0.75rem', sm: '0.88rem', md: '1rem', lg: '1.12rem', xl: '1.25rem', xxl: '1.4rem' });

/**
 * @param {any} part
 * @param {Tap} tap
 * @returns {HTMLElement | null}
 */
function drawComponent(part, tap) {
  switch (part?.type) {
    case 'box': {
      const box = el('div', { class: `box ${part.layout === 'vertical' ? 'vertical' : 'horizontal'}` });
      for (const child of part.contents ?? []) {
        const drawn = drawComponent(child, tap);
        if (!drawn) continue;
        if (part.layout !== 'vertical') drawn.style.flex = String(Number(child.flex ?? 1));
        box.append(drawn);
      }
      return box;
    }
    case 'text': {
      const text = el('p', {}, ...plain(String(part.text ?? '')));
      text.style.fontSize = sizes[part.size] ?? '1rem';
      if (part.weight === 'bold') text.style.fontWeight = '600';
      if (typeof part.color === 'string') text.style.color = part.color;
      return text;
    }
    case 'button': return drawAction(part.action ?? {}, tap, 'flex-button');
    case 'separator': return el('hr');
    default: return null;
  }
}

/**
 * @param {any} template
 * @param {Tap} tap
 */
function drawTemplate(template, tap) {
  const actions = (template.actions ?? []).map((/** @type {any} */ a) => drawAction(a, tap, 'flex-button'));
  return el('div', { class: 'flex' }, el('div', { class: 'flex-body' }, template.title ? el('p', {}, el('strong', {}, String(template.title))) : null, el('p', {}, String(template.text ?? ''))), el('div', { class: 'flex-footer' }, ...actions));
}

/**
 * @param {any} action
 * @param {Tap} tap
 * @param {string} kind
 * @returns {HTMLElement | null}
 */
export function drawAction(action, tap, kind) {
  const label = String(action.label ?? action.text ?? '');
  if (action.type === 'uri') {
    const href = safeAddress(action.uri);
    if (!href) return null;
    const target = link(href, label);
    target.className = kind;
    return target;
  }
  return el('button', { type: 'button', class: kind, click: () => tap(action) }, label);
}
