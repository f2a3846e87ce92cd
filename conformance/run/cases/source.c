/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/source.h"

#include "io/output.h"
#include "platform/platform.h"
#include "run/cases/values.h"
#include "run/cases/visited.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Deepest folder inside a folder. */
#define DEEPEST_FOLDER 64
#define READ_STEP      ((size_t)65536)
#define LONGEST_PATH   4096

struct kit_source {
  kit_strings files; /* paths */
  kit_visited visited;
  kit_strings ids; /* what the id of the one case of each begins with or is */
  size_t next;     /* the file to open next */
  FILE *lines;     /* the .jsonl file that is being read, or null */
  uint64_t line;
  char *buffer; /* bytes of `lines` that were read and not used: from `used` to `filled` */
  size_t room, used, filled;
  const char *trouble; /* why the lines ended early, or null */
  kit_values values;   /* those named in `lines` so far */
  bool (*read)(hcsref_arena *arena, hcsref_str text, hcsref_str id, kit_case *out, hcsref_error *err);
};

kit_source *kit_source_new(void) {
  kit_source *source = calloc(1, sizeof(*source));
  if (source == NULL)
    return NULL;
  source->read = kit_case_read;
  kit_values_init(&source->values, NULL);
  return source;
}

void kit_source_scan_only(kit_source *source) {
  source->read = kit_case_scan;
}

static void close_lines(kit_source *source) {
  if (source->lines != NULL)
    fclose(source->lines);
  source->lines = NULL;
  source->line = 0;
  source->used = source->filled = 0;
  source->trouble = NULL;
  kit_values_reset(&source->values);
}

void kit_source_free(kit_source *source) {
  if (source == NULL)
    return;
  close_lines(source);
  kit_strings_free(&source->files);
  kit_strings_free(&source->ids);
  kit_visited_free(&source->visited);
  kit_values_free(&source->values);
  free(source->buffer);
  free(source);
}

static kit_next next_of(void *context, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  return kit_source_next(context, arena, out, err);
}

kit_feed kit_source_feed(kit_source *source) {
  const kit_feed feed = {next_of, source};
  return feed;
}

void kit_source_rewind(kit_source *source) {
  close_lines(source);
  source->next = 0;
}

/* ---- finding files ------------------------------------------------------------------------------------ */

static bool is_separator(char c) {
#ifdef _WIN32
  return c == '/' || c == '\\';
#else
  return c == '/';
#endif
}

static bool ends_with(const char *text, const char *suffix) {
  size_t length = strlen(text), tail = strlen(suffix);
  return length > tail && strcmp(text + length - tail, suffix) == 0;
}

static bool is_case_file(const char *name) {
  return (ends_with(name, ".json") || ends_with(name, ".jsonl")) && strcmp(name, KIT_SUITE_MANIFEST) != 0 &&
         strcmp(name, KIT_SUITE_BRANCHES) != 0;
}

/* The length of `path` without its last element and the separator before that; 0 when it has only one. */
static size_t parent_length(const char *path) {
  size_t length = strlen(path);
  while (length > 0 && is_separator(path[length - 1]))
    length--;
  while (length > 0 && !is_separator(path[length - 1]))
    length--;
  while (length > 0 && is_separator(path[length - 1]))
    length--;
  return length;
}

/* The length of the first of `path`'s beginnings of `length` bytes, its parent, and so on, that is a folder with a
 * manifest; 0: none is. */
static size_t suite_length(const char *path, size_t length) {
  char folder[LONGEST_PATH];
  while (length > 0 && length < sizeof(folder) - sizeof("/" KIT_SUITE_MANIFEST)) {
    memcpy(folder, path, length);
    memcpy(folder + length, "/" KIT_SUITE_MANIFEST, sizeof("/" KIT_SUITE_MANIFEST));
    if (kit_path_exists(folder))
      return length;
    folder[length] = '\0';
    length = parent_length(folder);
  }
  return 0;
}

bool kit_suite_of(const char *path, char *out, size_t size) {
  size_t length = strlen(path), found;
  while (length > 1 && is_separator(path[length - 1]))
    length--;
  found = suite_length(path, length);
  if (found == 0 || found >= size)
    return false;
  memcpy(out, path, found);
  out[found] = '\0';
  return true;
}

static bool is_dots(const char *name, size_t length) {
  return (length == 1 || length == 2) && memcmp(name, "..", length) == 0;
}

/* Where the id begins in the path of a case's file, and so of all that are in its folder: behind the folder that has a
 * manifest, else at the last folder's name; . and .. are no names. */
static size_t id_start(const char *path) {
  size_t last_folder = parent_length(path), end = last_folder, suite = suite_length(path, last_folder);
  if (suite != 0)
    return suite + 1;
  while (last_folder > 0 && !is_separator(path[last_folder - 1]))
    last_folder--;
  return is_dots(path + last_folder, end - last_folder) ? end + 1 : last_folder;
}

