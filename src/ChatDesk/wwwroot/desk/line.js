// @ts-check
// The line between this page and the desk. When it is cut: a quiet try at once, a bar after two seconds, tries for ever.
// When it is back the page first catches up by number; only then may anything be sent (see composer.js).

import { say } from "./words.js";

const pauses = [0, 500, 1000, 1500, 2000, 3000];
const barAfter = 2000;

/** @type {"up" | "down" | "behind"} */
let state = "up";
/** @type {{ invokeMethodAsync: (name: string, ...values: unknown[]) => Promise<unknown> } | null} */
let console_ = null;
let barTimer = 0;
let trying = false;

export const isUp = () => state === "up";

/** Called by the console when its circuit is alive. @param {typeof console_} reference */
export function attach(reference) {
  console_ = reference;
  turn("up");
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

/** @param {boolean} visible */
function showBar(visible) {
  const bar = document.getElementById("desk-line");
  if (!bar) return;
  bar.hidden = !visible;
  bar.textContent = visible ? say("LineLost") : "";
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
