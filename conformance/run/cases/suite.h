/* SPDX-License-Identifier: Apache-2.0 */
/** @file Where the cases of a command line are. */
#ifndef KIT_RUN_CASES_SUITE_H
#define KIT_RUN_CASES_SUITE_H

#include "cli/options.h"
#include "run/cases/source.h"

#include <jansson.h>

/** What to say when kit_suite_folder finds none. */
#define KIT_NO_SUITE "there is no suite here; name one with --suite or HCSPROOF_SUITE, or start in a checkout"

/** Can this kit read a suite with that manifest? False: `message` says which format it is of. */
bool kit_suite_format_is_known(const json_t *manifest, char *message, size_t size);
/** Can it read what is at `path`, or the suite that this is in? False: `message` names the manifest. One that cannot be
 * read at all says nothing. */
bool kit_suite_is_readable(const char *path, char *message, size_t size);
/** Adds what is named: files and folders, and for anything else (taken as a glob on ids, appended to `ids`) or for
 * nothing the suite, kit_suite_folder. CLI_OK, or CLI_USAGE or CLI_KIT with a `message`: nothing of that name; a folder
 * that cannot be read, a suite of a newer format, out of memory. */
int kit_suite_open(kit_source *source, const cli_list *names, const char *named, cli_list *ids, char *message,
                   size_t size);
/** The folder of the suite: `named` (--suite) where it is not null, else HCSPROOF_SUITE of the environment, ./golden,
 * that of the installed tree or of the checkout that the program is in, or the one that was installed; null when there
 * is none. One that is named need not be there. */
const char *kit_suite_folder(const char *named);

#endif
