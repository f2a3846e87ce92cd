/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/golden.h"

#include "io/output.h"
#include "io/print.h"
#include "platform/platform.h"
#include "run/cases/suite.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_PATH 4096

void golden_complain(const char *path, const char *rule, const char *format, ...) {
  va_list args;
  kit_print(stderr, "%s: ", path);
  va_start(args, format);
  kit_print_args(stderr, format, args);
  va_end(args);
  kit_print(stderr, " [%s]\n", rule);
}

static bool ends_with(const char *text, const char *suffix) {
  size_t length = strlen(text), tail = strlen(suffix);
  return length > tail && strcmp(text + length - tail, suffix) == 0;
}

bool golden_is_recorded(const char *file) {
  return strncmp(file, KIT_RECORDED_FOLDER, sizeof(KIT_RECORDED_FOLDER) - 1) == 0;
}

/* A path of two parts with `between` between them. False, with errno, when it is too long. */
static bool join(char *out, const char *first, const char *between, const char *second) {
  int length = snprintf(out, LONGEST_PATH, "%s%s%s", first, between, second);
  if (length >= 0 && length < LONGEST_PATH)
    return true;
  errno = ENAMETOOLONG;
  return false;
}

static bool add_area(golden_suite *suite, const char *area);

/* A file of the area, or a folder below recorded/. */
static bool add_name(golden_suite *suite, const char *area, const char *name) {
  bool recorded = golden_is_recorded(area);
  char file[LONGEST_PATH], path[LONGEST_PATH], below[LONGEST_PATH];
  if (!join(file, area, recorded ? "" : "/", name) || !join(path, suite->root, "/", file))
    return false;
  if (recorded && platform_is_folder(path))
    return join(below, file, "/", "") && add_area(suite, below);
  return !ends_with(name, recorded ? ".jsonl" : ".json") || kit_strings_add(&suite->files, file);
}

/* `area`: "AREA", or "recorded/" and what is below it, ending in a slash. */
static bool add_area(golden_suite *suite, const char *area) {
  kit_strings names = {NULL, 0, 0};
  char folder[LONGEST_PATH];
  bool ok = join(folder, suite->root, "/", area) && kit_folder_names(folder, &names);
  size_t i;
  for (i = 0; ok && i < names.count; i++)
    ok = names.items[i][0] == '.' || add_name(suite, area, names.items[i]);
  kit_strings_free(&names);
  return ok;
}

void golden_close(golden_suite *suite) {
  kit_strings_free(&suite->files);
}

bool golden_open(golden_suite *suite, const char *root) {
  kit_strings names = {NULL, 0, 0};
  char folder[LONGEST_PATH];
  bool ok;
  size_t i;
  char message[600];
  memset(suite, 0, sizeof(*suite));
  suite->root = root;
  if (!kit_suite_is_readable(root, message, sizeof(message))) {
    golden_complain(root, "suite-format", "%s", message);
    return false;
  }
  errno = 0;
  ok = kit_folder_names(root, &names);
  for (i = 0; ok && i < names.count; i++) {
    int length = snprintf(folder, sizeof(folder), "%s/%s", root, names.items[i]);
    if (length > 0 && (size_t)length < sizeof(folder) && names.items[i][0] != '.' && platform_is_folder(folder))
      ok = add_area(suite, strcmp(names.items[i], "recorded") == 0 ? KIT_RECORDED_FOLDER : names.items[i]);
  }
  kit_strings_free(&names);
  kit_strings_sort(&suite->files);
  if (!ok) {
    golden_complain(root, "read-failed", "%s", strerror(errno == 0 ? ENOMEM : errno));
    golden_close(suite);
  }
  return ok;
}

char *golden_path(hcsref_arena *arena, const golden_suite *suite, const char *file) {
  size_t size = strlen(suite->root) + strlen(file) + 2;
  char *path = hcsref_arena_alloc(arena, size);
  if (path != NULL)
    snprintf(path, size, "%s/%s", suite->root, file);
  return path;
}

bool golden_write(const char *path, hcsref_str text) {
  output_file out;
  bool ok = output_open(path, &out);
  if (ok) {
    output_write(&out, text.data, text.len);
    ok = output_close(&out, true);
  }
  if (!ok)
    golden_complain(path, "write-failed", "%s", strerror(errno));
  return ok;
}
