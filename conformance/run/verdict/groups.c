/* SPDX-License-Identifier: Apache-2.0 */
#include "run/verdict/groups.h"

#include "io/utf8.h"

#include <stdlib.h>
#include <string.h>

kit_groups *kit_groups_new(void) {
  kit_groups *groups = calloc(1, sizeof(*groups));
  if (groups != NULL)
    hcsref_arena_init(&groups->arena, NULL, 0);
  return groups;
}

void kit_groups_free(kit_groups *groups) {
  if (groups == NULL)
    return;
  hcsref_arena_free(&groups->arena);
  free(groups);
}

/* What the group is called; false: the result has none. */
static bool kind_of(const kit_case *c, const kit_result *r, char *kind) {
  hcsref_str reason = utf8_first(r->reason, KIT_KIND_SIZE - 1);
  if (r->verdict == KIT_PASS || r->known == KIT_KNOWN)
    return false;
  if (r->verdict != KIT_SKIP)
    return kit_kind(c, r, 0, kind);
  if (reason.len > 0)
    memcpy(kind, reason.data, reason.len);
  kind[reason.len] = '\0';
  return true;
}

static bool is_of(const kit_group *g, const kit_case *c, const kit_result *r, const char *kind) {
  return g->verdict == r->verdict && hcsref_str_equal(g->op, c->op) && strcmp(g->kind, kind) == 0;
}

static bool begin_group(kit_groups *groups, const kit_case *c, const kit_result *r, const char *kind) {
  kit_group *g = &groups->items[groups->count];
  if (!hcsref_str_copy(&groups->arena, c->op, &g->op) || !hcsref_str_copy(&groups->arena, c->id, &g->first))
    return false;
  memcpy(g->kind, kind, strlen(kind) + 1);
  g->verdict = r->verdict;
  groups->count++;
  return true;
}

bool kit_groups_note(kit_groups *groups, const kit_case *c, kit_result *r) {
  char kind[KIT_KIND_SIZE];
  size_t i = 0;
  r->group = KIT_NO_GROUP;
  if (!kind_of(c, r, kind))
    return true;
  while (i < groups->count && !is_of(&groups->items[i], c, r, kind))
    i++;
  if (i == KIT_GROUPS_KEPT)
    return true;
  if (i == groups->count && !begin_group(groups, c, r, kind))
    return false;
  groups->items[i].cases++;
  r->group = i;
  r->group_rank = groups->items[i].cases;
  return true;
}

/* The larger first; of the same size the earlier. */
static int by_size(const void *a, const void *b) {
  const kit_group *x = *(const kit_group *const *)a, *y = *(const kit_group *const *)b;
  if (x->cases != y->cases)
    return x->cases < y->cases ? 1 : -1;
  return (x > y) - (x < y);
}

size_t kit_groups_sorted(const kit_groups *groups, kit_verdict verdict, const kit_group **out) {
  size_t count = 0, i;
  for (i = 0; i < groups->count; i++)
    if (groups->items[i].verdict == verdict)
      out[count++] = &groups->items[i];
  if (count > 1)
    qsort(out, count, sizeof(const kit_group *), by_size);
  return count;
}
