/* SPDX-License-Identifier: Apache-2.0 */
/* filepath.Clean. Source: Go path/filepath path.go, from 1.23 on internal/filepathlite path.go. */
#include "base/arena.h"
#include "hcsref/path.h"
#include "path/volume.h"

#include <string.h>

/* The cleaned path as far as it is done. While it is a part of the given one, `buf` is null and nothing is copied;
 * the first byte that differs makes the only allocation. */
typedef struct cleaner {
  hcsref_arena *arena;
  hcsref_str path;
  char *buf;
  size_t len;           /* of the result so far */
  size_t root;          /* how much of the result is the volume name and the separator that stands for its root */
  size_t bottom;        /* what ".." must not remove: `root`, or that and the leading ".." elements */
  bool guards_elements; /* see needs_guard */
  bool guards_result;   /* see guard_result */
  bool failed;
} cleaner;

/* Room for one byte more than the path has: "C:" becomes "C:."; and for two when guard_result may write in front. It
 * looks at all of the room. */
static bool own(cleaner *c) {
  size_t room = c->path.len + (c->guards_result ? 2 : 1);
  if (c->buf != NULL)
    return true;
  c->buf = hcsref_arena_take(c->arena, room);
  if (c->buf == NULL) {
    c->failed = true;
    return false;
  }
  if (c->len > 0)
    memcpy(c->buf, c->path.data, c->len);
  if (c->guards_result)
    memset(c->buf + c->len, 0, room - c->len);
  return true;
}

static void put(cleaner *c, char byte) {
  bool same = c->buf == NULL && c->len < c->path.len && c->path.data[c->len] == byte;
  if (!same) {
    if (!own(c))
      return;
    c->buf[c->len] = byte;
  }
  c->len++;
}

/* path[from, to), which has no separators. */
static void put_part(cleaner *c, size_t from, size_t to) {
  bool in_place =
      c->buf == NULL && (c->len == from || memcmp(c->path.data + c->len, c->path.data + from, to - from) == 0);
  if (!in_place) {
    if (!own(c))
      return;
    memcpy(c->buf + c->len, c->path.data + from, to - from);
  }
  c->len += to - from;
}

static void put_volume(cleaner *c, size_t len) {
  for (size_t i = 0; i < len && !c->failed; i++)
    put(c, c->path.data[i] == '/' ? '\\' : c->path.data[i]);
}

static void remove_element(cleaner *c) {
  const char *result = c->buf == NULL ? c->path.data : c->buf;
  c->len--;
  while (c->len > c->bottom && result[c->len] != '\\')
    c->len--;
}

static void go_up(cleaner *c, bool rooted) {
  if (c->len > c->bottom) {
    remove_element(c);
    return;
  }
  if (rooted)
    return;
  if (c->len > c->root)
    put(c, '\\');
  put(c, '.');
  put(c, '.');
  c->bottom = c->len;
}

/* Cleaning must not make the beginning of a relative path look like a drive (CVE-2022-41722): when what was before
 * is gone, a first element with a colon gets ".\" in front. */
static bool needs_guard(const cleaner *c, size_t from, size_t to) {
  return c->guards_elements && c->len == 0 && from > 0 && memchr(c->path.data + from, ':', to - from) != NULL;
}

static void put_element(cleaner *c, size_t from, size_t to) {
  if (c->buf == NULL && c->len > c->root && c->len + 1 == from && c->path.data[c->len] == '\\') {
    c->len = to; /* as it stands, as in most paths */
    return;
  }
  if (c->len > c->root) {
    put(c, '\\');
  } else if (needs_guard(c, from, to)) {
    put(c, '.');
    put(c, '\\');
  }
  put_part(c, from, to);
}

/* 1 for ".", 2 for "..", 0 for any other element, which may be empty: then a separator is at `from`. */
static size_t dots(hcsref_str path, size_t from, size_t to) {
  size_t len = to - from;
  if (len > 2 || path.data[from] != '.' || path.data[to - 1] != '.')
    return 0;
  return len;
}

/* What follows the volume name. */
static void put_elements(cleaner *c, size_t from) {
  bool rooted = from < c->path.len && hcsref_is_separator(c->path.data[from]);
  if (rooted)
    put(c, '\\');
  c->root = c->len;
  c->bottom = c->len;
  while (from < c->path.len && !c->failed) {
    size_t to = hcsref_find_separator(c->path, from);
    size_t points = dots(c->path, from, to);
    if (points == 2)
      go_up(c, rooted);
    else if (points == 0 && to > from)
      put_element(c, from, to);
    from = to + 1;
  }
}

static void put_in_front(cleaner *c, const char *two) {
  memmove(c->buf + 2, c->buf, c->len);
  memcpy(c->buf, two, 2);
  c->len += 2;
}

/* Since CVE-2023-45283 it is the result that is looked at, when it had to be copied: ".\" goes in front of a first
 * element with a colon, "\." in front of "\??". As upstream it looks at the whole room of the copy, and so at what is
 * left there of elements that ".." removed. Source: postClean. */
static void guard_result(cleaner *c) {
  size_t first;
  if (c->buf == NULL)
    return;
  first = hcsref_find_separator(hcsref_str_from(c->buf, c->path.len), 0);
  if (memchr(c->buf, ':', first) != NULL)
    put_in_front(c, ".\\");
  else if (c->path.len >= 3 && hcsref_is_separator(c->buf[0]) && c->buf[1] == '?' && c->buf[2] == '?')
    put_in_front(c, "\\.");
}

/* A volume name without anything behind it: \\server\share and the like stay as they are, all else means the current
 * folder, and then Go does not look at the separators of the name. */
static bool clean_volume(hcsref_arena *arena, hcsref_str volume, hcsref_str *out) {
  cleaner c = {.arena = arena, .path = volume};
  if (volume.len < 2 || !hcsref_is_separator(volume.data[0]) || !hcsref_is_separator(volume.data[1])) {
    c.len = volume.len;
    put(&c, '.');
  } else {
    put_volume(&c, volume.len);
  }
  if (c.failed)
    return false;
  *out = hcsref_str_from(c.buf == NULL ? volume.data : c.buf, c.len);
  return true;
}

bool hcsref_path_clean_as(hcsref_arena *arena, const hcsref_rules *given, hcsref_str path, hcsref_str *out) {
  const hcsref_rules *rules = hcsref_path_rules(given);
  size_t volume = hcsref_volume_len(rules, path);
  cleaner c = {.arena = arena, .path = path};
  bool recent = hcsref_has(rules, HCSREF_CHANGE_GO_VOLUME_ROOT_LOCAL);
  c.guards_elements = !recent && hcsref_has(rules, HCSREF_CHANGE_GO_CLEAN_DRIVE_GUARD);
  c.guards_result = recent && volume == 0;
  if (volume == path.len)
    return clean_volume(arena, path, out);
  put_volume(&c, volume);
  if (!c.failed)
    put_elements(&c, volume);
  if (!c.failed && c.len == volume)
    put(&c, '.');
  if (!c.failed && c.guards_result)
    guard_result(&c);
  if (c.failed)
    return false;
  *out = hcsref_str_from(c.buf == NULL ? path.data : c.buf, c.len);
  return true;
}
