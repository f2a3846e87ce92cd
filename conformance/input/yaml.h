/* SPDX-License-Identifier: Apache-2.0 */
/** @file YAML as Kubernetes' tools read it. */
#ifndef HCSPROOF_INPUT_YAML_H
#define HCSPROOF_INPUT_YAML_H

#include "hcsref/json.h"

/** Deepest nesting, and most bytes of JSON that a byte of YAML may become by way of aliases (and 1 MB besides). */
#define INPUT_YAML_MAX_DEPTH  256
#define INPUT_YAML_MAX_GROWTH 16
/** Most objects of Kubernetes that are read from one file. */
#define INPUT_YAML_MOST_DOCUMENTS 1000

/** Is it YAML and not JSON? JSON begins with a brace or a bracket. */
bool input_is_yaml(hcsref_str text);
/** Has it a line of YAML, a key and its colon? Any text may have been taken for YAML. */
bool input_has_keys(hcsref_str text);

/** Do more documents with something in them follow the first? As crictl, this program reads only the first. */
bool input_yaml_goes_on(hcsref_str text);

/** Where a key or value of the JSON, at byte `json`, comes from: characters of the YAML text. */
typedef struct input_mark {
  size_t json;
  uint64_t from, to;
} input_mark;

/** The first document of `text` as JSON; of several objects of Kubernetes all, as a List of its API. Plain scalars mean
 * what they mean to goyaml.v2: yes, on and the like are true, 0x10 is 16. Where `type` (null: unknown) has a string, a
 * number or a truth value becomes its text. Errors: "yaml-syntax" (the message names line and column), "yaml-depth",
 * "yaml-size", "out-of-memory". Source: sigs.k8s.io/yaml YAMLToJSON, convertToJSONableObject. */
bool input_yaml_to_json(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_str *out,
                        hcsref_error *err);
/** The same with marks (slice of input_mark) in the order of the JSON. After a failure the message names no place, and
 * `*problem` is the character that is the matter. */
bool input_yaml_to_marked_json(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_str *out,
                               hcsref_slice *marks, uint64_t *problem, hcsref_error *err);

#endif
