/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a recording's client hands over about layers: documents of computestorage.dll, parents of vmcompute.dll.
 */
#ifndef KIT_CHECK_RECORDING_LAYER_H
#define KIT_CHECK_RECORDING_LAYER_H

#include "check/recording/facts.h"
#include "lint/document.h"

/** An argument that is a document. */
typedef struct layer_argument {
  const char *call, *member, *name;
  const hcsref_type *type;
} layer_argument;

/** All of them, ended by one without a call. */
extern const layer_argument layer_arguments[];
/** The document that such an argument is. */
kit_document layer_document(const layer_argument *argument);

/** What is wrong with a list of parents. */
typedef enum layer_problem { LAYER_FINE, LAYER_NO_PATH, LAYER_NO_ID, LAYER_OTHER_ID, LAYER_TWICE } layer_problem;

/** Looks at the `parents` of a call, topmost first: each has a path of its own and the id that NameToGuid gave for the
 * name of its folder, where the recording tells it. `at`: which is wrong. */
layer_problem layer_check_parents(const facts *f, const kit_json *parents, size_t *at);
/** In words. */
const char *layer_problem_text(layer_problem problem);

#endif
