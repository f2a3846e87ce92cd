/* SPDX-License-Identifier: Apache-2.0 */
/** @file Files of other programs that people have at hand and take for one of the kit's inputs: what they are, and what
 * to give instead. */
#ifndef HCSPROOF_INPUT_FOREIGN_H
#define HCSPROOF_INPUT_FOREIGN_H

#include "compare/tree.h"
#include "hcsref/base.h"

typedef struct input_foreign {
  const char *what;   /**< "a CNI configuration" */
  const char *reader; /**< who reads or writes it, as a clause: "a network plugin reads it" */
  const char *instead;
} input_foreign;

/** Null: it is none that is known. */
const input_foreign *input_foreign_of(const kit_json *tree);
/** The same of a text that is neither JSON nor YAML: containerd's TOML, a Dockerfile. */
const input_foreign *input_foreign_text(hcsref_str text);

#endif
