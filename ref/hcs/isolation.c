/* SPDX-License-Identifier: Apache-2.0 */
/* HostProcess containers in a utility VM. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * createWindowsContainerDocument, internal/oci/util.go IsJobContainer. */
#include "hcs/document.h"

/* One on the host has no HCS document. */
static bool is_host_process(const hcsref_builder *b) {
  const hcsref_str *annotation = b->annotations.values[HCSREF_ANNOTATION_HOSTPROCESS];
  return annotation != NULL && hcsref_str_equal(*annotation, HCSREF_LIT("true")) && b->spec->linux_ == NULL &&
         b->windows->hyperv != NULL;
}

bool hcsref_build_isolation(hcsref_builder *b) {
  const hcsref_str *root = b->annotations.values[HCSREF_ANNOTATION_HOSTPROCESS_ROOT];
  if (!hcsref_has(b->rules, HCSREF_CHANGE_HOSTPROCESS_HYPERV) || !is_host_process(b))
    return true;
  b->parts->v2.isolation_type = HCSREF_LIT("HostProcess");
  return root == NULL ||
         hcsref_sanitize_path(b->arena, b->rules, *root, &b->parts->storage.privileged_container_root_path, b->err);
}
