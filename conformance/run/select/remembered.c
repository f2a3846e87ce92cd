/* SPDX-License-Identifier: Apache-2.0 */
#include "run/select/remembered.h"

#include <string.h>

static size_t place_of(hcsref_str text, int performer) {
  uint32_t hash = 2166136261u ^ (uint32_t)performer; /* FNV-1a */
  size_t i;
  for (i = 0; i < text.len; i++)
    hash = (hash ^ (unsigned char)text.data[i]) * 16777619u;
  return (hash ^ hash >> 16) % KIT_REMEMBERED_LISTS;
}

bool kit_remembered_in_profile(kit_remembered *remembered, const kit_case *c, const hcsref_profile *profile) {
  hcsref_str text = c->profiles == NULL ? HCSREF_LIT("") : c->profiles->raw;
  int performer;
  size_t i;
  if (remembered == NULL || text.len == 0 || text.len > KIT_REMEMBERED_LENGTH)
    return kit_case_in_profile(c, profile);
  performer = kit_performer_of(c->op, profile);
  i = place_of(text, performer);
  if (remembered->lists[i].length != text.len || remembered->lists[i].performer != performer ||
      memcmp(remembered->lists[i].text, text.data, text.len) != 0) {
    memcpy(remembered->lists[i].text, text.data, text.len);
    remembered->lists[i].length = text.len;
    remembered->lists[i].performer = performer;
    remembered->lists[i].holds = kit_case_in_profile(c, profile);
  }
  return remembered->lists[i].holds;
}
