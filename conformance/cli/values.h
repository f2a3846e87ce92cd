/* SPDX-License-Identifier: Apache-2.0 */
/** @file An option's text becomes a value in its struct. */
#ifndef HCSPROOF_CLI_VALUES_H
#define HCSPROOF_CLI_VALUES_H

#include "cli/options.h"

/** Stores `text` (null for a flag) as the value of `option` in `base`. False: `message` says why not. */
bool cli_store(const cli_option *option, const char *text, void *base, char *message, size_t size);
/** Appends to a list; false when out of memory. */
bool cli_list_push(cli_list *list, const char *item);
/** "a|b|c" has `word` among its choices. */
bool cli_is_choice(const char *choices, const char *word);

#endif
