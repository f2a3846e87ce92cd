/* SPDX-License-Identifier: Apache-2.0 */
/** @file Where the cases of a command line are. */
#ifndef KIT_RUN_SUITE_H
#define KIT_RUN_SUITE_H

#include "cli/options.h"
#include "run/source.h"

/** Adds what is named: files and folders, and for anything else (taken as a glob on ids, appended to `ids`) or for
 * nothing the suite: ./golden, else the one that was installed with this program. CLI_OK, or CLI_USAGE
 * or CLI_KIT with a `message`: nothing of that name; a folder that cannot be read, out of memory. */
int kit_suite_open(kit_source *source, const cli_list *names, cli_list *ids, char *message, size_t size);
/** The folder of the suite; null when there is none. */
const char *kit_suite_folder(void);

#endif
