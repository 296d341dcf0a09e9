// What others wrote, made into nodes. Links lead only where a public page may send somebody; everything else stays text.

import { el } from './dom.js';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:', 'line:']);
const address = /\b(?:https?:\/\/|mailto:|tel:|line:\/\/)[^\s<>"'“”]+/giu;
const trailing = /[.,;:!?)\]}'"”’]+$/u;

/**
 * The address in a form that is safe to follow, or null.
 * @param {unknown} given
 */
export function safeAddress(given) {
  if (typeof given !== 'string') return null;
  try {
    const url = new URL(given.trim());
    return schemes.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} href from {@link safeAddress}
 * @param {...(Node | string)} content
 */
export function link(href, ...content) {
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...content);
}

/**
 * Text as it is, with the addresses in it made into links. Line breaks are kept by the style sheet.
 * @param {string} text
 * @returns {Node[]}
 */
export function plain(text) {
  /** @type {Node[]} */
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    const words = found[0].replace(trailing, '');
    const href = safeAddress(words);
    if (!href) continue;
    if (found.index > from) nodes.push(new Text(text.slice(from, found.index)));
    nodes.push(link(href, words));
    from = found.index + words.length;
  }
  if (from < text.length) nodes.push(new Text(text.slice(from)));
  return nodes;
}

// One alternative a form: `code`, **strong**, *emphasis*, [words](address).
const inline = /`([^`\n]+)`|\*\*(.+?)\*\*|\*([^*\s][^*\n]*?)\*|\[([^\]\n]+)\]\(([^)\s]+)\)/u;

/**
 * @param {string} text
 * @returns {Node[]}
 */
function spans(text) {
  const found = inline.exec(text);
  if (!found) return plain(text);
  const [whole, code, strong, emphasis, words, target] = found;
  const before = plain(text.slice(0, found.index));
  const after = spans(text.slice(found.index + whole.length));
  if (code) return [...before, el('code', {}, code), ...after];
  if (strong) return [...before, el('strong', {}, ...spans(strong)), ...after];
  if (emphasis) return [...before, el('em', {}, ...spans(emphasis)), ...after];
  const href = safeAddress(target);
  return [...before, href ? link(href, words ?? '') : new Text(whole), ...after];
}

/**
 * A small Markdown: paragraphs, headings (as strong lines), lists, emphasis, code, links. No HTML, no pictures.
 * @param {string} text
 * @returns {Node[]}
 */
export function markdown(text) {
  /** @type {Node[]} */
  const blocks = [];
  let list = /** @type {HTMLElement | null} */ (null);
  /** @type {string[]} */
  let lines = [];
  const endParagraph = () => {
    if (lines.length > 0) blocks.push(el('p', {}, ...spans(lines.join('\n'))));
    lines = [];
  };
  for (const line of text.split(/\r?\n/u)) {
    const item = /^\s*(?:([-*•])|(\d{1,3})[.)])\s+(.*)$/u.exec(line);
    if (item) {
      endParagraph();
      const kind = item[1] ? 'ul' : 'ol';
      if (list?.localName !== kind) blocks.push((list = el(kind, item[2] && item[2] !== '1' ? { start: item[2] } : {})));
      list.append(el('li', {}, ...spans(item[3] ?? '')));
      continue;
    }
    list = null;
    const heading = /^#{1,6}\s+(.*)$/u.exec(line);
    if (heading || line.trim() === '') endParagraph();
    if (heading) blocks.push(el('p', {}, el('strong', {}, ...spans(heading[1] ?? ''))));
    else if (line.trim() !== '') lines.push(line);
  }
  endParagraph();
  return blocks;
}
