/* SPDX-License-Identifier: Apache-2.0 */
/* Annotations that stand for others. Source: hcsshim internal/oci/annotations.go ProcessAnnotations;
 * pkg/annotations/annotations.go AnnotationExpansionMap. */
#include "hcs/annotations.h"
#include "hcs/rules.h"

#include "hcsref/pipeline.h"

#include <string.h>

#define UNSAFE_DISABLED      HCSREF_LIT("io.microsoft.disable-unsafe-operations")
#define HOSTPROCESS          HCSREF_LIT("microsoft.com/hostprocess-container")
#define HOSTPROCESS_DISABLED HCSREF_LIT("microsoft.com/disable-hostprocess-container")

/* What UNSAFE_DISABLED stands for, in upstream's order; the last one since hcsshim 0.13. */
static const char *const unsafe[] = {
    "io.microsoft.container.wcow.gmsa.disable",
    "io.microsoft.virtualmachine.fileshares.disablewritable",
    "io.microsoft.virtualmachine.wcow.virtualSMB.nodirectmap",
    "microsoft.com/disable-hostprocess-container",
};
#define UNSAFE (sizeof unsafe / sizeof *unsafe)

/* The annotations as they become, and what is wrong with them. */
typedef struct expansion {
  const hcsref_rules *rules;
  hcsref_map annotations;
  hcsref_buf problems;
  hcsref_str where; /* the last annotation that is in conflict */
} expansion;

/* Before 0.14 one problem is told, the last, and without details. */
static void begin_problem(expansion *e, const char *what, hcsref_str key) {
  if (!hcsref_has(e->rules, HCSREF_CHANGE_ANNOTATION_ALL_ERRORS))
    e->problems.len = 0;
  else if (e->problems.len != 0)
    hcsref_buf_append_char(&e->problems, '\n');
  hcsref_buf_append(&e->problems, hcsref_cstr(what));
  e->where = key;
}

static void append_value(expansion *e, const char *before, hcsref_str key, hcsref_str value) {
  hcsref_buf_append(&e->problems, hcsref_cstr(before));
  hcsref_buf_append_quoted(&e->problems, key);
  hcsref_buf_append(&e->problems, HCSREF_LIT(" = "));
  hcsref_buf_append_quoted(&e->problems, value);
}

static void add_conflict(expansion *e, hcsref_str value, hcsref_str key, hcsref_str other) {
  begin_problem(e, "annotation expansion conflict", key);
  if (!hcsref_has(e->rules, HCSREF_CHANGE_ANNOTATION_ALL_ERRORS))
    return;
  append_value(e, ": ", UNSAFE_DISABLED, value);
  append_value(e, " and ", key, other);
}

static bool add_annotation(hcsref_arena *arena, expansion *e, hcsref_str key, hcsref_str value) {
  hcsref_string_entry *entry = hcsref_map_push(arena, &e->annotations, sizeof *entry);
  if (entry == NULL)
    return false;
  entry->key = key;
  entry->value = value;
  return true;
}

static bool expand(hcsref_arena *arena, expansion *e) {
  size_t count = UNSAFE - !hcsref_has(e->rules, HCSREF_CHANGE_HOSTPROCESS_DISABLE);
  const hcsref_str *found = hcsref_map_find(&e->annotations, UNSAFE_DISABLED);
  hcsref_str value;
  if (found == NULL)
    return true;
  value = *found;
  for (size_t i = 0; i < count; i++) {
    hcsref_str key = hcsref_cstr(unsafe[i]);
    const hcsref_str *other = hcsref_map_find(&e->annotations, key);
    if (other == NULL) {
      if (!add_annotation(arena, e, key, value))
        return false;
    } else if (!hcsref_str_equal(*other, value)) {
      add_conflict(e, value, key, *other);
    }
  }
  return true;
}

/* A container cannot be a HostProcess container where those are forbidden. */
static void check_host_process(expansion *e) {
  const hcsref_str *disabled = hcsref_map_find(&e->annotations, HOSTPROCESS_DISABLED);
  const hcsref_str *wanted = hcsref_map_find(&e->annotations, HOSTPROCESS);
  if (!hcsref_has(e->rules, HCSREF_CHANGE_HOSTPROCESS_DISABLE) || !hcsref_read_bool(e->rules, disabled, false) ||
      !hcsref_read_bool(e->rules, wanted, false))
    return;
  begin_problem(e, "specified annotations conflict", HOSTPROCESS);
  if (!hcsref_has(e->rules, HCSREF_CHANGE_ANNOTATION_ALL_ERRORS))
    return;
  append_value(e, ": host process container annotations ", HOSTPROCESS_DISABLED, *disabled);
  append_value(e, " and ", HOSTPROCESS, *wanted);
}

static bool copy_annotations(hcsref_arena *arena, const hcsref_map *map, hcsref_map *out) {
  *out = *map;
  if (map->len == 0)
    return true;
  out->entries = hcsref_arena_array(arena, map->len, sizeof(hcsref_string_entry));
  out->cap = map->len;
  if (out->entries == NULL)
    return false;
  memcpy(out->entries, map->entries, map->len * sizeof(hcsref_string_entry));
  return true;
}

static bool fail_conflict(hcsref_arena *arena, expansion *e, hcsref_error *err) {
  hcsref_buf where = {.arena = arena};
  hcsref_buf_append(&where, HCSREF_LIT("/annotations"));
  hcsref_buf_append_pointer_token(&where, e->where);
  if (where.failed || e->problems.failed)
    return hcsref_fail_memory(err);
  return hcsref_fail(arena, err, "annotation-conflict", hcsref_buf_str(&where), "%v", hcsref_buf_str(&e->problems));
}

bool hcsref_process_annotations(hcsref_arena *arena, const hcsref_rules *rules, hcsref_map *annotations,
                                hcsref_error *err) {
  expansion e = {.rules = hcsref_rules_or_baseline(rules), .problems = {.arena = arena}};
  if (!hcsref_has(e.rules, HCSREF_CHANGE_ANNOTATION_EXPANSION))
    return hcsref_fail_release(arena, "expand annotations", err);
  if (!copy_annotations(arena, annotations, &e.annotations) || !expand(arena, &e))
    return hcsref_fail_memory(err);
  check_host_process(&e);
  if (e.problems.len != 0 || e.problems.failed)
    return fail_conflict(arena, &e, err);
  *annotations = e.annotations;
  return true;
}
