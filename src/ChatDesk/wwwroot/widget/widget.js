'use strict';
// Puts an agency's chat on this page: a button in the corner, and the chat in a sandboxed frame of the desk's own. The page's styles cannot
// reach in, and nothing of the chat can reach out. Served with the button's words before it (chatdeskWords).
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script) return;
  const desk = new URL(script.src).origin;
  const agency = script.dataset.agency ?? Object.keys(chatdeskWords)[0] ?? '';
  const language = (script.dataset.language ?? document.documentElement.lang).startsWith('en') ? 'en' : 'th';
  const side = script.dataset.side === 'left' ? 'left' : 'right';
  const words = chatdeskWords[agency]?.[language];
  if (!words) {
    console.warn(`ChatDesk: no agency '${agency}' is served at ${desk}`);
    return;
  }

  const style = `
    :host { all: initial; }
    button { position: fixed; bottom: max(20px, env(safe-area-inset-bottom)); ${side}: 20px; z-index: 2147483646; width: 60px; height: 60px; margin: 0; padding: 0;
      border: 2px solid #fff; border-radius: 20px; background: #17406f; color: #fff; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / 30%); transition: scale 0.15s; }
    button:hover { scale: 1.06; }
    button:focus-visible { outline: 3px solid #c77700; outline-offset: 3px; }
    svg { width: 30px; height: 30px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; vertical-align: middle; }
    b { position: absolute; top: -8px; right: -8px; min-width: 22px; height: 22px; border-radius: 11px; background: #b3261e; font: 600 14px/22px sans-serif; }
    b:empty { display: none; }
    iframe { position: fixed; bottom: 92px; ${side}: 20px; z-index: 2147483647; width: min(410px, calc(100vw - 40px)); height: min(660px, calc(100vh - 112px)); border: 0; border-radius: 18px;
      background: #e9eff6; box-shadow: 0 12px 48px rgb(0 0 0 / 34%); color-scheme: normal; }
    [hidden] { display: none; }
    @media (max-width: 480px), (max-height: 480px) { iframe { inset: 0; width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; } }
    @media (prefers-reduced-motion: reduce) { button { transition: none; } }`;

  const host = document.createElement('chatdesk-widget');
  // Whatever the page says about every element, this one is plain, shown, and takes no room.
  for (const [name, value] of Object.entries({ all: 'initial', display: 'block', position: 'fixed', width: '0', height: '0', overflow: 'visible', 'z-index': '2147483647', opacity: '1', visibility: 'visible' })) {
    host.style.setProperty(name, value, 'important');
  }
  // In the top layer nothing of the page can cover, turn or fade it.
  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'open' });
  // A constructed style sheet is allowed under a strict content security policy of the page.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.type = 'button';
  const badge = document.createElement('b');
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  drawing.append(path);
  button.append(drawing, badge);
  root.append(button);

  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  let isOpen = false;
  let isLoaded = false;

  const show = (/** @type {boolean} */ open) => {
    isOpen = open;
    button.setAttribute('aria-expanded', String(open));
    button.setAttribute('aria-label', open ? words.close : words.open);
    button.title = open ? words.close : words.open;
    path.setAttribute('d', open ? 'M6 6l12 12M18 6 6 18' : 'M4 5h16v11H10l-5 4v-4H4ZM8 9h8M8 12h5');
    if (open) badge.textContent = '';
    if (open && !frame) {
      frame = document.createElement('iframe');
      frame.title = words.title;
      // Scripts of the desk's own origin, links that open a window, downloads; nothing of the page that holds it.
      frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads');
      frame.allow = 'geolocation';
      frame.src = `${desk}/chat/${encodeURIComponent(agency)}/frame?lang=${language}`;
      frame.addEventListener('load', () => {
        isLoaded = true;
        if (isOpen) tell();
      });
      root.append(frame);
    }
    if (frame) frame.hidden = !open;
    if (open) tell();
    else button.focus();
  };
  const tell = () => {
    frame?.focus();
    if (isLoaded) frame?.contentWindow?.postMessage('chatdesk:opened', desk);
  };

  button.addEventListener('click', () => show(!isOpen));
  root.addEventListener('keydown', event => isOpen && /** @type {KeyboardEvent} */ (event).key === 'Escape' && show(false));
  addEventListener('message', event => {
    if (event.origin !== desk || event.source !== frame?.contentWindow || typeof event.data !== 'string') return;
    if (event.data === 'chatdesk:close' && isOpen) show(false);
    const unread = /^chatdesk:unread:(\d{1,4})$/.exec(event.data);
    if (unread && !isOpen) badge.textContent = unread[1] ?? '';
  });

  isOpen = false;
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-label', words.open);
  button.title = words.open;
  path.setAttribute('d', 'M4 5h16v11H10l-5 4v-4H4ZM8 9h8M8 12h5');
  const attach = () => {
    document.body.append(host);
    host.showPopover?.();
  };
  if (document.body) attach();
  else addEventListener('DOMContentLoaded', attach);
})();
