/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What the cases of a command line are a part of: the suites that they are in. A run of a few cases says little about
 * those that it did not play, and a report must say how many there are.
 */
#ifndef KIT_RUN_CASES_HOME_H
#define KIT_RUN_CASES_HOME_H

#include "cli/options.h"
#include "run/cases/source.h"

typedef struct kit_home {
  kit_strings places; /**< each once: folders with a manifest, and what is named and is in none */
  kit_strings suites; /**< those of them that have a manifest */
  const char *beside; /**< the suite that no operand is in, where one is found; else null */
} kit_home;

/** Finds them for the operands and --suite of a command (kit_suite_open). False: out of memory; free it in any case. */
bool kit_home_open(kit_home *home, const cli_list *names, const char *named);
void kit_home_free(kit_home *home);
/** Calls `each` for every case in a file or folder, as kit_case_scan reads it; what cannot be read is only counted into
 * `*unread`, for it is told where it is played, and nobody can say then what there is not. False: out of memory. */
bool kit_scan(const char *path, void (*each)(void *context, const kit_case *c), void *context, uint64_t *unread);

#endif
