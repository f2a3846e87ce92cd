/* SPDX-License-Identifier: Apache-2.0 */
#include "hcs/mount_type.h"

/* Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createMountsConfig, internal/hcsoci/resources_wcow.go setupMounts;
 * the constants MountType… of internal/hcsoci. */
bool hcsref_is_disk_mount(hcsref_str type) {
  static const char *const disks[] = {"physical-disk", "virtual-disk", "extensible-virtual-disk"};
  for (size_t i = 0; i < sizeof disks / sizeof *disks; i++)
    if (hcsref_str_equal(type, hcsref_cstr(disks[i])))
      return true;
  return false;
}

/* Upstream compares strings.ToLower of each option. No letter outside ASCII has 'r' or 'o' as its lower case, so
 * folding ASCII is the same. */
bool hcsref_is_read_only_mount(const hcsref_oci_mount *mount) {
  const hcsref_str *options = mount->options.items;
  for (size_t i = 0; i < mount->options.len; i++)
    if (hcsref_str_equal_ascii_fold(options[i], HCSREF_LIT("ro")))
      return true;
  return false;
}
