/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * Windows itself: the machine as a host for the pipeline, the service's DLLs as tables of entry points, the operating
 * system for the live stage. On other systems these functions do not exist.
 */
#ifndef HCSREF_WINDOWS_H
#define HCSREF_WINDOWS_H

#include "hcsref/host.h"
#include "hcsref/live.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The service's DLLs, loaded from System32. A DLL or an export that is not there leaves its table null. */
typedef struct hcsref_windows {
  hcsref_computecore core;
  hcsref_vmcompute vm;
  hcsref_wclayer layers;
  hcsref_computenetwork network;
  hcsref_live_api api;
  uint32_t call_ms; /* limit of a call that the host makes, NameToGuid; 0: 60 000 */
} hcsref_windows;

/** Loads what is there. `use_vm`: containers through vmcompute.dll even where computecore.dll is. Error "hcs-missing":
 * not enough of it is there to run a container; the message names the DLL or the export. `w` must stay where it is as
 * long as w->api is in use. */
HCSREF_API bool hcsref_windows_load(hcsref_windows *w, bool use_vm, hcsref_arena *arena, hcsref_error *err);
/** How many of a table's exports are there, in `*found`; false when the DLL is not. `*missing` (may be null) is the
 * first that is not, or null. */
HCSREF_API bool hcsref_windows_probe(const hcsref_api_table *table, size_t *found, const char **missing);

/** This machine as the host that the pipeline asks; layer ids come from w->layers (`w` null: that question fails). */
HCSREF_API hcsref_host hcsref_windows_host(hcsref_windows *w);
/** RtlGetVersion's build. */
HCSREF_API uint32_t hcsref_windows_build(void);
/** A random GUID (version 4). */
HCSREF_API bool hcsref_windows_guid(hcsref_guid *out);
/** Text of a Win32 error as Go prints it, in `arena`. */
HCSREF_API hcsref_str hcsref_windows_message(hcsref_arena *arena, uint32_t error);

HCSREF_API extern const hcsref_live_os hcsref_windows_os;

#ifdef __cplusplus
}
#endif

#endif
