/* SPDX-License-Identifier: Apache-2.0 */
/** @file The document that the reference makes of a bundle, to be held against the one that was recorded. */
#ifndef KIT_CHECK_RECORDING_BUNDLE_H
#define KIT_CHECK_RECORDING_BUNDLE_H

#include "check/recording/facts.h"
#include "input/spec/spec.h"

/** A document that was handed over to create a container. */
typedef struct created {
  uint64_t process;
  hcsref_str id;
  const kit_json *tree;
} created;

/** Is it a container's that shares the host's kernel? Only those are compared: what a utility VM adds is in no
 * recording. */
bool created_is_comparable(const created *c);
/** Is it of schema 1? */
bool created_is_v1(const created *c);

/** What a container was made from: a bundle's config.json, or anything else that translate reads. */
typedef struct bundle_source {
  hcsref_str text;  /**< one container's: an item of input_split */
  hcsref_str place; /**< of several in one file: the pointer to this one; else empty */
} bundle_source;

/** What completes a CRI config; a text whose data is null is not given. */
typedef struct bundle_setup {
  hcsref_str pod, image, runtime;
} bundle_setup;

/** The document that the programs of `profile` make of the source: the shim of its spec, or dockerd by itself. It has
 * the recorded id and owner, in the schema of the recorded document, on the recorded facts. What the runtime has to
 * find out and the source may leave out are the recorded ones where it does: layer folders, root path and network
 * namespace; of docker's inputs these always, the endpoints and the credentials. False: `err` says why the reference
 * makes none. */
bool bundle_document(hcsref_arena *arena, const facts *f, const created *c, const hcsref_profile *profile,
                     const bundle_source *source, const bundle_setup *setup, hcsref_str *out, hcsref_error *err);

#endif
