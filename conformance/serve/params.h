/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the params of several operations have in common. */
#ifndef HCSPROOF_SERVE_PARAMS_H
#define HCSPROOF_SERVE_PARAMS_H

#include "serve/operation.h"

/** A spec as params carry it: JSON, or its raw bytes in base64 where bytes matter. */
typedef struct serve_spec_params {
  hcsref_str spec;        /* JSON text */
  hcsref_str spec_base64; /* decoded */
} serve_spec_params;

/** Decodes it with `type` (hcsref_type_oci_spec or hcsref_type_oci_spec_cri): null in `*spec` when there is none.
 * Errors: those of hcsref_json_decode, with `where` below /spec or /spec_base64. */
bool serve_decode_spec(serve_request *request, const serve_spec_params *params, const hcsref_type *type,
                       hcsref_oci_spec **spec);
/** The same, when there must be one: error "spec-missing" (upstream dereferences nil). */
bool serve_decode_required_spec(serve_request *request, const serve_spec_params *params, const hcsref_type *type,
                                hcsref_oci_spec **spec);
/** Puts the pointer of a member of the params in front of where the error is. Returns false. */
bool serve_fail_in(serve_request *request, const char *member);
/** The root file system of a task, slice of hcsref_rootfs_mount. */
extern const hcsref_type serve_rootfs_type;
/** Decodes `raw` (JSON text) into `out`; `member` is the JSON pointer that errors begin with. */
bool serve_decode_member(serve_request *request, hcsref_str raw, const char *member, const hcsref_type *type,
                         void *out);

/** Understands "v1", "v2" and {"Major","Minor"}; `*given` false when null or absent. Error: "bad-params". */
bool serve_decode_schema(serve_request *request, hcsref_str raw, const char *member, hcsref_v2_version *version,
                         bool *given);

/** Builds the host of a VM from the `host` object; request->script keeps what is asked. */
bool serve_load_vm_host(serve_request *request, hcsref_str raw, hcsref_vm_script **out);

/** Builds request->script from the `host` object. */
bool serve_load_host(serve_request *request, hcsref_str raw);

/** Builds a utility VM from the `hosting_system` object in `raw`, null for none; its shares are looked up in
 * request->script, which is made when there is none. `member` is the JSON pointer that errors begin with. */
bool serve_load_hosting_system(serve_request *request, hcsref_str raw, const char *member,
                               const hcsref_hosting_system **out);

/** Is the JSON text of a member null or absent? */
bool serve_is_null(hcsref_str raw);

#endif
