/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a document is: by the name of a schema, or by what it holds. */
#ifndef KIT_LINT_DOCUMENT_H
#define KIT_LINT_DOCUMENT_H

#include "compare/payload.h"

/** What is known of a document. */
typedef struct kit_document {
  const char *name; /**< "hcs-v1", …; "payload" for an oci-to-hcs payload; null: unknown */
  kit_shape shape;
} kit_document;

/** `name` may be null: then it is told from the members. False: there is no schema of that name. */
bool kit_document_find(const char *name, const kit_json *tree, kit_document *out);

#endif
