/* SPDX-License-Identifier: Apache-2.0 */
#include "input/several.h"

#include "input/encoding.h"
#include "input/kind.h"
#include "input/yaml.h"

#include <string.h>

bool input_parse(hcsref_arena *arena, hcsref_str json, kit_json **tree, size_t *offset, hcsref_error *err) {
  hcsref_error ignored = {0};
  kit_json *all;
  if (kit_json_parse_at(arena, json, tree, offset, err))
    return true;
  if (*offset == 0 || *offset >= json.len)
    return false;
  if (!kit_json_parse_several(arena, json, &all, &ignored))
    return strcmp(ignored.code, "out-of-memory") == 0 && hcsref_fail_memory(err);
  if (!input_is_listed(input_kind_of(all)))
    return false;
  *tree = all;
  return true;
}

static bool add(hcsref_arena *arena, hcsref_slice *items, hcsref_str text, hcsref_str place, hcsref_error *err) {
  input_item *item = hcsref_slice_push(arena, items, sizeof *item);
  if (item == NULL)
    return hcsref_fail_memory(err);
  item->text = text;
  item->place = place;
  return true;
}

static bool add_all(hcsref_arena *arena, const kit_json *tree, hcsref_slice *items, hcsref_error *err) {
  uint64_t index = 0;
  for (const kit_json *child = tree->first; child != NULL; child = child->next) {
    hcsref_str place;
    if (!hcsref_format(arena, &place, "/%u", index++) || !add(arena, items, child->raw, place, err))
      return hcsref_fail_memory(err);
  }
  return true;
}

/* The tree, when there is one. False: out of memory. */
static bool read_tree(hcsref_arena *arena, hcsref_str operand, kit_json **tree, hcsref_error *err) {
  hcsref_error unreadable = {0};
  hcsref_str text;
  size_t offset;
  *tree = NULL;
  if ((!input_decode(arena, operand, &text, &unreadable) ||
       (input_is_yaml(text) && input_has_keys(text) && !input_yaml_to_json(arena, text, NULL, &text, &unreadable)) ||
       !input_parse(arena, text, tree, &offset, &unreadable)) &&
      strcmp(unreadable.code, "out-of-memory") == 0)
    return hcsref_fail_memory(err);
  return true;
}

bool input_split(hcsref_arena *arena, hcsref_str operand, hcsref_slice *items, hcsref_error *err) {
  kit_json *tree;
  if (!read_tree(arena, operand, &tree, err))
    return false;
  if (tree != NULL && tree->kind == KIT_JSON_ARRAY && input_is_listed(input_kind_of(tree)))
    return add_all(arena, tree, items, err);
  return add(arena, items, operand, HCSREF_LIT(""), err);
}
