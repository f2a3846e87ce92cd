/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a document is: by the name of a schema, or by all that it holds. */
#ifndef KIT_LINT_DOCUMENT_H
#define KIT_LINT_DOCUMENT_H

#include "compare/payload.h"

/** What is known of a document. */
typedef struct kit_document {
  const char *name; /**< "hcs-v1", …; "payload" for an oci-to-hcs payload; null: unknown */
  const char *what; /**< in words, with its article */
  kit_shape shape;  /**< of the document, or with `list` of its elements */
  bool list;        /**< an array of such documents */
  bool open;        /**< an answer: it may have members that nobody here knows */
  /* What the caller may add. */
  const hcsref_rules *rules; /**< the release that wrote or reads it; null: any */
  unsigned build;            /**< of the Windows that gets it; 0: any */
} kit_document;

/** `name` may be null: then it is told from the members. False: no schema has that name. */
bool kit_document_find(const char *name, const kit_json *tree, kit_document *out);

/** The name of a release's program that writes or reads such documents; HCSREF_PROGRAM_COUNT: none. */
hcsref_program kit_document_program(const kit_document *document);

/** Is the OCI spec one of a Linux container in a utility VM of Windows? */
bool kit_is_linux_spec(const kit_json *spec);
/** Are they the parameters of a process in a Linux container? They hold a runtime spec or a part of one. */
bool kit_is_linux_process(const hcsref_type *type, const kit_json *tree);

/** gMSA credential specs, layerchain.json, and what a network namespace is given: kinds without a name in the
 * reference. */
extern const hcsref_type kit_type_credential_spec, kit_type_credential_directory, kit_type_credential_account,
    kit_type_credential_host, kit_type_layer_chain;

#endif
