/* SPDX-License-Identifier: Apache-2.0 */
/* The two halves of creating a document, between which upstream sets up what the container needs. */
#ifndef HCSREF_HCS_CREATE_H
#define HCSREF_HCS_CREATE_H

#include "hcsref/pipeline.h"

/* Completes the options and checks the config. Errors as hcsref_create_document. */
bool hcsref_begin_request(hcsref_arena *arena, const hcsref_oci_spec *spec, const hcsref_create_options *options,
                          const hcsref_host *host, hcsref_create_options *complete, hcsref_error *err);
/* Builds the documents and wraps the one that is handed over. `whole`: mounts are set up too. */
bool hcsref_build_request(hcsref_arena *arena, hcsref_oci_spec *spec, const hcsref_create_options *complete,
                          const hcsref_host *host, bool whole, hcsref_create_request *out, hcsref_documents *documents,
                          hcsref_error *err);

#endif
