/* SPDX-License-Identifier: Apache-2.0 */
/** @file The subcommands of hcsproof. A new one is declared here and gets a line in commands.c. */
#ifndef HCSPROOF_CLI_COMMANDS_H
#define HCSPROOF_CLI_COMMANDS_H

#include "cli/options.h"

extern const cli_command hcsproof_command; /* the program itself */
extern const cli_command changes_command;
extern const cli_command check_command;
extern const cli_command completions_command;
extern const cli_command copy_command;
extern const cli_command diff_command;
extern const cli_command explain_command;
extern const cli_command fuzz_command;
extern const cli_command golden_command;
extern const cli_command help_command;
extern const cli_command lint_command;
extern const cli_command man_command;
extern const cli_command matrix_command;
extern const cli_command profiles_command;
extern const cli_command record_command;
extern const cli_command run_command;
extern const cli_command schema_command;
extern const cli_command serve_command;
extern const cli_command translate_command;
extern const cli_command version_command;

/** What `help` and a man page of section 7 say that belongs to no single command. */
typedef struct cli_topic {
  const char *name;
  const char *summary; /**< one line, no full stop */
  const char *text;    /**< lines of at most 80 letters, laid out as they stand */
} cli_topic;

/** The i-th topic, or null when there are no more. */
const cli_topic *cli_topic_at(size_t i);

/** What `version` and --version print. */
void cli_print_version(void);

#endif
