// Makes elements. Text only ever becomes text nodes: nothing in these pages writes HTML.

const svgNames = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} [attributes] functions are listeners, true sets an empty attribute, false leaves it out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

const shapes = {
  send: 'M4 12 3 4l18 8-18 8 1-8Zm0 0h8',
  attach: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L15 7',
  place: 'M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.500C5 14.8 12 21 12 21Zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  close: 'M6 6l12 12M18 6 6 18',
  light: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm0-13v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.400M18.4 5.6 17 7M7 17l-1.4 1.4',
  dark: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500Z',
  system: 'M4 5h16v11H4Zm5 15h6m-3-4v4',
  file: 'M7 3h7l5 5v13H7Zm7 0v5h5',
  chat: 'M4 5h16v11H10l-5 4v-4H4Z',
  check: 'm5 12 5 5 9-10',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2',
  lock: 'M6 11h12v9H6Zm2 0V8a4 4 0 0 1 8 0v3',
  down: 'm6 9 6 6 6-6',
  alert: 'M12 4 2.5 20h19Zm0 6v4m0 3v.01',
  mail: 'M3 6h18v12H3Zm0 0 9 7 9-7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15Zm4 4h4',
  out: 'M14 4h6v6m0-6-9 9M18 14v6H4V6h6',
};

/**
 * A line drawing, 24 units square, hidden from screen readers: what it means always stands in words beside it or in a label.
 * @param {keyof typeof shapes} name
 */
export function icon(name) {
  const svg = outline(shapes[name], 24);
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

/**
 * One path as a drawing.
 * @param {string} d
 * @param {number} size units on each side
 */
export function outline(d, size) {
  const svg = document.createElementNS(svgNames, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  const path = document.createElementNS(svgNames, 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
}
