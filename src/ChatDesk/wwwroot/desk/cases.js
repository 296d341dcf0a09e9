// @ts-check
// Keys of the case pages, by event.code: a Thai layout has other letters on the same keys. A key does nothing that is not on
// the page: it opens, focuses or presses what names it (data-key). Without this script everything still works by mouse and Tab.

const rows = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-row]")]);
const picks = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[data-row] input[type=checkbox]")]);

document.addEventListener("keydown", event => {
  if (event.isComposing) return;
  const handled = event.ctrlKey && !event.altKey && event.code === "KeyK" ? focusOn("[data-search]")
    : event.ctrlKey && !event.altKey && event.code === "Enter" ? send(event.target)
    : event.altKey && !event.ctrlKey && !event.metaKey ? onAlt(event.code) : false;
  if (handled) event.preventDefault();
});

/** @param {string} code */
function onAlt(code) {
  if (rows().length > 0) {
    if (code === "KeyJ" || code === "ArrowDown") return move(1);
    if (code === "KeyK" || code === "ArrowUp") return move(-1);
    if (code === "KeyX") return pick(current());
    if (code === "KeyA") return press(document.querySelector("[data-all]"));
  }
  return press(document.querySelector(`[data-key="${code}"]`));
}

/** @param {Element | null} target */
function press(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("summary")) return open(target);
  if (target.matches("input:not([type=checkbox]), select, textarea")) target.focus();
  else target.click();
  return true;
}

/** Opens what a summary hides and goes to its first field. @param {HTMLElement} summary */
function open(summary) {
  const details = /** @type {HTMLDetailsElement} */ (summary.parentElement);
  details.open = !details.open || details.name !== "";
  const field = details.querySelector("textarea, input:not([type=hidden]), select, button");
  if (details.open && field instanceof HTMLElement) field.focus();
  else summary.focus();
  return true;
}

/** @param {string} selector */
function focusOn(selector) {
  const field = document.querySelector(selector);
  if (!(field instanceof HTMLInputElement)) return false;
  field.focus();
  field.select();
  return true;
}

/** @param {EventTarget | null} target */
function send(target) {
  if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) || !target.form) return false;
  target.form.requestSubmit();
  return true;
}

function current() {
  return rows().find(row => row.contains(document.activeElement));
}

/** @param {number} by */
function move(by) {
  const all = rows(), at = all.findIndex(row => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(at < 0 ? 0 : at + by, 0), all.length - 1)];
  const link = next?.querySelector("[data-open]");
  if (!(link instanceof HTMLElement)) return false;
  link.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/** @param {HTMLElement | undefined} row */
function pick(row) {
  return press(row?.querySelector("input[type=checkbox]") ?? null);
}

// How many are picked, said aloud too: an <output> is a live region.
document.addEventListener("change", event => {
  const target = event.target;
  if (!(target instanceof HTMLInputElement) || target.type !== "checkbox") return;
  if (target.matches("[data-all]")) for (const one of picks()) one.checked = target.checked;
  const count = document.querySelector("[data-count]");
  const picked = picks().filter(one => one.checked).length;
  if (count instanceof HTMLElement) count.textContent = picked === 0 ? count.dataset.none ?? "" : (count.dataset.some ?? "{0}").replace("{0}", String(picked));
});

// A form is sent once however often it is clicked; the server knows a second one by its key, this only spares the officer the answer to it.
document.addEventListener("submit", event => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  for (const button of form.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
});

// Coming back by the back button shows the page as it was left: its buttons work again.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[method=post] button")) if (button instanceof HTMLButtonElement) button.disabled = false;
});
