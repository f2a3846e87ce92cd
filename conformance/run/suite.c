/* SPDX-License-Identifier: Apache-2.0 */
#include "run/suite.h"

#include "cli/values.h"
#include "platform/platform.h"

#include <string.h>

/* An installed tree may have been moved, or unpacked anywhere: from bin/ to share/. */
static const char *beside_program(void) {
  static const char way[] = "/../share/hcsproof/golden";
  static char path[4096];
  if (path[0] == '\0' && platform_program_folder(path, sizeof(path) - sizeof(way)))
    memcpy(path + strlen(path), way, sizeof(way));
  return path;
}

const char *kit_suite_folder(void) {
  const char *const places[] = {KIT_SUITE_FOLDER, beside_program(), HCSPROOF_SUITE};
  size_t i;
  for (i = 0; i < CLI_COUNT(places); i++)
    if (platform_is_folder(places[i]))
      return places[i];
  return NULL;
}

int kit_suite_open(kit_source *source, const cli_list *names, cli_list *ids, char *message, size_t size) {
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
  suite = kit_suite_folder();
  if (suite != NULL)
    return kit_source_add(source, suite, message, size) ? CLI_OK : CLI_KIT;
  if (names->count > 0)
    snprintf(message, size, "%s: no such file or folder", names->items[0]);
  else
    snprintf(message, size, "no suite: there is neither ./%s nor %s", KIT_SUITE_FOLDER, HCSPROOF_SUITE);
  return CLI_USAGE;
}
