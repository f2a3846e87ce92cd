/* SPDX-License-Identifier: Apache-2.0 */
/* HostProcess containers in a utility VM. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * createWindowsContainerDocument, internal/oci/util.go IsJobContainer. */
#include "hcs/document.h"

bool hcsref_is_host_process(const hcsref_oci_spec *spec, const hcsref_rules *rules) {
  const hcsref_str *annotation = hcsref_map_find(&spec->annotations, HCSREF_LIT("microsoft.com/hostprocess-container"));
  bool is_windows = spec->windows != NULL && spec->linux_ == NULL;
  return annotation != NULL && hcsref_str_equal(*annotation, HCSREF_LIT("true")) &&
         (is_windows || !hcsref_has(rules, HCSREF_CHANGE_JOB_CONTAINER_WINDOWS));
}

bool hcsref_build_isolation(hcsref_builder *b) {
  const hcsref_str *root = b->annotations.values[HCSREF_ANNOTATION_HOSTPROCESS_ROOT];
  if (!hcsref_has(b->rules, HCSREF_CHANGE_HOSTPROCESS_HYPERV) || b->windows->hyperv == NULL ||
      !hcsref_is_host_process(b->spec, b->rules))
    return true;
  b->parts->v2.isolation_type = HCSREF_LIT("HostProcess");
  HCSREF_NOTE(b, b->parts->v2.isolation_type, "createWindowsContainerDocument: IsJobContainer in a VM", "%v",
              hcsref_annotation_pointer(HCSREF_ANNOTATION_HOSTPROCESS));
  HCSREF_NOTE(b, b->parts->storage.privileged_container_root_path, "ospath.Sanitize", "%v",
              hcsref_annotation_pointer(HCSREF_ANNOTATION_HOSTPROCESS_ROOT));
  return root == NULL ||
         hcsref_sanitize_path(b->arena, b->rules, *root, &b->parts->storage.privileged_container_root_path, b->err);
}
