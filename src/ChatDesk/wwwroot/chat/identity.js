// Thai ID card numbers, found before they are sent. A company's registration number has the same shape but begins with 0.

const candidate = /(?<![0-9๐-๙])[1-8๑-๘](?:[ -]?[0-9๐-๙]){12}(?![0-9๐-๙])/gu;

/** @param {string} text */
function digits(text) {
  return [...text].map(c => (c >= '๐' && c <= '๙' ? c.charCodeAt(0) - 0xe50 : c >= '0' && c <= '9' ? Number(c) : -1)).filter(d => d >= 0);
}

/** @param {string} text */
function isIdentity(text) {
  const d = digits(text);
  const sum = d.slice(0, 12).reduce((total, digit, i) => total + digit * (13 - i), 0);
  return (11 - (sum % 11)) % 10 === d[12];
}

/** @param {string} text */
export function holdsIdentity(text) {
  return [...text.matchAll(candidate)].some(found => isIdentity(found[0]));
}

/**
 * The text with every digit of an ID card number replaced.
 * @param {string} text
 */
export function hideIdentity(text) {
  return text.replaceAll(candidate, found => (isIdentity(found) ? found.replaceAll(/[0-9๐-๙]/gu, '•') : found));
}