static bool add_file(kit_source *source, const char *path, size_t id_at) {
  char id[LONGEST_PATH];
  const char *start = path + id_at;
  size_t length = strlen(start), i;
  const char *dot = strrchr(start, '.');
  bool first;
  if (!kit_visited_add(&source->visited, path, &first))
    return false;
  if (!first)
    return true;
  if (dot != NULL)
    length = (size_t)(dot - start);
  if (length >= sizeof(id))
    length = sizeof(id) - 1;
  memcpy(id, start, length);
  id[length] = '\0';
  for (i = 0; i < length; i++)
    if (is_separator(id[i]))
      id[i] = '/';
  return kit_strings_add(&source->files, path) && kit_strings_add(&source->ids, id);
}

static bool add_folder(kit_source *source, const char *path, int depth);

/* `id_at` is 0 until the first file of the folder was seen. */
static bool add_entry(kit_source *source, const char *path, const char *name, int depth, size_t *id_at) {
  if (name[0] == '.')
    return true;
  if (platform_is_folder(path))
    return add_folder(source, path, depth + 1);
  if (!is_case_file(name))
    return true;
  if (*id_at == 0)
    *id_at = id_start(path);
  return add_file(source, path, *id_at);
}

static bool add_entries(kit_source *source, const char *path, const kit_strings *names, int depth) {
  size_t length = strlen(path), i, id_at = 0;
  char *full = malloc(LONGEST_PATH); /* not on the stack: folders nest */
  bool ok = full != NULL;
  while (length > 1 && is_separator(path[length - 1]))
    length--;
  for (i = 0; ok && i < names->count; i++) {
    int written = snprintf(full, LONGEST_PATH, "%.*s/%s", (int)length, path, names->items[i]);
    ok = written >= 0 && written < LONGEST_PATH;
    if (!ok)
      errno = ENAMETOOLONG;
    ok = ok && add_entry(source, full, names->items[i], depth, &id_at);
  }
  free(full);
  return ok;
}

static bool add_folder(kit_source *source, const char *path, int depth) {
  kit_strings names = {NULL, 0, 0};
  bool first, ok = kit_visited_add(&source->visited, path, &first);
  if (!ok || !first)
    return ok;
  if (depth > DEEPEST_FOLDER) {
    errno = ENAMETOOLONG;
    return false;
  }
  ok = kit_folder_names(path, &names);
  if (ok) {
    kit_strings_sort(&names);
    ok = add_entries(source, path, &names, depth);
  }
  kit_strings_free(&names);
  return ok;
}

bool kit_source_add(kit_source *source, const char *path, char *message, size_t size) {
  errno = 0;
  if (platform_is_folder(path) ? add_folder(source, path, 0)
                               : kit_path_exists(path) && add_file(source, path, id_start(path)))
    return true;
  snprintf(message, size, "%s: %s", path, strerror(errno == 0 ? ENOMEM : errno));
  return false;
}

size_t kit_source_file_count(const kit_source *source) {
  return source->files.count;
}

const char *kit_source_file(const kit_source *source, size_t index) {
  return source->files.items[index];
}

/* ---- reading ------------------------------------------------------------------------------------------ */

static bool read_failed(hcsref_arena *arena, hcsref_error *err, const char *path) {
  return hcsref_fail(arena, err, "file-read", HCSREF_LIT(""), "%s: %s", path, output_reason(errno));
}

bool kit_read_file(hcsref_arena *arena, const char *path, hcsref_str *out, hcsref_error *err) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  FILE *file;
  size_t got;
  errno = 0;
  if (platform_is_folder(path))
    errno = EISDIR;
  file = errno != 0 ? NULL : platform_open(path, PLATFORM_READ);
  if (file == NULL)
    return read_failed(arena, err, path);
  do {
    if (!hcsref_buf_reserve(&buf, READ_STEP))
      break;
    got = fread(buf.data + buf.len, 1, READ_STEP, file);
    buf.len += got;
  } while (got == READ_STEP && buf.len <= KIT_CASE_LIMIT);
  if (ferror(file)) {
    fclose(file);
    return read_failed(arena, err, path);
  }
  fclose(file);
  if (buf.failed)
    return hcsref_fail_memory(err);
  if (buf.len > KIT_CASE_LIMIT)
    return hcsref_fail(arena, err, "file-size", HCSREF_LIT(""), "%s: larger than %u bytes", path,
                       (uint64_t)KIT_CASE_LIMIT);
  *out = hcsref_buf_str(&buf);
  return true;
}

static bool trouble(kit_source *source, const char *what) {
  source->trouble = what;
  return false;
}

/* Moves what is left to the front of the buffer and reads more behind it; false at the end of the file and in
 * trouble. */
