/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The exports, under names that tell the DLLs apart: computecore.dll's HcsStartComputeSystem is
 * core_HcsStartComputeSystem, vmcompute.dll's vm_HcsStartComputeSystem. The .def files give them their real names;
 * tests reach them through the tables below.
 */
#ifndef HCSSIM_SHIM_H
#define HCSSIM_SHIM_H

#include "engine/sim.h"

extern const hcsref_computecore sim_computecore;
extern const hcsref_vmcompute sim_vmcompute;
extern const hcsref_wclayer sim_wclayer;
extern const hcsref_computenetwork sim_computenetwork;

/** The service of this process, made at its first call from HCSSIM_STATE, HCSSIM_RECORD, HCSSIM_FAULTS and HCSSIM_BUILD
 * of the environment. */
sim *shim_service(void);
/** The names of the exports that are simulated, null at the end: the only calls that a fault can be planned for. */
const char *const *shim_calls(void);
/** Makes `s` the service of this process (tests); null: none. */
void shim_use(sim *s);
/** Frees a text that an export returned. */
void shim_free_text(hcsref_wchar *text);

/* ---- for the exports ------------------------------------------------------------------------------------------ */

/** sim_begin on the service of this process. */
void shim_begin(sim_call *call, sim_api api, const char *name, bool deferred);
/** An argument as UTF-8, recorded under `name`; `is_document`: as JSON. Null is empty. */
hcsref_str shim_text(sim_call *call, const char *name, const hcsref_wchar *text, bool is_document);
/** An id as JSON text, recorded under `name` of `members`. */
void shim_guid(sim_call *call, hcsref_buf *members, const char *name, hcsref_guid guid);
/** A handle, recorded under `name`. */
sim_handle shim_handle(sim_call *call, const char *name, const void *handle);
/** Ends the call; its document goes to `*result` (may be null), which is null when there is none. */
hcsref_hresult shim_end(sim_call *call, hcsref_wchar **result);
/** The same for a function with an answer and a result document: which of the two the document is depends on success.
 */
hcsref_hresult shim_end_answer(sim_call *call, hcsref_wchar **answer, hcsref_wchar **result);
/** What a function gives back besides, as the API's structure. */
void shim_process_info(sim_call *call, const sim_process_info *from, hcsref_hcs_process_info *to);
/** The service if it was ever used, else null; takes no lock. */
const sim *shim_peek(void);

#endif
