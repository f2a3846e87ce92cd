/* SPDX-License-Identifier: Apache-2.0 */
/** @file What man pages and completions share: every command with the words that name it. */
#ifndef KIT_MANUAL_MANUAL_H
#define KIT_MANUAL_MANUAL_H

#include "cli/options.h"

/** A command and its words: "hcsproof golden fmt". */
typedef struct manual_entry {
  const cli_command *command;
  char words[128];
} manual_entry;

#define MANUAL_ENTRIES 64

/** All commands of `program`, itself first, each before its own. Returns how many. */
size_t manual_entries(const cli_command *program, manual_entry *out, size_t room);
/** Calls `print` for the options of a command and for the common ones. */
void manual_each_option(const cli_command *command, void (*print)(void *context, const cli_option *option),
                        void *context);
/** What the operands of a command are, for completions: files when the command says nothing, CLI_TEXT when it has none.
 */
cli_kind manual_operand_kind(const cli_command *command);

#endif
