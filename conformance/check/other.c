/* SPDX-License-Identifier: Apache-2.0 */
#include "check/other.h"

#include "input/foreign.h"
#include "input/kind.h"
#include "input/text.h"
#include "input/yaml.h"

#include <string.h>

static bool is_of_recording(const kit_json *line) {
  return kit_json_get(line, "call") != NULL || kit_json_get(line, "host") != NULL || kit_json_get(line, "exit") != NULL;
}

/* `unknown`: what a tree of no known kind is. */
static const char *name_of(const kit_json *tree, const char *unknown) {
  const input_kind kind = input_kind_of(tree);
  if (kind == INPUT_FOREIGN)
    return input_foreign_of(tree)->what;
  return kind == INPUT_UNKNOWN || tree->first == NULL ? unknown : input_kind_name(kind);
}

const char *check_other_than_recording(hcsref_arena *arena, hcsref_str text) {
  const bool yaml = input_is_yaml(text), keys = input_has_keys(text);
  const input_foreign *foreign = yaml ? input_foreign_text(text) : NULL;
  hcsref_error err = {0};
  kit_json *tree;
  if (foreign != NULL)
    return foreign->what;
  if (!input_read_tree(arena, text, NULL, &text, &tree, &err) || is_of_recording(tree))
    return NULL;
  if (yaml)
    return keys ? name_of(tree, "a YAML document") : NULL;
  return name_of(tree, memchr(tree->raw.data, '\n', tree->raw.len) == NULL ? NULL : "a JSON document");
}
