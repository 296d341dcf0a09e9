// A signed-in officer who works on one live page asks the server for nothing else: tell it now and then that somebody is there.
// Without a key or a touch nothing is told, and the session ends by itself.

const interval = 4 * 60 * 1000;
let told = Date.now();

async function tell() {
  if (Date.now() - told < interval) return;
  told = Date.now();
  await fetch("/desk/awake", { credentials: "same-origin", cache: "no-store" }).catch(() => { told = 0; });
}

for (const sign of ["keydown", "pointerdown", "wheel"]) addEventListener(sign, tell, { passive: true, capture: true });
