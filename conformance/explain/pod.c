/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/pod.h"

#include "cli/options.h"
#include "explain/tree_walk.h"

/* Most members that are told. */
#define MOST_TOLD 12

static bool is_true(const kit_json *value) {
  return kit_json_is_true(value);
}

static bool is_set(const kit_json *value) {
  return value->kind != KIT_JSON_NULL;
}

static bool is_memory(const kit_json *value) {
  return hcsref_str_equal(value->text, HCSREF_LIT("Memory"));
}

static bool is_propagation(const kit_json *value) {
  return value->text.len > 0 && !hcsref_str_equal(value->text, HCSREF_LIT("None"));
}

#define POD_FIELD(parent, member, fits, what) {parent, member, fits, what},

static const struct {
  const char *parent, *member;
  bool (*fits)(const kit_json *value);
  const char *what;
} fields[] = {
#include "explain/pod_fields.def"
};

/* What is to be said of the value; null: nothing. */
static const char *field_of(const kit_json *value) {
  for (size_t i = 0; i < CLI_COUNT(fields); i++)
    if (hcsref_str_equal(value->key, hcsref_cstr(fields[i].member)) &&
        (fields[i].parent[0] == '\0' || hcsref_str_equal(value->up->key, hcsref_cstr(fields[i].parent))) &&
        fields[i].fits(value))
      return fields[i].what;
  return NULL;
}

/* Does the pod around the value say that it is for Linux nodes? */
static bool is_for_linux(const kit_json *value) {
  for (const kit_json *pod = value->up; pod != NULL; pod = pod->up) {
    const kit_json *nodes = kit_json_get(pod, "nodeSelector");
    if (hcsref_str_equal(kit_json_get_string(nodes, "kubernetes.io/os"), HCSREF_LIT("linux")) ||
        hcsref_str_equal(kit_json_get_string(kit_json_get(pod, "os"), "name"), HCSREF_LIT("linux")))
      return true;
  }
  return false;
}

void explain_pod(explain_page *page, const kit_json *tree) {
  size_t told = 0;
  explain_part_begin(page, "windows", "What Windows makes of it");
  for (const kit_json *value = tree; value != NULL && told < MOST_TOLD; value = explain_next_value(tree, value)) {
    const char *what = value->key.data == NULL ? NULL : field_of(value);
    hcsref_str pointer = {NULL, 0};
    if (what == NULL || is_for_linux(value))
      continue;
    page->failed = page->failed || !explain_pointer_to(page->arena, tree, value, &pointer);
    explain_say(page, "%v: %s.", pointer, what);
    told++;
  }
}
