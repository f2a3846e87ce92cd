/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include "base/poison.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the sanitizer ------------------------------------------------------------------------------------- */

/* A freed block is not used again before 16 MB more have been freed; no pointer outlives its execution, which frees far
 * less. The runtime's 256 MB cost a tenth of the speed, for new pages. The variable ASAN_OPTIONS goes before it. */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the runtime's name */
const char *__asan_default_options(void);

const char *__asan_default_options(void) {
  return "quarantine_size_mb=16";
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

/* What says nothing of the code under test is left out of the coverage: it would be most of what is counted. */
#if defined(__clang__)
#define UNCOUNTED __attribute__((no_sanitize("coverage")))
#else
#define UNCOUNTED
#endif

/* ---- broken properties --------------------------------------------------------------------------------- */

/* Longest message: the input itself is kept in a file. */
#define LONGEST_MESSAGE 1000

static int shown(size_t len) {
  return len > LONGEST_MESSAGE ? LONGEST_MESSAGE : (int)len;
}

/* No arena is needed to say it: the message is short and the program ends. */
void fuzz_broken(const char *file, int line, const char *condition, const char *format, ...) {
  hcsref_arena arena;
  hcsref_str message = HCSREF_LIT("(no memory for the message)");
  va_list args;
  hcsref_arena_init(&arena, NULL, 0);
  va_start(args, format);
  (void)hcsref_format_args(&arena, &message, format, args);
  va_end(args);
  fprintf(stderr, "%s:%d: property broken: %s: %.*s\n", file, line, condition, shown(message.len), message.data);
  fflush(stderr);
  abort();
}

void fuzz_same(const char *file, int line, hcsref_str a, hcsref_str b, const char *what) {
  if (!hcsref_str_equal(a, b))
    fuzz_broken(file, line, what, "%q is not %q", a, b);
}

/* ---- memory --------------------------------------------------------------------------------------------- */

/* A multiple of no alignment and of no valid length, count or pointer. */
#define RUBBISH 0xA5
/* More than any input within reach needs: an input that needs more shows unbounded growth. */
#define MEMORY_LIMIT ((size_t)256 << 20)

/* Blocks that were given back, kept for the next input: a sanitizer's malloc would give new pages each time, and they
 * are slow to come. Nobody may touch them meanwhile. */
#define MOST_KEPT    8
#define LARGEST_KEPT ((size_t)1 << 18)

typedef struct kept_block {
  void *memory;
  size_t size;
} kept_block;

static kept_block kept[MOST_KEPT];

static void *take_kept(size_t size) {
  for (size_t i = 0; i < MOST_KEPT; i++) {
    void *memory = kept[i].memory;
    if (memory == NULL || kept[i].size != size)
      continue;
    kept[i].memory = NULL;
    hcsref_unpoison(memory, size);
    return memory;
  }
  return malloc(size);
}

static void *rubbish_alloc(void *ctx, size_t size) {
  void *memory = take_kept(size);
  (void)ctx;
  return memory == NULL ? NULL : memset(memory, RUBBISH, size);
}

static void rubbish_free(void *ctx, void *ptr, size_t size) {
  (void)ctx;
  for (size_t i = 0; size <= LARGEST_KEPT && i < MOST_KEPT; i++) {
    if (kept[i].memory != NULL)
      continue;
    kept[i].memory = ptr;
    kept[i].size = size;
    hcsref_poison(ptr, size);
    return;
  }
  free(ptr);
}

static hcsref_arena arenas[FUZZ_ARENAS];
static bool tight; /* memory was taken away from the work that is being done */

hcsref_arena *fuzz_arena(int which) {
  static const hcsref_allocator rubbish = {rubbish_alloc, rubbish_free, NULL};
  hcsref_arena *arena = &arenas[which];
  if (arena->limit == 0)
    hcsref_arena_init(arena, which == FUZZ_FRESH || which == FUZZ_LEAN ? &rubbish : NULL, MEMORY_LIMIT);
  else if (which == FUZZ_FRESH || which == FUZZ_LEAN)
    hcsref_arena_free(arena);
  else
    hcsref_arena_reset(arena);
  arena->limit = MEMORY_LIMIT;
  tight = tight && which != FUZZ_LEAN;
  return arena;
}

/* FNV-1a */
UNCOUNTED static uint64_t hash(hcsref_str text) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < text.len; i++)
    h = (h ^ (unsigned char)text.data[i]) * 1099511628211u;
  return h ^ h >> 32;
}

