/* SPDX-License-Identifier: Apache-2.0 */
#include "claim.h"

#include <string.h>
#include <windows.h>

#define PREFIX      HCSREF_LIT("hcsrun-")
#define ENDING      HCSREF_LIT(".json")
#define GUID_LENGTH 36u

/* ---- ids -------------------------------------------------------------------------------------------------------- */

static bool is_guid(hcsref_str text) {
  if (text.len != GUID_LENGTH)
    return false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.data[i];
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
      return false;
  }
  return true;
}

bool claim_is_id(hcsref_str text) {
  return hcsref_str_has_prefix(text, PREFIX) && is_guid(hcsref_str_skip(text, PREFIX.len));
}

bool claim_id_of_note(hcsref_str name, hcsref_str *id) {
  if (!hcsref_str_has_suffix(name, ENDING))
    return false;
  *id = hcsref_str_first(name, name.len - ENDING.len);
  return claim_is_id(*id);
}

/* Of the name-based GUIDs those in this space are hcsrun's namespaces. */
static const hcsref_guid name_space_space = {
    {0x3f, 0x5c, 0x8e, 0x1d, 0x70, 0x4b, 0x4a, 0x02, 0x9b, 0x6e, 0x51, 0xc2, 0xd4, 0x37, 0x8a, 0x90}};

static bool fill(session *s, hcsref_arena *arena, hcsref_str id, claim *out) {
  memset(out, 0, sizeof(*out));
  out->name_space = hcsref_guid_named(&name_space_space, id);
  return hcsref_str_copy(arena, id, &out->id) && hcsref_format(arena, &out->scratch, "%v\\%v", s->root.path, id) &&
         hcsref_format(arena, &out->mount, "%v\\%v", s->mounts.path, id) &&
         hcsref_guid_text(arena, &out->name_space, &out->name_space_text);
}

/* ---- notes ------------------------------------------------------------------------------------------------------ */

/* What people read there. */
typedef struct note {
  hcsref_str id, owner;
  uint32_t process;
} note;

#define ROW(member, name, type)                                                                                        \
  { name, sizeof(name) - 1, offsetof(note, member), &(type), NULL, false, 0, 0, NULL }
static const hcsref_field fields[] = {
    ROW(id, "Id", hcsref_type_string),
    ROW(owner, "Owner", hcsref_type_string),
    ROW(process, "Process", hcsref_type_uint32),
};
static const hcsref_type note_type = {
    HCSREF_STRUCT, "hcsrun.Note", sizeof(note), NULL, fields, sizeof(fields) / sizeof(fields[0]), 0, NULL, 0};

static bool write_note(const session *s, hcsref_arena *arena, const claim *c) {
  note n = {c->id, s->owner, system_process_id()};
  hcsref_str text;
  DWORD put = 0;
  return hcsref_json_encode(arena, &note_type, &n, &text, NULL) && text.len < UINT32_MAX &&
         WriteFile(c->note, text.data, (DWORD)text.len, &put, NULL) && put == text.len;
}

static bool note_path(const session *s, hcsref_arena *arena, hcsref_str id, hcsref_str *out) {
  return hcsref_format(arena, out, "%v\\%v%v", s->notes.path, id, ENDING);
}

/* Holds the note's file; null: GetLastError says why not. */
static HANDLE hold(const session *s, hcsref_arena *arena, hcsref_str id, DWORD share, DWORD disposition) {
  const DWORD access = GENERIC_READ | GENERIC_WRITE | DELETE;
  hcsref_str path;
  const wchar_t *text;
  HANDLE file;
  SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  if (!note_path(s, arena, id, &path))
    return NULL;
  text = (const wchar_t *)hcsref_to_utf16(arena, path);
  if (text == NULL)
    return NULL;
  file = CreateFileW(text, access, share, NULL, disposition, FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  return file == INVALID_HANDLE_VALUE ? NULL : file;
}

/* ---- claims ----------------------------------------------------------------------------------------------------- */

bool claim_new(session *s, hcsref_arena *arena, claim *out, hcsref_error *err) {
  const hcsref_str none = {NULL, 0};
  hcsref_guid guid;
  hcsref_str text, id;
  memset(out, 0, sizeof(*out));
  if (!hcsref_windows_guid(&guid))
    return hcsref_fail(arena, err, "random", none, "Windows returned no random numbers");
  if (!hcsref_guid_text(arena, &guid, &text) || !hcsref_format(arena, &id, "%v%v", PREFIX, text) ||
      !fill(s, arena, id, out))
    return hcsref_fail_memory(err);
  if (s->dry)
    return true;
  out->note = hold(s, arena, id, FILE_SHARE_READ, CREATE_NEW);
  if (out->note != NULL && write_note(s, arena, out))
    return true;
  hcsref_fail(arena, err, "note", none, "no note could be written in %v: %v", s->notes.path,
              hcsref_windows_message(arena, GetLastError()));
  claim_end(out, true);
  return false;
}

static bool is_folder(hcsref_arena *arena, hcsref_str path) {
  const wchar_t *text = (const wchar_t *)hcsref_to_utf16(arena, path);
  DWORD attributes = text == NULL ? INVALID_FILE_ATTRIBUTES : GetFileAttributesW(text);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

/* Why the note could not be opened. A folder is denied like a file that is just being removed. */
static claim_state why_not(const session *s, hcsref_arena *arena, hcsref_str id, DWORD error) {
  hcsref_str path;
  if (error == ERROR_SHARING_VIOLATION)
    return CLAIM_BUSY;
  if (error == ERROR_FILE_NOT_FOUND)
    return CLAIM_GONE;
  return error == ERROR_ACCESS_DENIED && note_path(s, arena, id, &path) && !is_folder(arena, path) ? CLAIM_DENIED
                                                                                                   : CLAIM_REFUSED;
}

claim_state claim_take(session *s, hcsref_arena *arena, hcsref_str id, bool make, claim *out) {
  hcsref_str path;
  memset(out, 0, sizeof(*out));
  if (!claim_is_id(id) || !fill(s, arena, id, out))
    return CLAIM_REFUSED;
  out->note = hold(s, arena, id, 0, make ? OPEN_ALWAYS : OPEN_EXISTING);
  if (out->note == NULL)
    return why_not(s, arena, id, GetLastError());
  if (note_path(s, arena, id, &path) && safe_file_is_at(arena, out->note, path))
    return CLAIM_HELD;
  claim_end(out, false);
  return CLAIM_REFUSED;
}

void claim_end(claim *c, bool done) {
  FILE_DISPOSITION_INFO gone = {TRUE};
  if (c->note == NULL)
    return;
  if (done)
    SetFileInformationByHandle(c->note, FileDispositionInfo, &gone, sizeof gone);
  CloseHandle(c->note);
  c->note = NULL;
}
