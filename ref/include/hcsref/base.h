/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What every other header stands on: visibility, byte strings, memory, errors.
 *
 * Nothing here prints, exits, aborts or keeps global state; two threads may work at once as long as each
 * has its own arena.
 */
#ifndef HCSREF_BASE_H
#define HCSREF_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(HCSREF_STATIC)
#define HCSREF_API
#elif defined(_WIN32) && defined(HCSREF_BUILDING)
#define HCSREF_API __declspec(dllexport)
#elif defined(_WIN32)
#define HCSREF_API __declspec(dllimport)
#elif defined(__GNUC__)
#define HCSREF_API __attribute__((visibility("default")))
#else
#define HCSREF_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- strings ---- */

/** A run of bytes with a length: what Go calls a string. NUL bytes are ordinary. Never owns its bytes: they
 * live in an arena, in the caller's input or in the program. An empty string may have a null `data`. */
typedef struct hcsref_str {
  const char *data;
  size_t len;
} hcsref_str;

/** The string of a literal: HCSREF_LIT("ro"). */
#define HCSREF_LIT(s) (hcsref_str_from("" s, sizeof(s) - 1))

static inline hcsref_str hcsref_str_from(const char *data, size_t len) {
  hcsref_str s;
  s.data = data;
  s.len = len;
  return s;
}

/** The string of a NUL-terminated text; null gives the empty string. */
HCSREF_API hcsref_str hcsref_cstr(const char *text);
/** Same bytes? */
static inline bool hcsref_str_equal(hcsref_str a, hcsref_str b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0); /* of no bytes, `data` may be null */
}
/** Byte order, as Go compares strings: negative, 0, positive. */
HCSREF_API int hcsref_str_compare(hcsref_str a, hcsref_str b);
static inline bool hcsref_str_has_prefix(hcsref_str s, hcsref_str prefix) {
  return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}
HCSREF_API bool hcsref_str_has_suffix(hcsref_str s, hcsref_str suffix);
/** Equal when ASCII letters are taken as lower case. */
HCSREF_API bool hcsref_str_equal_ascii_fold(hcsref_str a, hcsref_str b);
/** `s` without its first `n` bytes; all of it gone when `n` is past the end. */
static inline hcsref_str hcsref_str_skip(hcsref_str s, size_t n) {
  if (n > s.len)
    n = s.len;
  return hcsref_str_from(n == 0 ? s.data : s.data + n, s.len - n);
}
/** The first `n` bytes of `s`; all of it when `n` is past the end. */
static inline hcsref_str hcsref_str_first(hcsref_str s, size_t n) {
  return hcsref_str_from(s.data, n < s.len ? n : s.len);
}

/* ---- memory ---- */

/** Where an arena's blocks come from. `alloc` returns null when it can't; `size` is never 0. */
typedef struct hcsref_allocator {
  void *(*alloc)(void *ctx, size_t size);
  void (*free)(void *ctx, void *ptr, size_t size);
  void *ctx;
} hcsref_allocator;

/** Most bytes that one arena hands out before it says "out of memory", unless told otherwise. */
#define HCSREF_ARENA_LIMIT ((size_t)1 << 30)

struct hcsref_block;

/** Memory for one translation, freed at once. The fields are the arena's own. */
typedef struct hcsref_arena {
  hcsref_allocator allocator;
  struct hcsref_block *blocks; /* newest first */
  unsigned char *next;         /* first free byte of the newest block */
  size_t room;                 /* how many bytes are free there */
  size_t used;                 /* bytes of all blocks together */
  size_t limit;
  bool full; /* since it was last empty, something was refused because of the limit, not of the allocator */
} hcsref_arena;

/** Makes an empty arena; asks for no memory yet. `allocator` null: malloc and free. `limit` 0:
 * HCSREF_ARENA_LIMIT. */
HCSREF_API void hcsref_arena_init(hcsref_arena *arena, const hcsref_allocator *allocator, size_t limit);
/** Frees everything; the arena is then as after init. Safe on a zeroed arena. */
HCSREF_API void hcsref_arena_free(hcsref_arena *arena);
/** Forgets everything but keeps the memory for the next use: a reused arena that is large enough asks its
 * allocator for nothing. */
