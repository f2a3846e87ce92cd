/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/golden.h"

#include "io/output.h"
#include "io/print.h"
#include "platform/platform.h"

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

static bool add_area(golden_suite *suite, const char *folder, const char *area) {
  kit_strings names = {NULL, 0, 0};
  const char *suffix = strcmp(area, "recorded") == 0 ? ".jsonl" : ".json";
  char file[LONGEST_PATH];
  bool ok = kit_folder_names(folder, &names);
  size_t i;
  for (i = 0; ok && i < names.count; i++) {
    if (names.items[i][0] == '.' || !ends_with(names.items[i], suffix))
      continue;
    snprintf(file, sizeof(file), "%s/%s", area, names.items[i]);
    ok = kit_strings_add(&suite->files, file);
  }
  kit_strings_free(&names);
  return ok;
}

bool golden_open(golden_suite *suite, const char *root) {
  kit_strings names = {NULL, 0, 0};
  char folder[LONGEST_PATH];
  bool ok;
  size_t i;
  memset(suite, 0, sizeof(*suite));
  suite->root = root;
  errno = 0;
  ok = kit_folder_names(root, &names);
  for (i = 0; ok && i < names.count; i++) {
    int length = snprintf(folder, sizeof(folder), "%s/%s", root, names.items[i]);
    if (length > 0 && (size_t)length < sizeof(folder) && names.items[i][0] != '.' && platform_is_folder(folder))
      ok = add_area(suite, folder, names.items[i]);
  }
  kit_strings_free(&names);
  kit_strings_sort(&suite->files);
  if (!ok)
    golden_complain(root, "read-failed", "%s", strerror(errno == 0 ? ENOMEM : errno));
  return ok;
}

void golden_close(golden_suite *suite) {
  kit_strings_free(&suite->files);
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
