/* SPDX-License-Identifier: Apache-2.0 */
/* Network namespace and credential spec: two strings that stage 1 hands on. Source: containerd
 * pkg/cri/opts/spec_windows.go WithWindowsNetworkNamespace, WithWindowsCredentialSpec. */
#include "cri/section.h"

#include "hcsref/pipeline.h"

bool hcsref_cri_network_namespace(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str path, hcsref_error *err) {
  hcsref_oci_windows *windows = hcsref_windows_section(arena, spec, err);
  hcsref_oci_windows_network *network;
  if (windows == NULL)
    return false;
  network = hcsref_section(arena, windows->network, sizeof *network);
  if (network == NULL)
    return hcsref_fail_memory(err);
  network->network_namespace = path;
  windows->network = network;
  spec->windows = windows;
  return true;
}

bool hcsref_cri_credential_spec(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str credential_spec,
                                hcsref_error *err) {
  hcsref_oci_windows *windows = hcsref_windows_section(arena, spec, err);
  if (windows == NULL)
    return false;
  windows->credential_spec.kind = HCSREF_VALUE_STRING;
  windows->credential_spec.as.string = credential_spec;
  spec->windows = windows;
  return true;
}
