// SPDX-License-Identifier: Apache-2.0
// A row of tabs, as the ARIA Authoring Practices describe it: one is in the tab order, arrows go to the others.

export class Tabs {
  #buttons = new Map();
  #chosen;

  /** `tabs`: {name: label}; `choose` is called with the name when somebody chooses. */
  constructor(row, tabs, choose) {
    for (const [name, label] of Object.entries(tabs)) {
      const button = document.createElement("button");
      button.type = "button";
      button.id = "tab-" + name;
      button.role = "tab";
      button.textContent = label;
      button.addEventListener("click", () => choose(name));
      this.#buttons.set(name, button);
      row.append(button);
    }
    row.addEventListener("keydown", (event) => this.#move(event, choose));
  }

  #move(event, choose) {
    const names = [...this.#buttons.keys()];
    const at = names.indexOf(this.#chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    const name = names[(to + names.length) % names.length];
    event.preventDefault();
    choose(name);
    this.#buttons.get(name).focus();
  }

  show(chosen) {
    this.#chosen = chosen;
    for (const [name, button] of this.#buttons) {
      button.setAttribute("aria-selected", String(name === chosen));
      button.tabIndex = name === chosen ? 0 : -1;
    }
  }

  label(name, text) {
    this.#buttons.get(name).textContent = text;
  }

  button(name) {
    return this.#buttons.get(name);
  }
}
