// What this tab remembers. A browser that forbids storage (some do, inside a frame of another site) gets a chat that forgets on reload.

/**
 * @param {() => Storage} find
 * @param {string} prefix
 */
function shelf(find, prefix) {
  /** @type {Storage | null} */
  let storage = null;
  try {
    storage = find();
  } catch {
    // Forbidden: memory only.
  }
  /** @type {Map<string, string>} */
  const memory = new Map();
  return {
    /**
     * @param {string} key
     * @returns {any}
     */
    get(key) {
      try {
        return JSON.parse(storage?.getItem(prefix + key) ?? memory.get(key) ?? 'null');
      } catch {
        return null;
      }
    },
    /**
     * @param {string} key
     * @param {unknown} value null forgets
     */
    set(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, JSON.stringify(value));
      try {
        if (value === null) storage?.removeItem(prefix + key);
        else storage?.setItem(prefix + key, JSON.stringify(value));
      } catch {
        // Full or forbidden: the copy in memory serves until the page is left.
      }
    },
  };
}

/** @typedef {ReturnType<typeof shelf>} Shelf */

/**
 * For this tab only: tokens, unsent messages, the half-written one.
 * @param {string} agency
 */
export const tabShelf = agency => shelf(() => sessionStorage, `chatdesk.${agency}.`);

/** For this browser: language and colours. */
export const browserShelf = () => shelf(() => localStorage, 'chatdesk.');
