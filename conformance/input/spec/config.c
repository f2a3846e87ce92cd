/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/config.h"

#include "input/foreign.h"
#include "input/text.h"

static bool has_word(hcsref_str text, hcsref_str word) {
  for (size_t i = 0; i + word.len <= text.len; i++)
    if (text.data[i] == word.data[0] && hcsref_str_has_prefix(hcsref_str_skip(text, i), word))
      return true;
  return false;
}

bool input_is_go_text(hcsref_str text) {
  return has_word(text, HCSREF_LIT("&ContainerConfig{")) || has_word(text, HCSREF_LIT("&PodSandboxConfig{"));
}

bool input_refuse_go_text(hcsref_arena *arena, hcsref_error *err) {
  return hcsref_fail(arena, err, "go-text", hcsref_cstr(NULL),
                     "a config as containerd logs it, in Go's own notation: no program reads that. 'crictl inspect' "
                     "and 'crictl inspectp' print the same config as JSON (info.config)");
}

/* Few of its members are known, or it is something else. */
static bool refuse_config(hcsref_arena *arena, const kit_json *tree, const hcsref_type *type, hcsref_error *err) {
  bool pod = type == &hcsref_type_cri_pod_sandbox_config;
  input_kind kind = input_kind_of(tree);
  const char *wanted = pod ? "a CRI pod config" : "a CRI container config";
  if (kind == INPUT_UNKNOWN || kind == (pod ? INPUT_CRI_POD : INPUT_CRI_CONTAINER))
    return hcsref_fail(arena, err, "not-a-config", hcsref_cstr(NULL), "few of its members are those of %s", wanted);
  return hcsref_fail(arena, err, "not-a-config", hcsref_cstr(NULL), "is %s, not %s",
                     kind == INPUT_FOREIGN ? input_foreign_of(tree)->what : input_kind_name(kind), wanted);
}

/* More of its members are those of the other config of CRI: a pod's of a container, or the reverse. */
static bool is_other_config(const kit_json *tree, const hcsref_type *type) {
  const bool pod = type == &hcsref_type_cri_pod_sandbox_config;
  const hcsref_type *other = pod ? &hcsref_type_cri_container_config : &hcsref_type_cri_pod_sandbox_config;
  return input_kind_of(tree) == (pod ? INPUT_CRI_CONTAINER : INPUT_CRI_POD) &&
         input_count(tree, other).known > input_count(tree, type).known;
}

/* The kinds that have no table are nothing else. */
static bool may_be_config(const kit_json *tree, const hcsref_type *type) {
  input_kind kind = input_kind_of(tree);
  return (kind == INPUT_OCI_SPEC || kind == INPUT_CRI_CONTAINER || kind == INPUT_CRI_POD) && input_fits(tree, type) &&
         !is_other_config(tree, type);
}

bool input_read_config(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str bytes, const hcsref_type *type,
                       void *out, hcsref_slice *notes, hcsref_error *err) {
  hcsref_buf text = {.arena = arena};
  hcsref_str json;
  kit_json *tree;
  if (input_is_go_text(bytes))
    return input_refuse_go_text(arena, err);
  if (!input_read_tree(arena, bytes, type, &json, &tree, err))
    return false;
  if (tree->kind == KIT_JSON_OBJECT && !may_be_config(tree, type))
    return refuse_config(arena, tree, type, err);
  if (!input_as_crictl(arena, rules, tree, type, &text, notes))
    return hcsref_fail_memory(err);
  return hcsref_json_decode_as(arena, rules, hcsref_buf_str(&text), type, HCSREF_JSON_WHOLE, out, err);
}
