/* SPDX-License-Identifier: Apache-2.0 */
/** @file The document that the reference makes of a bundle, to be held against the one that was recorded. */
#ifndef KIT_CHECK_BUNDLE_H
#define KIT_CHECK_BUNDLE_H

#include "check/facts.h"

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

/** The document that the shim of `profile` makes of the specification `spec` (JSON text of config.json): with the
 * recorded id and owner, in the schema of the recorded document, on the recorded facts. What the runtime has to find
 * out and the specification may leave out, layer folders, root path and network namespace, are the recorded ones where
 * it does. False: `err` says why the reference makes none. */
bool bundle_document(hcsref_arena *arena, const facts *f, const created *c, const hcsref_profile *profile,
                     hcsref_str spec, hcsref_str *out, hcsref_error *err);

#endif
