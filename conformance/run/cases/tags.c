/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/tags.h"

bool kit_has_word(const kit_json *list, hcsref_str word) {
  const kit_json *item;
  if (list == NULL)
    return false;
  for (item = list->first; item != NULL; item = item->next)
    if (item->kind == KIT_JSON_STRING && hcsref_str_equal(item->text, word))
      return true;
  return false;
}

const char *kit_case_error_reason(const kit_case *c) {
  if (kit_has_word(c->tags, HCSREF_LIT("decode-error")))
    return "the original's JSON reader refuses the question";
  if (kit_has_word(c->tags, HCSREF_LIT("upstream-crash")))
    return "the original crashes here";
  return "";
}