static bool fill_buffer(kit_source *source) {
  size_t got;
  if (source->used > 0 && source->buffer != NULL) {
    memmove(source->buffer, source->buffer + source->used, source->filled - source->used);
    source->filled -= source->used;
    source->used = 0;
  }
  if (source->room - source->filled < READ_STEP) {
    size_t room = source->room == 0 ? 2 * READ_STEP : source->room * 2;
    char *buffer;
    if (room > 2 * KIT_CASE_LIMIT)
      return trouble(source, "a line is too long");
    buffer = realloc(source->buffer, room);
    if (buffer == NULL)
      return trouble(source, "out of memory");
    source->buffer = buffer;
    source->room = room;
  }
  got = fread(source->buffer + source->filled, 1, READ_STEP, source->lines);
  source->filled += got;
  if (got == 0 && ferror(source->lines))
    return trouble(source, strerror(errno));
  return got > 0;
}

/* The next line that is not blank, without its end; false at the end of the file. Valid until the next call. */
static bool next_line(kit_source *source, hcsref_str *out) {
  size_t searched = 0;
  for (;;) {
    const char *start = source->buffer == NULL ? NULL : source->buffer + source->used;
    size_t have = source->filled - source->used;
    /* There is a buffer when there is something in it. NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
    const char *end = have == searched ? NULL : memchr(start + searched, '\n', have - searched);
    searched = have;
    if (end == NULL && fill_buffer(source))
      continue;
    if (source->trouble != NULL)
      return false;
    start = source->buffer == NULL ? NULL : source->buffer + source->used;
    if (start == NULL || (end == NULL && have == 0))
      return false;
    source->line++;
    *out = hcsref_str_from(start, end == NULL ? have : (size_t)(end - start));
    source->used += out->len + (end != NULL);
    searched = 0;
    while (out->len > 0 && strchr(" \t\r", out->data[out->len - 1]) != NULL)
      out->len--;
    if (out->len > 0)
      return true;
  }
}

/* Puts file and line in front of an error's message. */
static kit_next blame(hcsref_arena *arena, hcsref_error *err, const char *path, uint64_t line) {
  hcsref_error inner = *err;
  if (line == 0)
    (void)hcsref_fail(arena, err, inner.code, inner.where, "%s: %v", path, inner.message);
  else
    (void)hcsref_fail(arena, err, inner.code, inner.where, "%s:%u: %v", path, line, inner.message);
  return KIT_NEXT_ERROR;
}

static kit_next finish_case(kit_source *source, hcsref_arena *arena, hcsref_str text, kit_case *out,
                            hcsref_error *err) {
  const char *path = source->files.items[source->next - 1], *id = source->ids.items[source->next - 1];
  hcsref_str numbered = {NULL, 0};
  if (source->line == 0)
    numbered = hcsref_cstr(id);
  else if (!hcsref_format(arena, &numbered, "%s/%u", id, source->line))
    return blame(arena, err, path, source->line);
  if (!source->read(arena, text, numbered, out, err))
    return blame(arena, err, path, source->line);
  out->file = hcsref_cstr(path);
  out->line = source->line;
  return KIT_NEXT_CASE;
}

/* The end of the file, or the reason why it could not be read on. */
static kit_next end_lines(kit_source *source, hcsref_arena *arena, hcsref_error *err) {
  const char *what = source->trouble;
  uint64_t number = source->line + 1;
  close_lines(source);
  if (what == NULL)
    return KIT_NEXT_END;
  (void)hcsref_fail(arena, err, "file-read", HCSREF_LIT(""), "%s", what);
  return blame(arena, err, source->files.items[source->next - 1], number);
}

static kit_next next_line_case(kit_source *source, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  hcsref_str line, text = {NULL, 0};
  do {
    if (!next_line(source, &line))
      return end_lines(source, arena, err);
    if (!kit_values_read(&source->values, arena, line, &text, err))
      return blame(arena, err, source->files.items[source->next - 1], source->line);
  } while (text.len == 0);
  if (text.data != line.data || hcsref_str_copy(arena, line, &text))
    return finish_case(source, arena, text, out, err);
  (void)hcsref_fail_memory(err);
  return KIT_NEXT_ERROR;
}

static kit_next next_file_case(kit_source *source, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  hcsref_str text = {NULL, 0};
  if (!kit_read_file(arena, source->files.items[source->next - 1], &text, err))
    return KIT_NEXT_ERROR;
  return finish_case(source, arena, text, out, err);
}

kit_next kit_source_next(kit_source *source, hcsref_arena *arena, kit_case *out, hcsref_error *err) {
  for (;;) {
    if (source->lines != NULL) {
      kit_next next = next_line_case(source, arena, out, err);
      if (next != KIT_NEXT_END)
        return next;
    }
    if (source->next >= source->files.count)
      return KIT_NEXT_END;
    source->next++;
    if (!ends_with(source->files.items[source->next - 1], ".jsonl"))
      return next_file_case(source, arena, out, err);
    source->lines = platform_open(source->files.items[source->next - 1], PLATFORM_READ);
    if (source->lines == NULL) {
      (void)read_failed(arena, err, source->files.items[source->next - 1]);
      return KIT_NEXT_ERROR;
    }
  }
}
