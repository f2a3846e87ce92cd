/* SPDX-License-Identifier: Apache-2.0 */
/* Network namespace and credential spec: two strings that stage 1 hands on. Source: containerd
 * pkg/cri/opts/spec_windows.go WithWindowsNetworkNamespace, WithWindowsCredentialSpec. */
#include "cri/section.h"

#include "hcsref/pipeline.h"

bool hcsref_cri_network_namespace(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str path, hcsref_error *err) {
  hcsref_oci_windows *windows;
  hcsref_oci_windows_network *network;
  if (!hcsref_cri_need_spec(arena, spec, err))
    return false;
  windows = hcsref_section(arena, spec->windows, sizeof *windows);
  network = hcsref_section(arena, windows == NULL ? NULL : windows->network, sizeof *network);
  if (windows == NULL || network == NULL)
    return hcsref_fail_memory(err);
  network->network_namespace = path;
  windows->network = network;
  spec->windows = windows;
  return true;
}

bool hcsref_cri_credential_spec(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str credential_spec,
                                hcsref_error *err) {
  hcsref_oci_windows *windows;
  if (!hcsref_cri_need_spec(arena, spec, err))
    return false;
  windows = hcsref_section(arena, spec->windows, sizeof *windows);
  if (windows == NULL)
    return hcsref_fail_memory(err);
  windows->credential_spec.kind = HCSREF_VALUE_STRING;
  windows->credential_spec.as.string = credential_spec;
  spec->windows = windows;
  return true;
}
