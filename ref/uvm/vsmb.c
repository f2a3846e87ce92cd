/* SPDX-License-Identifier: Apache-2.0 */
/* VSMB shares. Source: hcsshim internal/uvm/vsmb.go. */
#include "uvm/vsmb.h"

#include <string.h>

void hcsref_vsmb_default_options(bool read_only, bool no_direct_map, hcsref_v2_virtual_smb_share_options *out) {
  memset(out, 0, sizeof *out);
  out->no_directmap = no_direct_map;
  if (!read_only)
    return;
  out->share_read = true;
  out->cache_io = true;
  out->read_only = true;
  out->pseudo_oplocks = true;
}
