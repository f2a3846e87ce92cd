/* SPDX-License-Identifier: Apache-2.0 */
#include "note.h"

#define ROW(member, name, type)                                                                                        \
  { name, sizeof(name) - 1, offsetof(note, member), &(type), NULL, false, 0, 0 }
static const hcsref_field fields[] = {
    ROW(id, "Id", hcsref_type_string),
    ROW(scratch, "Scratch", hcsref_type_string),
    ROW(name_space, "Namespace", hcsref_type_string),
    ROW(process, "Process", hcsref_type_uint32),
    ROW(started, "Started", hcsref_type_uint64),
};
const hcsref_type note_type = {
    HCSREF_STRUCT, "hcsrun.Note", sizeof(note), NULL, fields, sizeof(fields) / sizeof(fields[0]), 0, NULL, 0};

bool note_folder(hcsref_arena *arena, hcsref_str root, hcsref_str *out) {
  return hcsref_format(arena, out, "%v\\notes", root) && system_make_folder(arena, *out);
}
