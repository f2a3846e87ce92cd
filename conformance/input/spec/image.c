/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/image.h"

#include "hcsref/hcsref.h"
#include "input/kind.h"
#include "input/text.h"

static const kit_json *either(const kit_json *tree, const char *lower, const char *upper) {
  const kit_json *found = kit_json_get(tree, lower);
  return found != NULL ? found : kit_json_get(tree, upper);
}

/* A config of something else may have members of the same names; an image's has more of its own. */
static bool is_other_config(const kit_json *tree) {
  const hcsref_type *const types[] = {&hcsref_type_cri_container_config, &hcsref_type_cri_pod_sandbox_config,
                                      &hcsref_type_oci_spec};
  const size_t known = input_count(tree, &hcsref_type_image_config).known;
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
    if (input_count(tree, types[i]).known > known)
      return true;
  return false;
}

bool input_read_image(hcsref_arena *arena, hcsref_str bytes, input_image_text *out, hcsref_error *err) {
  const kit_json *config, *os, *spec;
  hcsref_str text;
  kit_json *tree;
  if (!input_read_tree(arena, bytes, NULL, &text, &tree, err))
    return false;
  if (tree->kind == KIT_JSON_ARRAY && tree->first != NULL)
    tree = tree->first;
  spec = kit_json_get(kit_json_get(tree, "info"), "imageSpec");
  spec = either(tree, "config", "Config") == NULL && spec != NULL ? spec : tree;
  config = either(spec, "config", "Config");
  os = either(spec, "os", "Os");
  if (config == NULL && is_other_config(tree))
    return hcsref_fail(arena, err, "not-a-config", hcsref_cstr(NULL), "is %s, not the config of an image",
                       input_kind_name(input_kind_of(tree)));
  out->config = config == NULL ? tree->raw : config->raw;
  out->os = os == NULL || os->kind != KIT_JSON_STRING ? HCSREF_LIT("") : os->text;
  return true;
}