HCSREF_API void hcsref_arena_reset(hcsref_arena *arena);
/** `size` zeroed bytes aligned for any type; null when out of memory or past the limit. `size` 0 gives a
 * valid pointer that must not be read through. */
HCSREF_API void *hcsref_arena_alloc(hcsref_arena *arena, size_t size);
/** Like hcsref_arena_alloc for an array, with the product checked. */
HCSREF_API void *hcsref_arena_array(hcsref_arena *arena, size_t count, size_t size);
/** A copy of `s`; false when out of memory. */
HCSREF_API bool hcsref_str_copy(hcsref_arena *arena, hcsref_str s, hcsref_str *out);

/* ---- errors ---- */

/** Why something failed. All three are valid as long as the arena of the failed call is (out of memory:
 * for ever). A function that fails leaves its other outputs as they were. */
typedef struct hcsref_error {
  const char *code;   /**< stable slug, such as "cpu-limits-exclusive"; never null after a failure */
  hcsref_str message; /**< upstream's text where upstream has one */
  hcsref_str where;   /**< JSON pointer into the input, or empty when the whole is meant */
} hcsref_error;

/** Fills `err` (which may be null) with an out-of-memory error and returns false. */
HCSREF_API bool hcsref_fail_memory(hcsref_error *err);

/** Fills `err` (which may be null) and returns false, so that `return hcsref_fail(…)` reads well.
 * `where` is a JSON pointer or the empty string. The format knows
 *   %s  const char *        %v  hcsref_str            %q  hcsref_str as Go's %q prints it
 *   %d  int64_t             %u  uint64_t              %x  uint64_t in hexadecimal digits
 *   %%  a percent sign
 * and nothing else. */
HCSREF_API bool hcsref_fail(hcsref_arena *arena, hcsref_error *err, const char *code, hcsref_str where,
                            const char *format, ...);
/** hcsref_fail with a `where` that points into a list: `list` (a JSON pointer) "/" `index`, then "/" `member`
 * unless that is null. hcsref_fail_item(a, e, "mount-type", "/mounts", 3, "type", …): "/mounts/3/type". */
HCSREF_API bool hcsref_fail_item(hcsref_arena *arena, hcsref_error *err, const char *code, const char *list,
                                 size_t index, const char *member, const char *format, ...);
/** The message alone, with the same format. */
HCSREF_API bool hcsref_format(hcsref_arena *arena, hcsref_str *out, const char *format, ...);
HCSREF_API bool hcsref_format_args(hcsref_arena *arena, hcsref_str *out, const char *format, va_list args);

/* ---- growing text ---- */

/** Bytes that grow in an arena. Start with {.arena = …}. Once an append fails (`failed`), later ones do
 * nothing, so a writer may check once at the end. */
typedef struct hcsref_buf {
  hcsref_arena *arena;
  char *data;
  size_t len;
  size_t cap;
  bool failed;
} hcsref_buf;

/** Makes room for `extra` more bytes; false when out of memory. */
HCSREF_API bool hcsref_buf_reserve(hcsref_buf *buf, size_t extra);
static inline void hcsref_buf_append(hcsref_buf *buf, hcsref_str s) {
  if (s.len == 0 || buf->failed || (s.len > buf->cap - buf->len && !hcsref_buf_reserve(buf, s.len)))
    return;
  memcpy(buf->data + buf->len, s.data, s.len);
  buf->len += s.len;
}
static inline void hcsref_buf_append_char(hcsref_buf *buf, char c) {
  if (buf->failed || (buf->len == buf->cap && !hcsref_buf_reserve(buf, 1)))
    return;
  buf->data[buf->len++] = c;
}
HCSREF_API void hcsref_buf_append_int(hcsref_buf *buf, int64_t n);
HCSREF_API void hcsref_buf_append_uint(hcsref_buf *buf, uint64_t n);
/** `s` as Go's strconv.Quote writes it. */
HCSREF_API void hcsref_buf_append_quoted(hcsref_buf *buf, hcsref_str s);
/** "/" and `token` as a JSON pointer has it: '~' and '/' escaped. */
HCSREF_API void hcsref_buf_append_pointer_token(hcsref_buf *buf, hcsref_str token);
/** What has been written so far. */
HCSREF_API hcsref_str hcsref_buf_str(const hcsref_buf *buf);

#ifdef __cplusplus
}
#endif

#endif
