/* SPDX-License-Identifier: Apache-2.0 */
/* icacls for Wine prefixes, whose own prints nothing. Tests grant somebody something, and look whether it is listed
 * (hcsshim test/functional TestContainerExec_DoubleQuotes, internal/security). Wine keeps no such lists of files: what
 * is granted is kept in the registry below the file's full name, and has no effect.
 *
 *   icacls NAME [/grant[:r] NAME:RIGHTS]... [/T] [/C] [/Q]
 *
 * Exit status: 0 done; 1 wrong usage; 2 there is no such file; 5 it could not be kept. */
#include "wine/tools/say.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define KEY       L"Software\\hcssim\\granted"
#define MOST      8000 /* units of what is granted to one file */
#define MOST_PATH 2048

typedef struct request {
  wchar_t path[MOST_PATH];
  wchar_t granted[MOST]; /* each with its end, and another end */
  size_t used;
  BOOL grants, quiet;
} request;

/* Each text once; false: there is no room. */
static BOOL add(request *r, const wchar_t *what) {
  size_t length = wcslen(what) + 1;
  for (const wchar_t *at = r->granted; *at != 0; at += wcslen(at) + 1)
    if (_wcsicmp(at, what) == 0)
      return TRUE;
  if (r->used + length >= MOST)
    return FALSE;
  memcpy(r->granted + r->used, what, length * sizeof(*what));
  r->used += length;
  r->granted[r->used] = 0;
  return TRUE;
}

static void load(request *r) {
  DWORD size = (MOST - 1) * sizeof(wchar_t);
  if (RegGetValueW(HKEY_CURRENT_USER, KEY, r->path, RRF_RT_REG_MULTI_SZ, NULL, r->granted, &size) != ERROR_SUCCESS)
    r->granted[0] = 0;
  for (const wchar_t *at = r->granted; *at != 0; at += wcslen(at) + 1)
    r->used = (size_t)(at - r->granted) + wcslen(at) + 1;
}

static BOOL keep(const request *r) {
  return RegSetKeyValueW(HKEY_CURRENT_USER, KEY, r->path, REG_MULTI_SZ, r->granted,
                         (DWORD)((r->used + 1) * sizeof(wchar_t))) == ERROR_SUCCESS;
}

static BOOL is_option(const wchar_t *word, const wchar_t *name) {
  return _wcsicmp(word, name) == 0;
}

static int read_words(wchar_t **words, request *r) {
  for (; *words != NULL; words++) {
    if (is_option(*words, L"/grant") || is_option(*words, L"/grant:r")) {
      if (words[1] == NULL || wcschr(words[1], L':') == NULL || !add(r, words[1]))
        return 1;
      words++;
      r->grants = TRUE;
    } else if (is_option(*words, L"/Q")) {
      r->quiet = TRUE;
    } else if (!is_option(*words, L"/T") && !is_option(*words, L"/C")) {
      return 1;
    }
  }
  return 0;
}

static void list(const request *r, const wchar_t *name) {
  say_with(L"%ls", name);
  for (const wchar_t *at = r->granted; *at != 0; at += wcslen(at) + 1)
    say_with(L" %ls\r\n", at);
  say(L" BUILTIN\\Administrators:(F)\r\n\r\n");
}

int wmain(int count, wchar_t **words) {
  request *r = calloc(1, sizeof(*r));
  int status = 1;
  DWORD length = r == NULL || count < 2 ? 0 : GetFullPathNameW(words[1], MOST_PATH, r->path, NULL);
  if (length > 0 && length < MOST_PATH) {
    load(r);
    status = read_words(words + 2, r);
  }
  if (status != 0) {
    say(L"Usage: icacls NAME [/grant[:r] NAME:RIGHTS]... [/T] [/C] [/Q]\r\n");
  } else if (GetFileAttributesW(r->path) == INVALID_FILE_ATTRIBUTES) {
    say_with(L"%ls: The system cannot find the file specified.\r\n", words[1]);
    status = 2;
  } else if (r->grants && !keep(r)) {
    status = 5;
  } else if (r->grants && !r->quiet) {
    say_with(L"processed file: %ls\r\n", words[1]);
  } else if (!r->grants) {
    list(r, words[1]);
  }
  if (status != 1)
    say_with(L"Successfully processed %d files; Failed processing %d files\r\n", status == 0, status != 0);
  free(r);
  return status;
}
