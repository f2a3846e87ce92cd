/* SPDX-License-Identifier: Apache-2.0 */
/* What the containers of a recording were made from. */
#include "check/check_run.h"
#include "cli/commands.h"
#include "input/kind.h"
#include "input/several.h"
#include "platform/platform.h"

#include <string.h>

/* [ID=]PATH: a path's own '=' comes after a separator, which an id has none of. */
static const char *split_bundle(const char *value, hcsref_str *id) {
  size_t length = strcspn(value, "=/\\:");
  *id = hcsref_str_from(value, value[length] == '=' ? length : 0);
  return value[length] == '=' ? value + length + 1 : value;
}

static bool add_bundle(check_run *s, const check_bundle *bundle) {
  check_bundle *place = hcsref_slice_push(&s->arena, &s->bundles, sizeof(*place));
  if (place == NULL)
    return check_complain(bundle->name, CLI_KIT, "out of memory") == CLI_OK;
  *place = *bundle;
  return true;
}

/* The id that an input tells of its container; empty: a bundle tells none. */
static hcsref_str id_of(const kit_json *tree) {
  switch (input_kind_of(tree)) {
  case INPUT_DOCKER_INSPECT:
    return kit_json_get_string(tree->kind == KIT_JSON_ARRAY ? tree->first : tree, "Id");
  case INPUT_CRICTL_INSPECT:
  case INPUT_CRICTL_INSPECTP:
    return kit_json_get_string(kit_json_get(tree, "status"), "id");
  case INPUT_CTR_CONTAINER:
    return kit_json_get_string(tree, "ID");
  default:
    return hcsref_str_from(NULL, 0);
  }
}

/* What cannot be read tells nothing: that is said when a container is compared with it. */
static hcsref_str told_id(check_run *s, hcsref_str text) {
  hcsref_error err;
  input_map map;
  return input_map_read(&s->arena, text, NULL, &map, &err) ? id_of(map.tree) : hcsref_str_from(NULL, 0);
}

/* All containers of a file, or of several the one whose id was given. */
static bool add_items(check_run *s, const check_bundle *bundle, const hcsref_slice *items) {
  const input_item *item = items->items;
  for (size_t i = 0; i < items->len; i++) {
    check_bundle each = *bundle;
    hcsref_str told = told_id(s, item[i].text);
    each.source.text = item[i].text;
    each.source.place = item[i].place;
    if (bundle->id.len == 0)
      each.id = told;
    else if (items->len > 1 && !hcsref_str_equal(told, bundle->id))
      continue;
    if (!add_bundle(s, &each))
      return false;
  }
  return true;
}

static bool read_bundle(check_run *s, const char *value) {
  check_bundle bundle = {.name = NULL};
  const char *path = split_bundle(value, &bundle.id);
  hcsref_slice items = {NULL, 0, 0};
  const size_t before = s->bundles.len;
  hcsref_error err;
  hcsref_str inside;
  if (platform_is_folder(path)) { /* the text ends in a NUL of its own */
    if (!hcsref_format(&s->arena, &inside, "%s/config.json%v", path, hcsref_str_from("", 1)))
      return check_complain(path, CLI_KIT, "out of memory") == CLI_OK;
    path = inside.data;
  }
  if (!check_read(s, path, &bundle.name, &bundle.source.text))
    return false;
  if (!input_split(&s->arena, bundle.source.text, &items, &err))
    return check_complain(path, CLI_KIT, "out of memory") == CLI_OK;
  if (!add_items(s, &bundle, &items))
    return false;
  return s->bundles.len > before || check_complain(path, CLI_KIT, "has no container with that id") == CLI_OK;
}

static bool read_completion(check_run *s, const char *path, hcsref_str *out) {
  const char *name;
  return path == NULL || check_read(s, path, &name, out);
}

static bool find_state(check_run *s) {
  const char *problem;
  return s->o->state == NULL || state_find(&s->arena, s->o->state, &s->state, &problem) ||
         check_complain(s->o->state, CLI_KIT, problem) == CLI_OK;
}

bool check_read_bundles(check_run *s) {
  for (size_t i = 0; i < s->o->bundles.count; i++)
    if (!read_bundle(s, s->o->bundles.items[i]))
      return false;
  return read_completion(s, s->o->pod, &s->setup.pod) && read_completion(s, s->o->image, &s->setup.image) &&
         read_completion(s, s->o->runtime, &s->setup.runtime) && find_state(s);
}

check_bundle *check_find_bundle(void *context, hcsref_str id) {
  check_run *s = context;
  check_bundle *all = NULL, *items = s->bundles.items;
  for (size_t i = 0; i < s->bundles.len; i++) {
    if (items[i].id.len == 0)
      all = &items[i];
    else if (hcsref_str_equal(items[i].id, id))
      return &items[i];
  }
  if (s->state.count > 0) {
    check_bundle *found = state_bundle_of(&s->state, id);
    s->in_state += found != NULL;
    if (found != NULL)
      return found;
  }
  s->unnamed += all != NULL;
  return all;
}
