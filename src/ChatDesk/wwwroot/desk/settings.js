// @ts-check
// What an officer set for this browser: sound, volume, how Enter works, single letters.

const prefix = "desk-setting/";

/** @param {string} name @param {string} otherwise */
export function setting(name, otherwise) {
  try {
    return localStorage.getItem(prefix + name) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Then it holds for this page only as its default.
  }
  window.dispatchEvent(new CustomEvent("desk-setting", { detail: name }));
}

/** Any input with data-setting shows and keeps that setting. */
class SettingInputs extends HTMLElement {
  connectedCallback() {
    queueMicrotask(() => {
      for (const input of /** @type {NodeListOf<HTMLInputElement | HTMLSelectElement>} */ (this.querySelectorAll("[data-setting]"))) {
        const name = input.dataset.setting ?? "";
        const otherwise = input.dataset.default ?? "";
        if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = setting(name, otherwise) === "on";
        else input.value = setting(name, otherwise);
      }
    });
    this.addEventListener("change", event => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.dataset.setting) keep(input.dataset.setting, input.type === "checkbox" ? (input.checked ? "on" : "off") : input.value);
    });
  }
}
customElements.define("desk-settings", SettingInputs);
