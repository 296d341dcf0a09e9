// What the contact sent and the desk has not confirmed. Kept in the tab's storage, so that neither a lost line nor a reload loses it; every
// message carries an id of ours, by which the desk knows a repetition, so that sending again never doubles it.

/**
 * @typedef {import('./directline.js').Activity} Activity
 * @typedef {'sending' | 'waiting' | 'failed' | 'sent'} Fate
 * @typedef {{ clientId: string, activity: Activity, fate: Fate, files?: File[] }} Outgoing
 */

const tries = 3;

export class Outbox extends EventTarget {
  /** @type {Outgoing[]} */
  #items;
  #busy = false;

  /**
   * @param {import('./directline.js').DirectLine} line
   * @param {import('./storage.js').Shelf} shelf
   */
  constructor(line, shelf) {
    super();
    this.line = line;
    this.shelf = shelf;
    this.#items = (shelf.get('outbox') ?? []).map((/** @type {Outgoing} */ item) => ({ ...item, fate: item.fate === 'failed' ? 'failed' : 'waiting' }));
  }

  /** What waits, oldest first. */
  get items() {
    return [...this.#items];
  }

  /**
   * @param {Activity} activity
   * @param {File[]} [files] are not kept over a reload
   * @returns {Outgoing}
   */
  add(activity, files) {
    const clientId = newId();
    const item = { clientId, activity: { ...activity, channelData: { ...activity.channelData, clientActivityID: clientId } }, fate: /** @type {Fate} */ ('sending'), files };
    this.#items.push(item);
    this.#save();
    void this.flush();
    return item;
  }

  /** @param {string} clientId */
  retry(clientId) {
    const item = this.#items.find(i => i.clientId === clientId);
    if (!item) return;
    this.#change(item, 'sending');
    void this.flush();
  }

  /**
   * The desk showed this message back: it has it.
   * @param {unknown} clientId
   */
  confirm(clientId) {
    const item = this.#items.find(i => i.clientId === clientId);
    if (item) this.#drop(item);
  }

  /** Sends what waits, one after the other, so that the order stays. Stops at the first that finds no line; call again when there is one. */
  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let item; (item = this.#items.find(i => i.fate === 'sending' || i.fate === 'waiting')); ) {
        if (!(await this.#send(item))) return;
      }
    } finally {
      this.#busy = false;
    }
  }

  /**
   * @param {Outgoing} item
   * @returns {Promise<boolean>} false when there is no line now
   */
  async #send(item) {
    for (let n = 1; ; n++) {
      if (item.fate !== 'sending') this.#change(item, 'sending');
      const posted = await this.line.post(item.activity, item.files);
      if (posted.ok) {
        this.#drop(item);
        return true;
      }
      if (posted.status === 0) {
        this.#change(item, 'waiting');
        return false;
      }
      const worthIt = posted.status === 429 || posted.status >= 500;
      if (!worthIt || n >= tries) {
        this.#change(item, 'failed');
        return true;
      }
      await new Promise(resolve => setTimeout(resolve, Math.min(posted.after || n, 10) * 1000));
    }
  }

  /** @param {Outgoing} item */
  #drop(item) {
    this.#items = this.#items.filter(i => i !== item);
    this.#change(item, 'sent');
  }

  /**
   * @param {Outgoing} item
   * @param {Fate} fate
   */
  #change(item, fate) {
    item.fate = fate;
    this.#save();
    this.dispatchEvent(new CustomEvent('fate', { detail: item }));
  }

  #save() {
    const kept = this.#items.filter(i => !i.files?.length).map(({ clientId, activity, fate }) => ({ clientId, activity, fate }));
    this.shelf.set('outbox', kept.length > 0 ? kept : null);
  }
}

/** 128 random bits; crypto.randomUUID is only there on https. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('');
}
