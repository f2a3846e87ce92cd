/* SPDX-License-Identifier: Apache-2.0 */
/* Writers hold a mutex; readers hold nothing and read again when `changes` moved or was odd meanwhile. */
#include "wine/routes.h"

#include <stdlib.h>
#include <string.h>

typedef struct route {
  DWORD length; /* of `from`; 0: free */
  BOOL read_only;
  wchar_t from[ROUTE_UNITS], to[ROUTE_UNITS];
} route;

typedef struct table {
  volatile LONG changes, used; /* entries from `used` on were never written */
  route routes[ROUTE_MOST];
} table;

static table *open_table(void) {
  static table *volatile opened;
  HANDLE section;
  table *view;
  if (opened != NULL)
    return opened;
  section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(table), L"hcssim-routes");
  view = section == NULL ? NULL : MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof(table));
  /* the handle stays open, as the table does */
  if (InterlockedCompareExchangePointer((PVOID volatile *)&opened, view, NULL) != NULL && view != NULL)
    UnmapViewOfFile(view);
  return opened;
}

static HANDLE lock(void) {
  HANDLE mutex = CreateMutexW(NULL, FALSE, L"hcssim-routes-lock");
  if (mutex != NULL)
    WaitForSingleObject(mutex, INFINITE);
  return mutex;
}

static void unlock(HANDLE mutex) {
  if (mutex != NULL) {
    ReleaseMutex(mutex);
    CloseHandle(mutex);
  }
}

static BOOL is_separator(wchar_t unit) {
  return unit == L'\\' || unit == L'/';
}

/* Without \\?\ and without separators at the end; 0: it does not fit. */
static size_t normalize(const wchar_t *name, wchar_t out[ROUTE_UNITS]) {
  size_t length;
  if (wcsncmp(name, L"\\\\?\\", 4) == 0 || wcsncmp(name, L"\\??\\", 4) == 0)
    name += 4;
  length = wcslen(name);
  while (length > 0 && is_separator(name[length - 1]))
    length--;
  if (length >= ROUTE_UNITS)
    return 0;
  for (size_t i = 0; i < length; i++)
    out[i] = name[i] == L'/' ? L'\\' : name[i];
  out[length] = 0;
  return length;
}

static route *find(table *t, const wchar_t *name, size_t length) {
  for (LONG i = 0; i < t->used; i++)
    if (t->routes[i].length == length && _wcsnicmp(t->routes[i].from, name, length) == 0)
      return &t->routes[i];
  return NULL;
}

/* A free one; else one whose target is gone: programs that were killed leave such. */
static route *room(table *t) {
  for (LONG i = 0; i < t->used; i++)
    if (t->routes[i].length == 0)
      return &t->routes[i];
  if (t->used < ROUTE_MOST)
    return &t->routes[t->used++];
  for (LONG i = 0; i < ROUTE_MOST; i++)
    if (GetFileAttributesW(t->routes[i].to) == INVALID_FILE_ATTRIBUTES)
      return &t->routes[i];
  return NULL;
}

static BOOL put(const wchar_t *from, const wchar_t *to, BOOL read_only) {
  wchar_t name[ROUTE_UNITS], target[ROUTE_UNITS];
  size_t length = normalize(from, name);
  table *t = open_table();
  route *r = NULL;
  HANDLE mutex;
  if (t == NULL || length == 0 || normalize(to, target) == 0)
    return FALSE;
  mutex = lock();
  r = find(t, name, length);
  r = r != NULL ? r : room(t);
  if (r != NULL) {
    InterlockedIncrement(&t->changes);
    wcscpy(r->from, name);
    wcscpy(r->to, target);
    r->read_only = read_only;
    r->length = (DWORD)length;
    InterlockedIncrement(&t->changes);
  }
  unlock(mutex);
  return r != NULL;
}

BOOL route_put(const wchar_t *from, const wchar_t *to) {
  return put(from, to, FALSE);
}

BOOL route_put_read_only(const wchar_t *from, const wchar_t *to) {
  return put(from, to, TRUE);
}

/* A volume that goes takes with it what is bound to it: hcsshim binds a HostProcess container's volume to C:\hpc, for
 * as long as its job is there (internal/jobcontainers), which nobody tells. */
static void remove_bound_to(table *t, const wchar_t *name, size_t length) {
  if (_wcsnicmp(name, L"Volume{", 7) != 0)
    return;
  for (LONG i = 0; i < t->used; i++)
    if (t->routes[i].length != 0 && _wcsnicmp(t->routes[i].to, name, length) == 0 &&
        (t->routes[i].to[length] == 0 || is_separator(t->routes[i].to[length])))
      t->routes[i].length = 0;
}

BOOL route_remove(const wchar_t *from) {
  wchar_t name[ROUTE_UNITS];
  size_t length = normalize(from, name);
  table *t = open_table();
  route *r;
  HANDLE mutex;
  if (t == NULL || length == 0)
    return FALSE;
  mutex = lock();
  r = find(t, name, length);
  if (r != NULL) {
    InterlockedIncrement(&t->changes);
    r->length = 0;
    remove_bound_to(t, name, length);
    InterlockedIncrement(&t->changes);
  }
  unlock(mutex);
  return r != NULL;
}

static const route *longest(const table *t, const wchar_t *path, size_t length) {
  const route *best = NULL;
  LONG used = t->used < ROUTE_MOST ? t->used : ROUTE_MOST;
  for (LONG i = 0; i < used; i++) {
    const route *r = &t->routes[i];
    DWORD size = r->length;
    if (size > 0 && size < ROUTE_UNITS && size <= length && (best == NULL || size > best->length) &&
        _wcsnicmp(r->from, path, size) == 0 && (size == length || is_separator(path[size])))
      best = r;
  }
  return best;
}

static size_t follow_once(const table *t, const wchar_t *path, size_t length, wchar_t *out, size_t units,
                          BOOL *read_only) {
  const route *r = longest(t, path, length);
  size_t target, rest;
  if (r == NULL)
    return 0;
  rest = length - r->length;
  target = wcsnlen(r->to, ROUTE_UNITS);
  if (target + rest >= units)
    return 0;
  memcpy(out, r->to, target * sizeof(*out));
  memcpy(out + target, path + r->length, rest * sizeof(*out));
  out[target + rest] = 0;
  *read_only = r->read_only;
  return target + rest;
}

size_t route_follow(const wchar_t *path, size_t length, wchar_t *out, size_t units, BOOL *read_only) {
  table *t = open_table();
  if (t == NULL)
    return 0;
  for (unsigned tries = 0; tries < 1000; tries++) {
    LONG before = InterlockedCompareExchange(&t->changes, 0, 0);
    BOOL denied = FALSE;
    size_t size = follow_once(t, path, length, out, units, &denied);
    if ((before & 1) == 0 && before == InterlockedCompareExchange(&t->changes, 0, 0)) {
      *read_only = *read_only || denied;
      return size;
    }
    SwitchToThread();
  }
  return 0;
}

/* ---- what a container maps, for the programs in it: engine/view.c tells it by a variable ---- */

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
