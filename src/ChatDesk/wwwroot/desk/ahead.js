// @ts-check
// What is typed between a key and the dialog it opens. The dialog comes over the line, an officer's fingers do not wait for it:
// the "1 Enter" after Alt+X is meant for the dialog, and in the reply box it would be sent to the contact. So the focus moves at
// once to a small box of its own, visible when the line is slow, and the dialog takes from there what was typed for it.

import { isUp } from "./line.js";
import { say } from "./words.js";

/** A dialog that has not come by then does not come: its conversation was taken away meanwhile, or the line was cut. */
const longest = 20000;

/** @typedef {{ text: string, entered: boolean, left: boolean, before: Element | null }} Typed */

/** @type {{ box: HTMLElement, input: HTMLInputElement, typed: Typed } | null} */
let waiting = null;
/** Left with Escape before it came. */
let left = false;
let ends = 0;

export const isWaiting = () => waiting !== null;

/** A key has asked for a dialog. */
export function begin() {
  end();
  const box = document.createElement("label");
  box.className = "ahead";
  const [sign, input] = [document.createElement("span"), document.createElement("input")];
  sign.textContent = say("Opening");
  input.autocomplete = "off";
  box.append(sign, input);
  waiting = { box, input, typed: { text: "", entered: false, left: false, before: document.activeElement } };
  input.addEventListener("keydown", onKey);
  document.body.append(box);
  input.focus();
  ends = window.setTimeout(end, longest);
}

/** The dialog is there: what was typed for it, and where the focus was before. @returns {Typed} */
export function take() {
  const typed = waiting ? { ...waiting.typed, text: waiting.input.value } : { text: "", entered: false, left, before: document.activeElement };
  left = false;
  drop();
  return typed;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.isComposing || !waiting) return;
  if (event.code === "Escape") {
    left = true;
    end();
  } else if (event.code === "Enter" || event.code === "NumpadEnter") {
    waiting.typed.entered = true;
    waiting.input.readOnly = true;
  } else if (event.code !== "Tab") return;
  event.preventDefault();
  event.stopPropagation();
}

/** No dialog: the officer is where they were, and nothing that was typed goes anywhere. */
function end() {
  const before = waiting?.typed.before;
  drop();
  if (before instanceof HTMLElement && before.isConnected) before.focus();
}

function drop() {
  window.clearTimeout(ends);
  waiting?.box.remove();
  waiting = null;
}

window.addEventListener("desk-line", () => {
  if (!isUp()) end();
});
