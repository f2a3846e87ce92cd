/* SPDX-License-Identifier: Apache-2.0 */
/** @file What was asked of a VM, as answers carry it. */
#ifndef HCSPROOF_SERVE_REQUESTS_H
#define HCSPROOF_SERVE_REQUESTS_H

#include "serve/operation.h"

/** Appends [{"to","request"}] to the reply: `requests` (slice of hcsref_vm_request) from number `first` on. */
bool serve_append_requests(serve_request *request, const hcsref_slice *requests, size_t first);
/** Puts what was asked before it into the error; always false. */
bool serve_keep_requests(serve_request *request, const hcsref_slice *requests);
/** What is not covered is no error, but unsupported. Returns `done`. */
bool serve_settle_vm(serve_request *request, bool done);

#endif
