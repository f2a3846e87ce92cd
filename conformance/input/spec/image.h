/* SPDX-License-Identifier: Apache-2.0 */
/** @file The config of an image, in whatever shows images: an OCI image config, docker image inspect, crictl inspecti.
 */
#ifndef HCSPROOF_INPUT_IMAGE_H
#define HCSPROOF_INPUT_IMAGE_H

#include "compare/tree.h"
#include "hcsref/json.h"

/** An image's config as JSON, and its operating system; empty: nobody tells. */
typedef struct input_image_text {
  hcsref_str config, os;
} input_image_text;

/** Reads JSON or YAML. Errors: those of the encoding, of YAML and of JSON; "not-a-config" when it is a config of
 * something else. */
bool input_read_image(hcsref_arena *arena, hcsref_str bytes, input_image_text *out, hcsref_error *err);

#endif
