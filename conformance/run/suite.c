/* SPDX-License-Identifier: Apache-2.0 */
#include "run/suite.h"

#include "cli/values.h"
#include "platform/platform.h"

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

static const char *beside_program(const char *way) {
  static char path[LONGEST_PATH];
  size_t room = sizeof(path) - strlen(way);
  if (!platform_program_folder(path, room))
    return NULL;
  memcpy(path + strlen(path), way, strlen(way) + 1);
  return has_manifest(path) ? path : NULL;
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

int kit_suite_open(kit_source *source, const cli_list *names, const char *named, cli_list *ids, char *message,
                   size_t size) {
  const char *suite;
  bool found = false;
  size_t i;
  for (i = 0; i < names->count; i++) {
    if (kit_path_exists(names->items[i])) {
      if (!kit_source_add(source, names->items[i], message, size))
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
    return kit_source_add(source, suite, message, size) ? CLI_OK : CLI_KIT;
  if (suite != NULL)
    snprintf(message, size, "%s: no such folder (%s)", suite, named != NULL ? "--suite" : "HCSPROOF_SUITE");
  else if (names->count > 0)
    snprintf(message, size, "%s: no such file or folder", names->items[0]);
  else
    snprintf(message, size, KIT_NO_SUITE);
  return CLI_USAGE;
}
