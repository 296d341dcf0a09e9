// @ts-check
// The officer's language for what scripts say. The page carries the words; scripts hold none.

/** @type {Record<string, string>} */
const words = JSON.parse(document.querySelector("meta[name=desk-words]")?.getAttribute("content") ?? "{}");

/** @param {string} name @param {...(string | number)} values fill {0}, {1} … */
export const say = (name, ...values) => (words[name] ?? name).replace(/\{(\d)\}/g, (_, n) => String(values[Number(n)] ?? ""));
