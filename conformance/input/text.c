/* SPDX-License-Identifier: Apache-2.0 */
#include "input/text.h"

#include "input/encoding.h"
#include "input/yaml.h"

bool input_read_tree(hcsref_arena *arena, hcsref_str bytes, const hcsref_type *type, hcsref_str *text, kit_json **tree,
                     hcsref_error *err) {
  if (!input_decode(arena, bytes, text, err))
    return false;
  if (input_is_yaml(*text) && !input_yaml_to_json(arena, *text, type, text, err))
    return false;
  return kit_json_parse(arena, *text, tree, err);
}
