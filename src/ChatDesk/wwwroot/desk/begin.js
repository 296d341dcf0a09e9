// @ts-check
// Watches over the console's birth: the framework tries its first connection only once, and a script that does not come is not
// asked for again (a replica of another version has no such file). Stands alone, so that it works whatever else is missing.

const patience = [8000, 15000, 30000, 60000];
const triesKey = "desk-tries";

const tries = Number(sessionStorage.getItem(triesKey) ?? 0);
const wait = patience[Math.min(tries, patience.length - 1)] ?? 0;
let isAlive = false;

window.addEventListener("desk-line", change => {
  if (/** @type {CustomEvent<string>} */ (change).detail !== "up") return;
  isAlive = true;
  sessionStorage.removeItem(triesKey);
});
// Who has no console (an editor) has no bar for it either, and waits for nothing.
if (document.getElementById("desk-line")) {
  window.setTimeout(tell, wait / 2);
  window.setTimeout(() => void anew(), wait);
}

function tell() {
  const bar = document.getElementById("desk-line");
  if (isAlive || !bar) return;
  bar.textContent = JSON.parse(document.querySelector("meta[name=desk-words]")?.getAttribute("content") ?? "{}").LineStarting ?? "";
  bar.hidden = false;
}

/** Asks for the page again once the desk answers at all: a page of the browser's own would never come back. */
async function anew() {
  if (isAlive) return;
  sessionStorage.setItem(triesKey, String(tries + 1));
  for (;;) {
    try {
      await fetch(location.href, { redirect: "manual", cache: "no-store" });
      if (!isAlive) location.reload();
      return;
    } catch {
      await new Promise(resolve => window.setTimeout(resolve, 2000));
    }
  }
}
