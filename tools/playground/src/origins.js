// SPDX-License-Identifier: Apache-2.0
// Where the fields of a document come from, as `hcsproof translate --explain=json` tells.

import { translate } from "./questions.js";

/** The fields of the document of a release, by their pointers. */
function fieldsOf(command, state, release) {
  const said = translate(command, state, release, "--explain=json");
  const lines = said.status === 0 ? said.stdout.split("\n").filter(Boolean) : [];
  return new Map(lines.map((line) => JSON.parse(line)).map((field) => [field.pointer, field]));
}

/** Asked for when somebody points at a field, and then kept until the next change. */
export class Origins {
  #kept = new Map();

  forget() {
    this.#kept.clear();
  }

  /** The field at the pointer or, of an object or a list, around it; null: nothing is known of it. */
  of(command, state, release, pointer) {
    if (!this.#kept.has(release)) this.#kept.set(release, fieldsOf(command, state, release));
    const fields = this.#kept.get(release);
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) if (fields.has(at)) return fields.get(at);
    return null;
  }
}

function sourceInWords({ file, line, pointer, host, option, ...rest }) {
  if (file) return `from ${file}, ${line ? `line ${line}, ` : ""}${pointer}`;
  if (host !== undefined) return `from the host: ${host}`;
  if (option !== undefined) return `from the option ${option}`;
  if ("stand-in" in rest) return `a stand-in: ${rest["stand-in"]}`;
  return "always the same";
}

/** "from input, line 5, /hostname (the rule)" */
export function inWords({ source, rule }) {
  return rule === null ? "where it comes from is not noted" : `${sourceInWords(source)} (${rule})`;
}
