/* SPDX-License-Identifier: Apache-2.0 */
/* Source: hcsshim internal/wclayer/cim mount.go MountForkedCimLayer; pkg/cimfs Mount. */
#include "hcs/rules.h"

#include "hcsref/pipeline.h"

/* cimMountNamespace */
static const hcsref_guid mount_space = {
    {0x68, 0x27, 0x36, 0x7b, 0xc3, 0x88, 0x4e, 0x9b, 0x96, 0x1c, 0x6d, 0x2c, 0x93, 0x6c, 0x00, 0x00}};

bool hcsref_cim_volume(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str container_id, hcsref_str *out,
                       hcsref_error *err) {
  hcsref_guid guid = hcsref_guid_named(&mount_space, container_id);
  hcsref_str text;
  rules = hcsref_rules_or_baseline(rules);
  if (!hcsref_has(rules, HCSREF_CHANGE_CIM_LAYERS_MOUNTED) && !hcsref_has(rules, HCSREF_CHANGE_CIM_ROOTFS))
    return hcsref_fail_release(arena, "mount cims", err);
  return (hcsref_guid_text(arena, &guid, &text) && hcsref_format(arena, out, "\\\\?\\Volume{%v}\\", text)) ||
         hcsref_fail_memory(err);
}
