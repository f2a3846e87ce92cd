/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is said of an input besides errors. */
#ifndef HCSPROOF_INPUT_NOTE_H
#define HCSPROOF_INPUT_NOTE_H

#include "hcsref/json.h"

/** Which text an error or a note is about. */
typedef enum input_source {
  INPUT_OPERAND,
  INPUT_POD,
  INPUT_IMAGE,
  INPUT_RUNTIME,
  INPUT_CONFIG /**< the config of --cri, beside an operand that is a spec */
} input_source;

/** A place of an input, and what is to be said of it. */
typedef struct input_note {
  input_source source;
  hcsref_str where; /**< JSON pointer */
  hcsref_str message;
} input_note;

/** Appends a note with hcsref_format's format. False: out of memory. */
bool input_add_note(hcsref_arena *arena, hcsref_slice *notes, hcsref_str where, const char *format, ...);

#endif
