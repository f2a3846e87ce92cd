/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tables of libhcsref say about a payload: which members may be left out when they are empty. */
#ifndef KIT_COMPARE_PAYLOAD_H
#define KIT_COMPARE_PAYLOAD_H

#include "compare/tree.h"

#include "hcsref/json.h"

/** What is known of one value: its table (null: nothing is known), whether it is left out when empty, and the release
 * whose fields its members are (null: any). */
typedef struct kit_shape {
  const hcsref_type *type;
  bool omit_empty;
  const hcsref_rules *rules;
} kit_shape;

/** The shape of the `ok` payload of operation `op`, from what was expected of it: `expected` tells which kind
 * of document a create-document holds. An operation without a table gives an unknown shape. */
kit_shape kit_payload_shape(hcsref_str op, const kit_json *expected);
/** The shape of `parent`'s member `key`, which is matched exactly. */
kit_shape kit_member_shape(kit_shape parent, hcsref_str key);
/** The shape of `parent`'s elements. */
kit_shape kit_element_shape(kit_shape parent);
/** Would an encoder that follows the tables leave `node` out? An empty list or map, false, 0, "" or null, where
 * the field says omitempty; of a pointer only null. Source: encoding/json encode.go isEmptyValue. */
bool kit_is_omitted(kit_shape shape, const kit_json *node);

#endif
