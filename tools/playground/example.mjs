// SPDX-License-Identifier: Apache-2.0
// The files of examples.json: PATH, or PATH#MEMBER for one part of a sample specification (ref/tests/data/specs).

import { readFileSync } from "node:fs";
import { join } from "node:path";

export function readExample(source, name) {
  const [path, member] = name.split("#");
  const text = readFileSync(join(source, path), "utf8");
  return member === undefined ? text : JSON.stringify(JSON.parse(text)[member], null, 2) + "\n";
}
