/* SPDX-License-Identifier: Apache-2.0 */
#include "hcs/mount_type.h"

/* Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createMountsConfig, internal/hcsoci/resources_wcow.go setupMounts;
 * the constants MountType… of internal/hcsoci. */
bool hcsref_is_disk_mount(hcsref_str type) {
  return hcsref_str_equal(type, HCSREF_LIT("physical-disk")) || hcsref_str_equal(type, HCSREF_LIT("virtual-disk")) ||
         hcsref_str_equal(type, HCSREF_LIT("extensible-virtual-disk"));
}
