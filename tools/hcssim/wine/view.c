/* SPDX-License-Identifier: Apache-2.0 */
/* What a container maps, for the programs in it: the simulator tells them by a variable (engine/view.c). */
#include "wine/routes.h"

#include <stdlib.h>
#include <string.h>

#define MOST 512

typedef struct part {
  const wchar_t *text;
  size_t length;
} part;

typedef struct mapped {
  part inside, outside;
  BOOL read_only;
} mapped;

static mapped list[MOST];
static size_t listed;

static part next_part(const wchar_t **at) {
  part out = {*at, wcscspn(*at, L"|")};
  *at += out.length + ((*at)[out.length] != 0);
  while (out.length > 0 && out.text[out.length - 1] == L'\\')
    out.length--;
  return out;
}

void view_read(void) {
  DWORD units = GetEnvironmentVariableW(L"HCSSIM_MAPPED", NULL, 0);
  wchar_t *text = units == 0 ? NULL : calloc(units + 1, sizeof *text); /* the list points into it for good */
  const wchar_t *at = text;
  listed = 0;
  if (text == NULL || GetEnvironmentVariableW(L"HCSSIM_MAPPED", text, units) >= units) {
    free(text);
    return;
  }
  while (*at != 0 && listed < MOST) {
    mapped *m = &list[listed];
    m->inside = next_part(&at);
    m->outside = next_part(&at);
    m->read_only = next_part(&at).text[0] == L'r';
    listed += m->inside.length > 0 && m->outside.length > 0;
  }
}

static BOOL lies_at(const wchar_t *path, size_t length, part place) {
  return length >= place.length && _wcsnicmp(path, place.text, place.length) == 0 &&
         (length == place.length || path[place.length] == L'\\');
}

size_t view_follow(const wchar_t *path, size_t length, wchar_t *out, size_t room, BOOL *read_only) {
  const mapped *found = NULL;
  size_t rest;
  for (size_t i = 0; i < listed; i++) {
    if (lies_at(path, length, list[i].outside)) {
      *read_only = *read_only || list[i].read_only;
      return 0;
    }
    if (lies_at(path, length, list[i].inside) && (found == NULL || list[i].inside.length > found->inside.length))
      found = &list[i];
  }
  if (found == NULL)
    return 0;
  rest = length - found->inside.length;
  if (found->outside.length + rest >= room)
    return 0;
  memcpy(out, found->outside.text, found->outside.length * sizeof *out);
  memcpy(out + found->outside.length, path + found->inside.length, rest * sizeof *out);
  *read_only = *read_only || found->read_only;
  return found->outside.length + rest;
}