bool fuzz_is_lean(hcsref_str input) {
  return hash(input) % 4 == 0;
}

/* As many inputs end within the first hundred bytes as within the last ten thousand. */
void fuzz_tighten(hcsref_arena *arena, hcsref_str input) {
  uint64_t h;
  size_t room;
  if (arena != &arenas[FUZZ_LEAN])
    return;
  h = hash(input) / 4;
  room = (size_t)(h / 16 % ((uint64_t)32 << h % 12));
  tight = true;
  arena->limit = arena->used + (room > arena->room ? room : 0);
  if (arena->room > room)
    arena->room = room;
}

void fuzz_loosen(hcsref_arena *arena) {
  arena->limit = MEMORY_LIMIT;
}

void fuzz_lean_too(hcsref_str (*work)(int which, hcsref_str text), hcsref_str input, hcsref_str usual) {
  hcsref_str result;
  if (!fuzz_is_lean(input))
    return;
  result = work(FUZZ_LEAN, input);
  REQUIRE(hcsref_str_equal(result, usual) || hcsref_str_equal(result, HCSREF_LIT("out of memory")),
          "without memory: %q", result);
  tight = false;
}

/* ---- releases ------------------------------------------------------------------------------------------- */

/* More than a target names. */
#define MOST_PROFILES 64

const hcsref_profile *fuzz_profile(const char *name) {
  static struct {
    const char *name;
    const hcsref_profile *profile;
  } found[MOST_PROFILES];
  static hcsref_arena arena;
  static size_t count;
  for (size_t i = 0; i < count; i++)
    if (found[i].name == name)
      return found[i].profile;
  REQUIRE(count < MOST_PROFILES, "a target has more profiles than are kept");
  if (count == 0)
    hcsref_arena_init(&arena, NULL, 0);
  found[count].name = name;
  found[count].profile = hcsref_profile_find(&arena, hcsref_cstr(name), NULL);
  REQUIRE(found[count].profile != NULL, "no profile %s", name);
  return found[count++].profile;
}

/* ---- inputs --------------------------------------------------------------------------------------------- */

hcsref_str fuzz_text(const uint8_t *data, size_t size) {
  return hcsref_str_from((const char *)data, size);
}

hcsref_str fuzz_line(hcsref_str *rest) {
  const char *end = rest->len == 0 ? NULL : memchr(rest->data, '\n', rest->len);
  hcsref_str line = end == NULL ? *rest : hcsref_str_first(*rest, (size_t)(end - rest->data));
  *rest = hcsref_str_skip(*rest, line.len + (end != NULL));
  return line;
}

uint8_t fuzz_byte(hcsref_str *rest) {
  uint8_t byte = rest->len == 0 ? 0 : (uint8_t)rest->data[0];
  *rest = hcsref_str_skip(*rest, 1);
  return byte;
}

size_t fuzz_lines(hcsref_str text, hcsref_str *lines, size_t max) {
  size_t count = 0;
  while (text.len != 0 && count < max)
    lines[count++] = fuzz_line(&text);
  return count;
}

size_t fuzz_count(hcsref_str s, char c) {
  size_t count = 0;
  for (size_t i = 0; i < s.len; i++)
    count += s.data[i] == c;
  return count;
}

/* ---- the codec -------------------------------------------------------------------------------------------- */

void fuzz_check_error(const hcsref_error *err) {
  REQUIRE(err->code != NULL && err->code[0] != '\0', "an error without a code");
  REQUIRE(err->where.len == 0 || err->where.data[0] == '/', "%q is no JSON pointer", err->where);
  REQUIRE(tight || strcmp(err->code, "out-of-memory") != 0, "an input of this size must not need so much memory");
}

