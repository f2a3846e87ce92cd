/* SPDX-License-Identifier: Apache-2.0 */
/* filepath.Clean and what is made of it. Source: Go 1.19.8 path/filepath path.go. */
#include "base/arena.h"
#include "hcsref/path.h"
#include "path/volume.h"

#include <string.h>

/* The cleaned form of `path` (which has no volume name), written over as few bytes as need be: as long as the
 * result is a prefix of the path, `buf` is null. */
typedef struct cleaner {
  hcsref_arena *arena;
  hcsref_str path;
  bool has_volume;
  char *buf;     /* as long as the path */
  size_t len;    /* of the result */
  size_t bottom; /* what ".." must not remove: the root, or the leading ".." elements */
  bool failed;
} cleaner;

static char at(const cleaner *c, size_t i) {
  return c->buf == NULL ? c->path.data[i] : c->buf[i];
}

/* Separators are turned last, over the whole, so '\' here differs from a '/' in the path. */
static void put(cleaner *c, char byte) {
  if (c->buf == NULL) {
    if (c->path.data[c->len] == byte) {
      c->len++;
      return;
    }
    c->buf = hcsref_arena_take(c->arena, c->path.len);
    if (c->buf == NULL) {
      c->failed = true;
      return;
    }
    memcpy(c->buf, c->path.data, c->len);
  }
  c->buf[c->len++] = byte;
}

static bool ends_element(const cleaner *c, size_t i) {
  return i == c->path.len || hcsref_is_separator(c->path.data[i]);
}

/* The number of bytes of a "." or ".." element at `i`, or 0. */
static size_t dots(const cleaner *c, size_t i) {
  if (c->path.data[i] != '.')
    return 0;
  if (ends_element(c, i + 1))
    return 1;
  return c->path.data[i + 1] == '.' && ends_element(c, i + 2) ? 2 : 0;
}

static void remove_element(cleaner *c) {
  c->len--;
  while (c->len > c->bottom && !hcsref_is_separator(at(c, c->len)))
    c->len--;
}

static void go_up(cleaner *c, bool rooted) {
  if (c->len > c->bottom) {
    remove_element(c);
    return;
  }
  if (rooted)
    return;
  if (c->len > 0)
    put(c, '\\');
  put(c, '.');
  put(c, '.');
  c->bottom = c->len;
}

/* Cleaning must not make the beginning of a relative path look like a drive (CVE-2022-41722): the first element
 * that is kept gets a ".\\" in front when it has a colon and something before it was dropped. */
static bool would_look_like_drive(const cleaner *c, size_t i) {
  if (c->len != 0 || c->has_volume || i == 0)
    return false;
  for (; !ends_element(c, i); i++)
    if (c->path.data[i] == ':')
      return true;
  return false;
}

static size_t put_element(cleaner *c, size_t i, bool rooted) {
  if (would_look_like_drive(c, i)) {
    put(c, '.');
    put(c, '\\');
  } else if (c->len != (rooted ? 1u : 0u)) {
    put(c, '\\');
  }
  for (; !ends_element(c, i) && !c->failed; i++)
    put(c, c->path.data[i]);
  return i;
}

static void clean_elements(cleaner *c) {
  bool rooted = hcsref_is_separator(c->path.data[0]);
  size_t i = rooted;
  if (rooted) {
    put(c, '\\');
    c->bottom = 1;
  }
  while (i < c->path.len && !c->failed) {
    size_t skip = hcsref_is_separator(c->path.data[i]) ? 1 : dots(c, i);
    if (skip == 2)
      go_up(c, rooted);
    i = skip == 0 ? put_element(c, i, rooted) : i + skip;
  }
  if (c->len == 0 && !c->failed)
    put(c, '.');
}

static bool has_slash(hcsref_str s) {
  return s.len != 0 && memchr(s.data, '/', s.len) != NULL;
}

/* filepath.FromSlash: `s` itself when there is none. */
static bool from_slash(hcsref_arena *arena, hcsref_str s, hcsref_str *out) {
  char *data;
  if (!has_slash(s)) {
    *out = s;
    return true;
  }
  data = hcsref_arena_take(arena, s.len);
  if (data == NULL)
    return false;
  for (size_t i = 0; i < s.len; i++)
    data[i] = s.data[i] == '/' ? '\\' : s.data[i];
  *out = hcsref_str_from(data, s.len);
  return true;
}

/* `head`, a cleaned rest and the turning of separators. */
static bool assemble(hcsref_arena *arena, hcsref_str head, hcsref_str rest, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, head);
  hcsref_buf_append(&buf, rest);
  return !buf.failed && from_slash(arena, hcsref_buf_str(&buf), out);
}

/* Nothing is left behind the volume name: a drive means its current folder. */
static bool clean_bare_volume(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  if (path.len > 1 && path.data[1] != ':')
    return from_slash(arena, path, out);
  return assemble(arena, path, HCSREF_LIT("."), out);
}

bool hcsref_path_clean(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  size_t volume = hcsref_volume_len(path);
  cleaner c = {arena, hcsref_str_skip(path, volume), volume != 0, NULL, 0, 0, false};
  if (c.path.len == 0)
    return clean_bare_volume(arena, path, out);
  clean_elements(&c);
  if (c.failed)
    return false;
  if (c.buf == NULL)
    return from_slash(arena, hcsref_str_first(path, volume + c.len), out);
  if (volume == 0)
    return from_slash(arena, hcsref_str_from(c.buf, c.len), out);
  return assemble(arena, hcsref_str_first(path, volume), hcsref_str_from(c.buf, c.len), out);
}

bool hcsref_path_parts(hcsref_arena *arena, hcsref_str path, size_t *out) {
  hcsref_str clean;
  size_t parts = 0;
  if (!hcsref_path_clean(arena, path, &clean))
    return false;
  for (size_t i = 0; i < clean.len; i++)
    parts += clean.data[i] == '\\';
  *out = parts;
  return true;
}

bool hcsref_path_dir(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  hcsref_str volume = hcsref_path_volume(path);
  hcsref_str dir, file, clean;
  hcsref_path_split(path, &dir, &file);
  if (!hcsref_path_clean(arena, hcsref_str_skip(dir, volume.len), &clean))
    return false;
  if (hcsref_str_equal(clean, HCSREF_LIT(".")) && volume.len > 2) {
    *out = volume;
    return true;
  }
  if (volume.len == 0) {
    *out = clean;
    return true;
  }
  return hcsref_format(arena, out, "%v%v", volume, clean);
}

bool hcsref_path_base(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  size_t cut;
  (void)arena;
  if (path.len == 0) {
    *out = HCSREF_LIT(".");
    return true;
  }
  while (path.len > 0 && hcsref_is_separator(path.data[path.len - 1]))
    path.len--;
  path = hcsref_str_skip(path, hcsref_volume_len(path));
  for (cut = path.len; cut > 0 && !hcsref_is_separator(path.data[cut - 1]);)
    cut--;
  *out = path.len == 0 ? HCSREF_LIT("\\") : hcsref_str_skip(path, cut);
  return true;
}
