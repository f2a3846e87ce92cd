/* SPDX-License-Identifier: Apache-2.0 */
/* filepath.Clean. Source: Go 1.19.8 path/filepath path.go. */
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
  size_t len;    /* of the result so far */
  size_t root;   /* how much of the result is the volume name and the separator that stands for its root */
  size_t bottom; /* what ".." must not remove: `root`, or that and the leading ".." elements */
  bool failed;
} cleaner;

/* Room for one byte more than the path has: "C:" becomes "C:.", and nothing else grows. */
static bool own(cleaner *c) {
  if (c->buf != NULL)
    return true;
  c->buf = hcsref_arena_take(c->arena, c->path.len + 1);
  if (c->buf == NULL) {
    c->failed = true;
    return false;
  }
  if (c->len > 0)
    memcpy(c->buf, c->path.data, c->len);
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
  bool in_place = c->buf == NULL && c->len == from;
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
  return c->len == 0 && from > 0 && memchr(c->path.data + from, ':', to - from) != NULL;
}

static void put_element(cleaner *c, size_t from, size_t to) {
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

/* \\server\share without anything behind it stays as it is, all else that is empty means the current folder. */
static bool is_share(size_t volume) {
  return volume > 2;
}

bool hcsref_path_clean(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  size_t volume = hcsref_volume_len(path);
  cleaner c = {.arena = arena, .path = path};
  put_volume(&c, volume);
  if (!c.failed)
    put_elements(&c, volume);
  if (!c.failed && c.len == volume && !is_share(volume))
    put(&c, '.');
  if (c.failed)
    return false;
  *out = hcsref_str_from(c.buf == NULL ? path.data : c.buf, c.len);
  return true;
}
