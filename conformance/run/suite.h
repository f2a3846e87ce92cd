/* SPDX-License-Identifier: Apache-2.0 */
/** @file Where the cases of a command line are. */
#ifndef KIT_RUN_SUITE_H
#define KIT_RUN_SUITE_H

#include "cli/options.h"
#include "run/source.h"

/** What to say when kit_suite_folder finds none. */
#define KIT_NO_SUITE "there is no suite here; name one with --suite or HCSPROOF_SUITE, or start in a checkout"

/** Adds what is named: files and folders, and for anything else (taken as a glob on ids, appended to `ids`) or for
 * nothing the suite, kit_suite_folder. CLI_OK, or CLI_USAGE or CLI_KIT with a `message`: nothing of that name; a folder
 * that cannot be read, out of memory. */
int kit_suite_open(kit_source *source, const cli_list *names, const char *named, cli_list *ids, char *message,
                   size_t size);
/** The folder of the suite: `named` (--suite) where it is not null, else HCSPROOF_SUITE of the environment, ./golden,
 * that of the installed tree or of the checkout that the program is in, or the one that was installed; null when there
 * is none. One that is named need not be there. */
const char *kit_suite_folder(const char *named);

#endif
