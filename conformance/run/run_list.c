/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof run --list and --dry-run. */
#include "io/print.h"
#include "run/survey.h"

#include <stdlib.h>
#include <string.h>

/* Calls `each` for every selected case; returns an exit status. */
static int for_each_case(run_state *s, void (*each)(void *context, const kit_case *c), void *context) {
  uint64_t found = 0, bad = 0;
  const kit_feed feed = run_feed(s);
  hcsref_arena arena;
  kit_next next;
  hcsref_arena_init(&arena, NULL, 0);
  do {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = feed.next(feed.context, &arena, &c, &err);
    if (next == KIT_NEXT_ERROR) {
      run_complain_case(s, err.message);
      bad++;
    } else if (next == KIT_NEXT_CASE && kit_selected(&s->selection, &c)) {
      each(context, &c);
      found++;
    }
  } while (next != KIT_NEXT_END);
  hcsref_arena_free(&arena);
  if (bad > 0)
    return CLI_KIT;
  return found > 0 ? CLI_OK : run_no_match(s);
}

static void list_case(void *context, const kit_case *c) {
  const bool *verbose = context;
  kit_print(stdout, "%.*s", (int)c->id.len, c->id.data);
  if (*verbose)
    kit_print(stdout, "\t%s\t%v", kit_level_name(c->level), c->title);
  putchar('\n');
}

int run_list(run_state *s) {
  if (!s->o->verbose) /* which shows titles */
    kit_source_scan_only(s->source);
  return for_each_case(s, list_case, &s->o->verbose);
}

/* ---- counting ----------------------------------------------------------------------------------------- */

#define MOST_AREAS 64

typedef struct area_counts {
  struct {
    char name[64];
    uint64_t levels[3];
  } areas[MOST_AREAS];
  size_t count;
  uint64_t total;
} area_counts;

static void count_case(void *context, const kit_case *c) {
  area_counts *counts = context;
  size_t i;
  char name[64];
  snprintf(name, sizeof(name), "%.*s", (int)(c->area.len < 63 ? c->area.len : 63), c->area.data);
  counts->total++;
  for (i = 0; i < counts->count && strcmp(counts->areas[i].name, name) != 0; i++)
    ;
  if (i == counts->count && i < MOST_AREAS)
    memcpy(counts->areas[counts->count++].name, name, sizeof(name));
  if (i < MOST_AREAS)
    counts->areas[i].levels[c->level]++;
}

int run_dry(run_state *s) {
  area_counts *counts = calloc(1, sizeof(*counts));
  int status;
  size_t i;
  if (counts == NULL)
    return CLI_KIT;
  kit_source_scan_only(s->source);
  status = for_each_case(s, count_case, counts);
  for (i = 0; i < counts->count; i++)
    printf("%-28s %6llu must %6llu should %6llu may\n", counts->areas[i].name,
           (unsigned long long)counts->areas[i].levels[0], (unsigned long long)counts->areas[i].levels[1],
           (unsigned long long)counts->areas[i].levels[2]);
  printf(counts->total == 1 ? "%llu case matches; nothing was played\n" : "%llu cases match; nothing was played\n",
         (unsigned long long)counts->total);
  free(counts);
  return status;
}
