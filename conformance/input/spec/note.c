/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/note.h"

#include <stdarg.h>

bool input_add_note(hcsref_arena *arena, hcsref_slice *notes, hcsref_str where, const char *format, ...) {
  input_note *note = hcsref_slice_push(arena, notes, sizeof *note);
  va_list args;
  bool ok;
  if (note == NULL)
    return false;
  note->where = where;
  va_start(args, format);
  ok = hcsref_format_args(arena, &note->message, format, args);
  va_end(args);
  return ok;
}
