/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which containers change between two releases, in what, and by which changes. */
#ifndef HCSPROOF_TRANSLATE_IMPACT_H
#define HCSPROOF_TRANSLATE_IMPACT_H

#include "cli/options.h"
#include "hcsref/profile.h"

/** What completes the containers: files as for translate; null: not given. */
typedef struct impact_setup {
  const char *pod, *image, *runtime, *host;
} impact_setup;

/** Prints for each container of each file what its spec, its documents and everything else that is made of it differ in
 * from `from` to `to`, with the changes of upstream in the release that makes the difference. Returns CLI_OK when
 * nothing changes, CLI_FAILED when something does, CLI_KIT when a file could not be read. */
int impact_print(const impact_setup *setup, const cli_list *files, const hcsref_profile *from,
                 const hcsref_profile *to);

#endif
