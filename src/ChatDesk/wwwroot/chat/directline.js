// A client of the desk's Direct Line 3.0 server (docs/channels.md): one conversation, kept alive. It hands on what comes, in order and
// possibly twice (activities carry ids), and says how the line stands. It draws nothing and stores nothing but its token.

/**
 * @typedef {{ id?: string, name?: string, role?: string }} Speaker
 * @typedef {{ type: string, title?: string, text?: string, displayText?: string, value?: unknown }} CardAction
 * @typedef {{ label?: string | null, value: string, strong?: boolean }} CardLine
 * @typedef {{ contentType?: string, contentUrl?: string, content?: any, name?: string }} Attachment
 * @typedef {{
 *   type: string, id?: string, timestamp?: string, from?: Speaker, text?: string, textFormat?: string, value?: unknown, locale?: string,
 *   attachments?: Attachment[], suggestedActions?: { actions?: CardAction[] }, entities?: any[], channelData?: any, replyToId?: string,
 * }} Activity
 * @typedef {'starting' | 'online' | 'reconnecting' | 'offline'} Standing
 * @typedef {{ ok: true, id: string } | { ok: false, status: number, after: number }} Posted
 */

const patience = 20_000;
const keepAliveEvery = 20_000;
const pollEvery = 1_500;
const longestPause = 15_000;

/** A call that was answered with an error. */
class Refused extends Error {
  /**
   * @param {number} status
   * @param {number} after seconds that the server asked to wait, or 0
   */
  constructor(status, after) {
    super(`HTTP ${status}`);
    this.status = status;
    this.after = after;
  }
}

export class DirectLine extends EventTarget {
  /** @type {{ token: string, conversationId: string, refreshAt: number } | null} */
  #session = null;
  #watermark = '';
  #started = false;
  #stopped = false;
  #polling = false;
  /** @type {string | null} */
  #streamUrl = null;
  /** @type {WebSocket | null} */
  #socket = null;
  #socketFailures = 0;
  /** @type {(() => void) | null} */
  #wake = null;
  /** @type {Promise<unknown> | null} */
  #renewing = null;
  /** @type {Standing} */
  standing = 'starting';

  /**
   * @param {{ agency: string, embedded: boolean, locale: () => string, shelf: import('./storage.js').Shelf, base?: string }} options
   */
  constructor(options) {
    super();
    this.options = options;
    this.base = `${options.base ?? ''}/v3/directline`;
    this.#session = options.shelf.get('session');
  }

