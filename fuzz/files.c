/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include "packed.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#include <io.h>
#include <windows.h>
#define write_bytes(text, len) _write(2, text, (unsigned)(len))
#else
#include <dirent.h>
#include <unistd.h>
#define write_bytes(text, len) write(STDERR_FILENO, text, len)
#endif

static bool complain(const char *path, const char *why) {
  fprintf(stderr, "%s: %s\n", path, why);
  return false;
}

/* ---- one file ------------------------------------------------------------------------------------------- */

/* Visits a copy in a block of exactly its size. */
static bool visit_exactly(const char *path, const uint8_t *data, size_t size, files_visitor visit, void *ctx) {
  uint8_t *exact = malloc(size == 0 ? 1 : size);
  if (exact == NULL)
    return complain(path, "out of memory");
  if (size != 0)
    memcpy(exact, data, size);
  visit(ctx, path, exact, size);
  free(exact);
  return true;
}

static bool is_packed(const char *path) {
  size_t len = strlen(path), suffix = sizeof(PACKED_SUFFIX) - 1;
  return len >= suffix && strcmp(path + len - suffix, PACKED_SUFFIX) == 0;
}

/* Visits each input of a packed file as PATH:LINE. */
static bool visit_packed(const char *path, const uint8_t *text, size_t size, files_visitor visit, void *ctx) {
  char name[1024];
  packed_reader reader;
  bool all = true, ok;
  packed_begin(&reader, text, size);
  while (packed_next(&reader, &ok)) {
    snprintf(name, sizeof(name), "%s:%zu", path, reader.line);
    all =
        (ok ? visit_exactly(name, reader.data, reader.size, visit, ctx) : complain(name, "not a packed input")) && all;
  }
  packed_end(&reader);
  return all;
}

static bool read_stream(const char *path, FILE *stream, files_visitor visit, void *ctx) {
  size_t size = 0, room = (size_t)1 << 16;
  uint8_t *data = malloc(room);
  bool ok;
  while (data != NULL && (size += fread(data + size, 1, room - size, stream)) == room && room < FILES_LARGEST) {
    uint8_t *larger = realloc(data, room *= 2);
    if (larger == NULL)
      free(data);
    data = larger;
  }
  if (data == NULL)
    return complain(path, "out of memory");
  ok = ferror(stream)          ? complain(path, "cannot be read")
       : size == FILES_LARGEST ? complain(path, "is too large")
       : is_packed(path)       ? visit_packed(path, data, size, visit, ctx)
                               : visit_exactly(path, data, size, visit, ctx);
  free(data);
  return ok;
}

static bool visit_file(const char *path, files_visitor visit, void *ctx) {
  FILE *stream = fopen(path, "rb");
  bool ok;
  if (stream == NULL)
    return complain(path, strerror(errno));
  ok = read_stream(path, stream, visit, ctx);
  fclose(stream);
  return ok;
}

/* ---- the names in a folder ------------------------------------------------------------------------------ */

typedef struct name_list {
  char **items;
  size_t count, room;
  bool failed;
} name_list;

/* Keeps FOLDER/NAME; names that begin with a point are none of ours. */
static void add_name(name_list *list, const char *folder, const char *name) {
  size_t size = strlen(folder) + strlen(name) + 2;
  char *path;
  if (name[0] == '.' || list->failed)
    return;
  if (list->count == list->room) {
    size_t room = list->room == 0 ? 64 : list->room * 2;
    char **items = realloc(list->items, room * sizeof *items);
    if (items == NULL) {
      list->failed = true;
      return;
    }
    list->items = items;
    list->room = room;
  }
  path = malloc(size);
  list->failed = path == NULL;
  if (path != NULL) {
    snprintf(path, size, "%s/%s", folder, name);
    list->items[list->count++] = path;
  }
}

#if defined(_WIN32)
/* False when it is no folder. */
static bool list_folder(const char *folder, name_list *list) {
  char pattern[MAX_PATH];
  WIN32_FIND_DATAA found;
  HANDLE handle;
  DWORD attributes = GetFileAttributesA(folder);
  if (attributes == INVALID_FILE_ATTRIBUTES || (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
    return false;
  snprintf(pattern, sizeof pattern, "%s\\*", folder);
  handle = FindFirstFileA(pattern, &found);
  if (handle == INVALID_HANDLE_VALUE)
    return true;
  do
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
      add_name(list, folder, found.cFileName);
  while (FindNextFileA(handle, &found));
  FindClose(handle);
  return true;
}
#else
static bool list_folder(const char *folder, name_list *list) {
  DIR *dir = opendir(folder);
  if (dir == NULL)
    return false;
  for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
    add_name(list, folder, entry->d_name);
  closedir(dir);
  return true;
}
#endif

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

bool files_each(const char *path, files_visitor visit, void *ctx) {
  name_list list = {NULL, 0, 0, false};
  bool ok = true;
  if (strcmp(path, "-") == 0)
    return read_stream("standard input", stdin, visit, ctx);
  if (!list_folder(path, &list))
    return visit_file(path, visit, ctx);
  if (list.failed)
    ok = complain(path, "out of memory");
  if (list.count != 0)
    qsort(list.items, list.count, sizeof *list.items, compare_names);
  for (size_t i = 0; i < list.count; i++) {
    ok = visit_file(list.items[i], visit, ctx) && ok;
    free(list.items[i]);
  }
  free(list.items);
  return ok;
}

/* ---- last words ------------------------------------------------------------------------------------------- */

static const char *volatile playing;

/* Only what a signal handler may do. */
static void say(const char *text) {
  if (write_bytes(text, strlen(text)) < 0)
    return;
}

static void last_words(int signal_number) {
  say("the input was ");
  say(playing);
  say("\n");
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void files_say_on_death(const char *path) {
  bool first = playing == NULL;
  playing = path;
  if (first)
    signal(SIGABRT, last_words);
}
