/* SPDX-License-Identifier: Apache-2.0 */
/* Variables that are added to those of a process. Source: containerd pkg/oci/spec_opts.go WithEnv,
 * replaceOrAppendEnvValues. */
#include "cri/steps.h"
#include "gojson/sort.h"

#include <string.h>

/* A variable that the process has already, and the place of its last entry. */
typedef struct known_name {
  hcsref_str name;
  size_t place;
} known_name;

typedef struct known_names {
  const hcsref_str *const *sorted; /* each the name of a known_name, in byte order */
  size_t count;
} known_names;

/* What is before the first "="; the whole when there is none. */
static hcsref_str name_of(hcsref_str variable) {
  const char *equals = variable.len == 0 ? NULL : memchr(variable.data, '=', variable.len);
  return equals == NULL ? variable : hcsref_str_first(variable, (size_t)(equals - variable.data));
}

/* Of entries with the same name the last one counts: that is the one that sorting keeps. */
static bool learn_names(hcsref_arena *arena, const hcsref_slice *environment, known_names *known) {
  hcsref_map names = {NULL, environment->len, environment->len};
  known_name *entries = hcsref_arena_array(arena, environment->len, sizeof *entries);
  if (entries == NULL)
    return false;
  for (size_t i = 0; i < environment->len; i++) {
    entries[i].name = name_of(((const hcsref_str *)environment->items)[i]);
    entries[i].place = i;
  }
  names.entries = entries;
  known->sorted = hcsref_sort_entries(arena, &names, sizeof *entries, &known->count);
  return known->sorted != NULL;
}

/* The place of the variable; SIZE_MAX when the process has none of that name. */
static size_t find_name(const known_names *known, hcsref_str name) {
  size_t low = 0, high = known->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = hcsref_str_compare(*known->sorted[middle], name);
    if (order == 0)
      return ((const known_name *)(const void *)known->sorted[middle])->place;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return SIZE_MAX;
}

/* A variable without "=" empties its place. Names that are added do not become known. */
static void put_variables(const known_names *known, const hcsref_slice *added, hcsref_str *all, size_t *count) {
  for (size_t i = 0; i < added->len; i++) {
    hcsref_str variable = ((const hcsref_str *)added->items)[i], name = name_of(variable);
    size_t place = find_name(known, name);
    bool has_value = name.len != variable.len;
    if (place != SIZE_MAX)
      all[place] = has_value ? variable : hcsref_cstr(NULL);
    else if (has_value)
      all[(*count)++] = variable;
  }
}

static size_t drop_empty(hcsref_str *all, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (all[i].len != 0)
      all[kept++] = all[i];
  return kept;
}

bool hcsref_step_environment(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_slice *environment,
                             hcsref_error *err) {
  known_names known;
  hcsref_str *all;
  hcsref_oci_process *process;
  size_t count;
  if (environment->len == 0)
    return true;
  process = hcsref_process_section(arena, spec, err);
  if (process == NULL)
    return false;
  count = process->env.len;
  all = hcsref_arena_array(arena, count + environment->len, sizeof *all);
  if (all == NULL || !learn_names(arena, &process->env, &known))
    return hcsref_fail_memory(err);
  if (count != 0)
    memcpy(all, process->env.items, count * sizeof *all);
  put_variables(&known, environment, all, &count);
  process->env.items = all;
  process->env.len = process->env.cap = drop_empty(all, count);
  return true;
}
