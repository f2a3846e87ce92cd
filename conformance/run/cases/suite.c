/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/suite.h"

#include "cli/values.h"
#include "platform/folder.h"
#include "platform/platform.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_PATH 4096

/* Where the suite is, seen from the program: an installed tree may have been moved, or unpacked anywhere, and goes from
 * bin/ to share/; a build's bin/ is in build/PRESET of the checkout. */
static const char *const ways[] = {"/../share/hcsproof/golden", "/../../../golden"};

static bool has_manifest(const char *folder) {
  char path[LONGEST_PATH + sizeof(KIT_SUITE_MANIFEST) + 1];
  snprintf(path, sizeof(path), "%s/" KIT_SUITE_MANIFEST, folder);
  return kit_path_exists(path);
}

/* Without the way that led there: the path is told, and stands in commands to repeat a case. */
static void shorten(char *path, size_t size) {
  char *full = platform_full_path(path);
  if (full != NULL && strlen(full) < size)
    memcpy(path, full, strlen(full) + 1);
  free(full);
}

static const char *beside_program(const char *way) {
  static char path[LONGEST_PATH];
  size_t room = sizeof(path) - strlen(way);
  if (!platform_program_folder(path, room))
    return NULL;
  memcpy(path + strlen(path), way, strlen(way) + 1);
  if (!has_manifest(path))
    return NULL;
  shorten(path, sizeof(path));
  return path;
}

static const char *of_environment(void) {
  static char path[LONGEST_PATH];
  return platform_environment("HCSPROOF_SUITE", path, sizeof(path)) ? path : NULL;
}

const char *kit_suite_folder(const char *named) {
  const char *found = named != NULL ? named : of_environment();
  if (found != NULL)
    return found;
  if (platform_is_folder(KIT_SUITE_FOLDER))
    return KIT_SUITE_FOLDER;
  for (size_t i = 0; found == NULL && i < CLI_COUNT(ways); i++)
    found = beside_program(ways[i]);
  return found != NULL || !platform_is_folder(HCSPROOF_SUITE) ? found : HCSPROOF_SUITE;
}

static bool format_is_known(uint64_t format, char *message, size_t size) {
  if (format <= KIT_SUITE_FORMAT)
    return true;
  snprintf(message, size, "the suite has format %llu, and this kit reads up to %d: get a newer hcsproof",
           (unsigned long long)format, KIT_SUITE_FORMAT);
  return false;
}

bool kit_suite_format_is_known(const json_t *manifest, char *message, size_t size) {
  json_int_t format = json_integer_value(json_object_get(manifest, "format"));
  return format_is_known(format < 0 ? 0 : (uint64_t)format, message, size);
}

bool kit_suite_is_readable(const char *path, char *message, size_t size) {
  char suite[LONGEST_PATH], file[LONGEST_PATH + sizeof(KIT_SUITE_MANIFEST) + 1], why[200];
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  kit_json *manifest = NULL;
  uint64_t format = 0;
  if (!kit_suite_of(path, suite, sizeof(suite)))
    return true;
  snprintf(file, sizeof(file), "%s/" KIT_SUITE_MANIFEST, suite);
  hcsref_arena_init(&arena, NULL, 0);
  if (kit_read_file(&arena, file, &text, &err) && kit_json_parse(&arena, text, &manifest, &err))
    (void)kit_json_uint(kit_json_get(manifest, "format"), &format);
  hcsref_arena_free(&arena);
  if (format_is_known(format, why, sizeof(why)))
    return true;
  snprintf(message, size, "%s: %s", file, why);
  return false;
}

/* Adds it, when it is of a format that is known. */
static int add_place(kit_source *source, const char *path, char *message, size_t size) {
  return kit_suite_is_readable(path, message, size) && kit_source_add(source, path, message, size) ? CLI_OK : CLI_KIT;
}

int kit_suite_open(kit_source *source, const cli_list *names, const char *named, cli_list *ids, char *message,
                   size_t size) {
  const char *suite;
  bool found = false;
  size_t i;
  for (i = 0; i < names->count; i++) {
    if (kit_path_exists(names->items[i])) {
      if (add_place(source, names->items[i], message, size) != CLI_OK)
        return CLI_KIT;
      found = true;
    } else if (!cli_list_push(ids, names->items[i])) {
      snprintf(message, size, "out of memory");
      return CLI_KIT;
    }
  }
  if (found)
    return CLI_OK;
  suite = kit_suite_folder(named);
  if (suite != NULL && platform_is_folder(suite))
    return add_place(source, suite, message, size);
  if (suite != NULL)
    snprintf(message, size, "%s %s: no such folder", named != NULL ? "--suite" : "HCSPROOF_SUITE", suite);
  else if (names->count > 0)
    snprintf(message, size, "%s: no such file or folder", names->items[0]);
  else
    snprintf(message, size, KIT_NO_SUITE);
  return CLI_USAGE;
}
