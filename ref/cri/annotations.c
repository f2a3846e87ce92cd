/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations of a spec: those that are passed on, then those that say what it belongs to and that nobody can
 * bring along. Source: containerd internal/cri/util GetPassthroughAnnotations, internal/cri/annotations. */
#include "base/path_match.h"
#include "cri/steps.h"

bool hcsref_annotate(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str key, hcsref_str value, hcsref_error *err) {
  hcsref_string_entry *entry = hcsref_map_push(arena, &spec->annotations, sizeof *entry);
  if (entry == NULL)
    return hcsref_fail_memory(err);
  entry->key = key;
  entry->value = value;
  return true;
}

static bool matches(const hcsref_slice *patterns, hcsref_str key) {
  for (size_t i = 0; i < patterns->len; i++)
    if (hcsref_path_match(((const hcsref_str *)patterns->items)[i], key))
      return true;
  return false;
}

bool hcsref_pass_annotations(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_map *annotations,
                             const hcsref_slice *patterns, hcsref_error *err) {
  const hcsref_string_entry *entries = annotations->entries;
  for (size_t i = 0; i < annotations->len; i++)
    if (matches(patterns, entries[i].key) && !hcsref_annotate(arena, spec, entries[i].key, entries[i].value, err))
      return false;
  return true;
}

bool hcsref_annotate_pod(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec, const char *kind,
                         hcsref_str sandbox_id, const hcsref_cri_pod_sandbox_config *config, hcsref_error *err) {
  static const hcsref_cri_pod_sandbox_metadata unnamed = {0};
  const hcsref_cri_pod_sandbox_metadata *pod = config->metadata == NULL ? &unnamed : config->metadata;
  const char *host_process = hcsref_is_host_process_pod(config) ? "true" : "false";
  return (!hcsref_has(rules, HCSREF_CHANGE_HOSTPROCESS_ANNOTATION) ||
          hcsref_annotate(arena, spec, HCSREF_LIT("microsoft.com/hostprocess-container"), hcsref_cstr(host_process),
                          err)) &&
         hcsref_annotate(arena, spec, HCSREF_LIT("io.kubernetes.cri.container-type"), hcsref_cstr(kind), err) &&
         hcsref_annotate(arena, spec, HCSREF_LIT("io.kubernetes.cri.sandbox-id"), sandbox_id, err) &&
         hcsref_annotate(arena, spec, HCSREF_LIT("io.kubernetes.cri.sandbox-namespace"), pod->namespace_, err) &&
         (!hcsref_has(rules, HCSREF_CHANGE_SANDBOX_UID_ANNOTATION) ||
          hcsref_annotate(arena, spec, HCSREF_LIT("io.kubernetes.cri.sandbox-uid"), pod->uid, err)) &&
         hcsref_annotate(arena, spec, HCSREF_LIT("io.kubernetes.cri.sandbox-name"), pod->name, err);
}