  /** Runs until {@link stop}: connects, listens, and connects again. */
  async start() {
    addEventListener('online', () => this.#hurry());
    addEventListener('offline', () => this.#socket?.close());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#hurry();
      this.#sayWhetherSeen();
    });
    for (let failures = 0; !this.#stopped; ) {
      try {
        await this.#connect();
        this.#stand('online');
        failures = 0;
        await (this.#polling ? this.#poll() : this.#listen());
      } catch (fault) {
        failures += 1;
        if (fault instanceof Refused && (fault.status === 403 || fault.status === 404)) this.#forget();
      }
      if (this.#stopped) return;
      if (failures > 0 || !navigator.onLine) this.#stand(navigator.onLine ? (this.#started ? 'reconnecting' : 'starting') : 'offline');
      await this.#pause(failures);
    }
  }

  stop() {
    this.#stopped = true;
    this.#socket?.close();
    this.#hurry();
  }

  /**
   * Sends one activity, with a new token if the old one has ended.
   * @param {Activity} activity
   * @param {File[]} [files]
   * @returns {Promise<Posted>} status 0: nobody knows whether it arrived; send it again with the same client id
   */
  async post(activity, files = []) {
    try {
      if (!this.#session) throw new Refused(0, 0);
      const { id } = await this.#withToken(token => {
        const path = `conversations/${encodeURIComponent(this.#session?.conversationId ?? '')}`;
        if (files.length === 0) return this.#call('POST', `${path}/activities`, token, JSON.stringify(activity));
        const form = new FormData();
        form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }), 'activity');
        for (const file of files) form.append('file', file, file.name);
        return this.#call('POST', `${path}/upload`, token, form);
      });
      return { ok: true, id };
    } catch (fault) {
      return fault instanceof Refused ? { ok: false, status: fault.status, after: fault.after } : { ok: false, status: 0, after: 0 };
    }
  }

  async #connect() {
    if (!this.#session) await this.#renew();
    if (!this.#started) {
      const locale = this.options.locale();
      const opened = await this.#withToken(token => this.#call('POST', 'conversations', token, JSON.stringify({ locale })));
      this.#keep(opened);
      this.#streamUrl = opened.streamUrl ?? null;
      this.#started = true;
    }
    await this.#catchUp();
    this.dispatchEvent(new Event('caughtup'));
  }

  /**
   * Asks another endpoint of the desk about this conversation.
   * @param {'GET' | 'POST'} method
   * @param {string} path begins with /
   * @param {unknown} [body]
   * @returns {Promise<{ ok: boolean, status: number, answer: any }>}
   */
  async ask(method, path, body) {
    try {
      return { ok: true, status: 200, answer: await this.#withToken(token => this.#call(method, path, token, method === 'GET' ? undefined : JSON.stringify(body ?? {}))) };
    } catch (fault) {
      return { ok: false, status: fault instanceof Refused ? fault.status : 0, answer: null };
    }
  }

  /** Reads everything after the watermark. */
  async #catchUp() {
    for (;;) {
      const set = await this.#withToken(token => this.#call('GET', `${this.#path()}/activities?watermark=${encodeURIComponent(this.#watermark)}`, token));
      const any = set.activities?.length > 0;
      this.#take(set);
      if (!any) return;
    }
  }

  /** Listens on a WebSocket until it ends. Where two in a row cannot be opened (some networks forbid them), it asks again and again instead. */
  async #listen() {
    const url = this.#streamUrl ?? (await this.#withToken(token => this.#call('GET', `${this.#path()}?watermark=${encodeURIComponent(this.#watermark)}`, token))).streamUrl;
    this.#streamUrl = null;
    const socket = new WebSocket(new URL(url, location.href).href.replace(/^http/u, 'ws'));
    this.#socket = socket;
    const beat = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(''), keepAliveEvery);
    const refresh = setInterval(() => void this.#refreshIfDue(), keepAliveEvery);
    try {
      await new Promise((resolve, reject) => {
        let opened = false;
        socket.onopen = () => {
          [opened, this.#socketFailures] = [true, 0];
          this.#sayWhetherSeen();
        };
        socket.onmessage = event => typeof event.data === 'string' && event.data !== '' && this.#take(JSON.parse(event.data));
        socket.onclose = () => (opened ? resolve(undefined) : reject(new Error('the socket did not open')));
      });
    } catch (fault) {
      this.#polling = ++this.#socketFailures >= 2 && navigator.onLine;
      throw fault;
    } finally {
      clearInterval(beat);
      clearInterval(refresh);
      this.#socket = null;
    }
  }

  /** An answer that comes while nobody looks may go elsewhere too, so the desk is told. */
  #sayWhetherSeen() {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(document.visibilityState === 'visible' ? 'here' : 'away');
  }

  async #poll() {
    while (!this.#stopped) {
      await this.#sleep(pollEvery);
      await this.#refreshIfDue();
      await this.#catchUp();
    }
  }

  /** @param {{ activities?: Activity[], watermark?: string | null }} set */
  #take(set) {
    // Handed on first: if drawing fails, the same activities come once more.
    if (set.activities?.length) this.dispatchEvent(new CustomEvent('activities', { detail: set.activities }));
    if (set.watermark) this.#watermark = set.watermark;
  }

  /**
   * @template T
   * @param {(token: string) => Promise<T>} call
   * @returns {Promise<T>}
   */
  async #withToken(call) {
    if (!this.#session) await this.#renew();
    try {
      return await call(this.#session?.token ?? '');
    } catch (fault) {
      if (!(fault instanceof Refused) || (fault.status !== 403 && fault.status !== 401)) throw fault;
    }
    await this.#renew();
    return call(this.#session?.token ?? '');
  }

  /** A token for the visitor's conversation: the same as before as long as the desk knows the visitor, else a new one. */
  #renew() {
    return (this.#renewing ??= this.#generate().finally(() => (this.#renewing = null)));
  }

  async #generate() {
    const before = this.#session?.conversationId;
    const { agency, embedded } = this.options;
    const made = await this.#call('POST', `tokens/generate?agency=${encodeURIComponent(agency)}${embedded ? '&embedded=1' : ''}`, null, '{}');
    this.#keep(made);
    if (before && before !== made.conversationId) {
      [this.#watermark, this.#started, this.#streamUrl] = ['', false, null];
      this.dispatchEvent(new Event('replaced'));
      // The conversation is begun by the main loop, which is listening on the old one.
      this.#socket?.close();
      const opened = await this.#call('POST', 'conversations', made.token, JSON.stringify({ locale: this.options.locale() }));
      this.#keep(opened);
      this.#started = true;
    }
  }

  async #refreshIfDue() {
    const session = this.#session;
    if (!session || Date.now() < session.refreshAt) return;
    try {
      this.#keep(await this.#call('POST', 'tokens/refresh', session.token, '{}'));
    } catch {
      // The token still serves for a while; when it ends, the next call renews it.
    }
  }

  /** @param {{ token?: string, conversationId: string, expires_in?: number }} answer */
  #keep(answer) {
    if (!answer.token) return;
    this.#session = { token: answer.token, conversationId: answer.conversationId, refreshAt: Date.now() + (answer.expires_in ?? 1800) * 500 };
    this.options.shelf.set('session', this.#session);
  }

  #forget() {
    const known = this.#session;
    this.#session = known && { ...known, token: '' };
    [this.#started, this.#streamUrl] = [false, null];
  }

  #path() {
    return `conversations/${encodeURIComponent(this.#session?.conversationId ?? '')}`;
  }

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {string | null} token
   * @param {BodyInit} [body]
   */
  async #call(method, path, token, body) {
    /** @type {Record<string, string>} */
    const headers = token === null ? {} : { Authorization: `Bearer ${token || 'none'}` };
    if (typeof body === 'string') headers['Content-Type'] = 'application/json';
    const response = await fetch(path.startsWith('/') ? path : `${this.base}/${path}`, { method, headers, body, cache: 'no-store', signal: AbortSignal.timeout(patience) });
    if (!response.ok) throw new Refused(response.status, Number(response.headers.get('Retry-After')) || 0);
    return response.status === 204 ? {} : response.json();
  }

  /** @param {Standing} standing */
  #stand(standing) {
    if (this.standing === standing) return;
    this.standing = standing;
    this.dispatchEvent(new Event('standing'));
  }

  /** @param {number} failures in a row */
  #pause(failures) {
    const most = Math.min(longestPause, 500 * 2 ** Math.min(failures, 6));
    return this.#sleep(failures === 0 ? 300 * Math.random() : most * (0.5 + Math.random() / 2));
  }

  /** @param {number} milliseconds or until something happened that makes trying again worth it */
  #sleep(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds, undefined);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  #hurry() {
    this.#wake?.();
  }
}
