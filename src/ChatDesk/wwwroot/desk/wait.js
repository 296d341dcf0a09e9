// @ts-check
// <desk-wait now since limit>: a bar that grows while a contact waits for a person; times in milliseconds by the desk's clock.

class Wait extends HTMLElement {
  static observedAttributes = ["now", "since", "limit"];

  connectedCallback() {
    this.#draw();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  #draw() {
    const share = (Number(this.getAttribute("now")) - Number(this.getAttribute("since"))) / Number(this.getAttribute("limit"));
    this.style.setProperty("--share", String(Math.max(0.02, Math.min(1, share))));
    this.dataset.state = share >= 1 ? "over" : share >= 0.7 ? "late" : "good";
  }
}
customElements.define("desk-wait", Wait);
