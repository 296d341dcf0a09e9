// @ts-check
// The line between this page and the desk. When it is cut: a quiet try at once, a bar after two seconds, tries for ever.
// When it is back the page first catches up by number; only then may anything be sent (see composer.js).

import { say } from "./words.js";

const pauses = [0, 500, 1000, 1500, 2000, 3000];
const barAfter = 2000;

// A page whose console has not come alive by then is asked for anew: the framework tries its first connection only once.
const patience = [8000, 15000, 30000, 60000];
const triesKey = "desk-tries";

/** @type {"up" | "down" | "behind"} */
let state = "up";
/** @type {{ invokeMethodAsync: (name: string, ...values: unknown[]) => Promise<unknown> } | null} */
let console_ = null;
let barTimer = 0;
let trying = false;
let birthTimer = 0;

export const isUp = () => state === "up";

/** Called by the console when its circuit is alive. @param {typeof console_} reference */
export function attach(reference) {
  console_ = reference;
  window.clearTimeout(birthTimer);
  sessionStorage.removeItem(triesKey);
  turn("up");
}

/** Called when the page begins to connect. */
export function begin() {
  const tries = Number(sessionStorage.getItem(triesKey) ?? 0);
  const wait = patience[Math.min(tries, patience.length - 1)] ?? 0;
  barTimer = window.setTimeout(() => showBar(true, "LineStarting"), wait / 2);
  birthTimer = window.setTimeout(() => void anew(tries + 1), wait);
}

/** Asks for the page again once the desk answers at all: a page of the browser's own would never come back. @param {number} tries */
async function anew(tries) {
  sessionStorage.setItem(triesKey, String(tries));
  for (;;) {
    try {
      await fetch(location.href, { redirect: "manual", cache: "no-store" });
      if (!console_) location.reload();
      return;
    } catch {
      await pause(2000);
    }
  }
}

/** Calls the console, if it is there. @param {string} name @param {...unknown} values */
export const tell = (name, ...values) => void console_?.invokeMethodAsync(name, ...values).catch(() => {});

/** @param {typeof state} next */
function turn(next) {
  state = next;
  document.documentElement.dataset.line = next;
  window.clearTimeout(barTimer);
  if (next === "up") showBar(false);
  else barTimer = window.setTimeout(() => showBar(true), barAfter);
  window.dispatchEvent(new CustomEvent("desk-line", { detail: next }));
}

/** @param {boolean} visible @param {string} words */
function showBar(visible, words = "LineLost") {
  const bar = document.getElementById("desk-line");
  if (!bar) return;
  bar.hidden = !visible;
  bar.textContent = visible ? say(words) : "";
}

/** Reads what was missed; true when the page shows it. */
async function catchUp() {
  if (!console_) return false;
  turn("behind");
  const late = new Promise((_, reject) => window.setTimeout(() => reject(new Error("late")), 4000));
  try {
    await Promise.race([console_.invokeMethodAsync("CatchUp"), late]);
    turn("up");
    return true;
  } catch {
    return false;
  }
}

/** @param {number} milliseconds */
const pause = milliseconds => new Promise(resolve => window.setTimeout(resolve, milliseconds));

async function retry() {
  if (trying) return;
  trying = true;
  turn("down");
  for (let n = 0; ; n++) {
    await pause(pauses[Math.min(n, pauses.length - 1)]);
    try {
      // @ts-ignore: given by the framework's script
      const alive = await Blazor.reconnect();
      if (alive && (await catchUp())) break;
      // The desk answers but no longer holds this page: begin anew. Drafts are kept by the browser.
      if (alive === false) return location.reload();
    } catch {
      // Not reachable yet.
    }
  }
  trying = false;
}

/** For Blazor.start. */
export const reconnectionHandler = { onConnectionDown: () => void retry(), onConnectionUp: () => {} };

// The browser often knows before the socket does.
window.addEventListener("offline", () => turn("down"));
window.addEventListener("online", async () => {
  if (!trying && !(await catchUp())) void retry();
});