static bool is_code(const hcsref_error *err, const char *code) {
  return strcmp(err->code, code) == 0;
}

hcsref_str fuzz_encode(hcsref_arena *arena, const hcsref_type *type, const void *value) {
  hcsref_error err = {0};
  hcsref_str text = {0};
  if (hcsref_json_encode(arena, type, value, &text, &err))
    return text;
  fuzz_check_error(&err);
  REQUIRE(is_code(&err, "json-value") || is_code(&err, "json-depth"), "%s: %v", err.code, err.message);
  return hcsref_str_from(NULL, 0);
}

static void *new_value(hcsref_arena *arena, const hcsref_type *type) {
  void *value = hcsref_arena_alloc(arena, type->size);
  REQUIRE(value != NULL, "no memory for a %s", type->go_name);
  return value;
}

static bool is_zero(const void *value, size_t size) {
  const unsigned char *bytes = value;
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != 0)
      return false;
  return true;
}

static void check_refusal(hcsref_str text, hcsref_json_mode mode, const hcsref_error *err) {
  hcsref_error why = {0};
  bool valid = hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), text, mode, NULL, &why);
  fuzz_check_error(err);
  REQUIRE(valid == !is_code(err, "json-syntax"), "%s: %v", err->code, err->message);
  if (!valid)
    REQUIRE_SAME(err->message, why.message, "decoder and validator name the same syntax error");
}

/* What is written decodes to what was written. */
static void check_round_trip(hcsref_str written, const hcsref_type *type) {
  hcsref_arena *arena = fuzz_arena(FUZZ_FRESH);
  hcsref_error err = {0};
  void *again = new_value(arena, type);
  REQUIRE(hcsref_json_decode(arena, written, type, HCSREF_JSON_WHOLE, again, &err), "%v in %v", err.message, written);
  REQUIRE_SAME(fuzz_encode(arena, type, again), written, "decoding what was written gives what was written");
}

static bool is_memory(const hcsref_error *err) {
  return is_code(err, "out-of-memory");
}

/* With little memory either goes as it usually does, or says that there is none. */
static void check_lean(hcsref_str text, const hcsref_type *type, hcsref_json_mode mode, bool decodes,
                       hcsref_str usual) {
  hcsref_arena *arena = fuzz_arena(FUZZ_LEAN);
  void *value = new_value(arena, type);
  hcsref_error err = {0};
  hcsref_str written = {0};
  bool ok;
  fuzz_tighten(arena, text);
  ok = hcsref_json_decode(arena, text, type, mode, value, &err);
  fuzz_loosen(arena);
  REQUIRE(ok == decodes || (!ok && is_memory(&err)), "without memory: %s", ok ? "decoded" : err.code);
  REQUIRE(ok || is_zero(value, type->size), "without memory: a failure must leave the value untouched");
  if (!ok || usual.data == NULL)
    return;
  fuzz_tighten(arena, usual);
  ok = hcsref_json_encode(arena, type, value, &written, &err);
  fuzz_loosen(arena);
  REQUIRE(ok ? hcsref_str_equal(written, usual) : is_memory(&err), "without memory: %v", ok ? written : err.message);
}

void *fuzz_check_codec(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_json_mode mode) {
  hcsref_error err = {0};
  void *value = new_value(arena, type);
  hcsref_str written;
  if (!hcsref_json_decode(arena, text, type, mode, value, &err)) {
    REQUIRE(is_zero(value, type->size), "a failure must leave the value untouched: %v", err.message);
    check_refusal(text, mode, &err);
    if (fuzz_is_lean(text))
      check_lean(text, type, mode, false, hcsref_str_from(NULL, 0));
    return NULL;
  }
  REQUIRE(hcsref_json_valid(fuzz_arena(FUZZ_SCRATCH), text, mode, NULL, NULL), "decoded, but not valid: %v", text);
  written = fuzz_encode(arena, type, value);
  if (written.data != NULL)
    check_round_trip(written, type);
  if (fuzz_is_lean(text))
    check_lean(text, type, mode, true, written);
  return value;
}
