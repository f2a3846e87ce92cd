/* SPDX-License-Identifier: Apache-2.0 */
/* Source of the calls: go-winio backup.go, through which hcsshim internal/wclayer/legacy.go and moby write and read the
 * files of layers. Of the streams only the file's data is kept and given: Wine has no others. */
#include "wine/gaps.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 20u /* of WIN32_STREAM_ID: what comes before the name */

/* One file on its way, from the first call to the one that says `abort`. */
typedef struct backup {
  unsigned char header[HEADER_BYTES];
  DWORD header_done;
  ULONGLONG left;  /* bytes of the stream after the header */
  DWORD name_left; /* bytes of its name */
  DWORD stream;    /* BACKUP_… */
  BOOL ended;      /* reading: there is no other stream */
} backup;

static DWORD number_at(const unsigned char *at) {
  return (DWORD)at[0] | (DWORD)at[1] << 8 | (DWORD)at[2] << 16 | (DWORD)at[3] << 24;
}

static void put_number(unsigned char *at, DWORD number) {
  for (unsigned i = 0; i < 4; i++)
    at[i] = (unsigned char)(number >> (8 * i));
}

/* The context of the call; null: it only said that the file is done, or there is no memory. */
static backup *context_of(BOOL abort, LPVOID *context) {
  backup *state;
  if (context == NULL) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return NULL;
  }
  if (abort) {
    free(*context);
    *context = NULL;
    return NULL;
  }
  state = *context == NULL ? calloc(1, sizeof(*state)) : *context;
  if (state == NULL)
    SetLastError(ERROR_NOT_ENOUGH_MEMORY);
  *context = state;
  return state;
}

static DWORD at_most(DWORD size, ULONGLONG most) {
  return size < most ? size : (DWORD)most;
}

/* ---- writing ---- */

static DWORD take_header(backup *file, const BYTE *data, DWORD size) {
  DWORD part = at_most(size, HEADER_BYTES - file->header_done);
  memcpy(file->header + file->header_done, data, part);
  file->header_done += part;
  if (file->header_done == HEADER_BYTES) {
    file->stream = number_at(file->header);
    file->left = (ULONGLONG)number_at(file->header + 12) << 32 | number_at(file->header + 8);
    file->name_left = number_at(file->header + 16);
  }
  return part;
}

/* How much of the bytes is used up; 0: they could not be written. */
static DWORD take(HANDLE handle, backup *file, const BYTE *data, DWORD size) {
  DWORD part, put;
  if (file->header_done < HEADER_BYTES)
    return take_header(file, data, size);
  if (file->name_left > 0) {
    part = at_most(size, file->name_left);
    file->name_left -= part;
    return part;
  }
  part = at_most(size, file->left);
  if (file->stream == BACKUP_DATA && part > 0 && (!WriteFile(handle, data, part, &put, NULL) || put != part))
    return 0;
  file->left -= part;
  return part;
}

static BOOL is_between_streams(const backup *file) {
  return file->header_done == HEADER_BYTES && file->name_left == 0 && file->left == 0;
}

static BOOL WINAPI backup_write(HANDLE handle, LPBYTE data, DWORD size, LPDWORD written, BOOL abort, BOOL security,
                                LPVOID *context) {
  backup *file = context_of(abort, context);
  DWORD done = 0;
  (void)security;
  if (written != NULL)
    *written = 0;
  if (file == NULL)
    return abort && context != NULL;
  while (done < size) {
    DWORD part = take(handle, file, data + done, size - done);
    if (part == 0)
      return FALSE;
    done += part;
    if (is_between_streams(file))
      file->header_done = 0;
  }
  if (written != NULL)
    *written = done;
  return TRUE;
}

/* ---- reading ---- */

/* The header of the one stream; a folder and an empty file have none. */
static void begin(HANDLE handle, backup *file) {
  BY_HANDLE_FILE_INFORMATION info;
  file->ended = TRUE;
  if (!GetFileInformationByHandle(handle, &info) || (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ||
      (info.nFileSizeHigh == 0 && info.nFileSizeLow == 0))
    return;
  file->stream = BACKUP_DATA;
  file->left = (ULONGLONG)info.nFileSizeHigh << 32 | info.nFileSizeLow;
  put_number(file->header, BACKUP_DATA);
  put_number(file->header + 8, info.nFileSizeLow);
  put_number(file->header + 12, info.nFileSizeHigh);
}

/* A file that got shorter meanwhile has nothing more: its stream is cut. */
static BOOL give(HANDLE handle, backup *file, BYTE *data, DWORD size, DWORD *given) {
  DWORD part = at_most(size, HEADER_BYTES - file->header_done), got = 0;
  memcpy(data, file->header + file->header_done, part);
  file->header_done += part;
  *given = part;
  part = at_most(size - part, file->left);
  if (part > 0 && !ReadFile(handle, data + *given, part, &got, NULL))
    return FALSE;
  file->left = got == 0 && part > 0 ? 0 : file->left - got;
  *given += got;
  return TRUE;
}

static BOOL WINAPI backup_read(HANDLE handle, LPBYTE data, DWORD size, LPDWORD got, BOOL abort, BOOL security,
                               LPVOID *context) {
  backup *file = context_of(abort, context);
  DWORD given = 0;
  BOOL ok = TRUE;
  (void)security;
  if (got != NULL)
    *got = 0;
  if (file == NULL)
    return abort && context != NULL;
  if (!file->ended)
    begin(handle, file);
  if (file->stream != 0)
    ok = give(handle, file, data, size, &given);
  if (got != NULL)
    *got = given;
  return ok;
}

void gap_backup_streams(void) {
  union {
    BOOL(WINAPI *function)(HANDLE, LPBYTE, DWORD, LPDWORD, BOOL, BOOL, LPVOID *);
    void *address;
  } reading = {backup_read}, writing = {backup_write};
  DWORD count;
  LPVOID context = NULL;
  SetLastError(ERROR_SUCCESS);
  if (BackupRead(INVALID_HANDLE_VALUE, NULL, 0, &count, TRUE, FALSE, &context) || !gap_is_not_written())
    return;
  gap_instead_of(L"kernel32.dll", "BackupRead", reading.address);
  gap_instead_of(L"kernel32.dll", "BackupWrite", writing.address);
}
