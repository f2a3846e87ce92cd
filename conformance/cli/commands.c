/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

static const cli_command *const commands[] = {
    &translate_command, &run_command,   &record_command,      &fuzz_command,     &explain_command,
    &diff_command,      &lint_command,  &check_command,       &matrix_command,   &copy_command,
    &golden_command,    &serve_command, &schema_command,      &profiles_command, &changes_command,
    &help_command,      &man_command,   &completions_command, &version_command,  NULL,
};

static const cli_example examples[] = {
    {"hcsproof COMMAND --help", "Explains a command, with examples and exit statuses."},
};

static const cli_status statuses[] = {
    {CLI_OK, "done; the testee conforms"},
    {CLI_FAILED, "the testee does not conform, or an input could not be translated"},
    {CLI_USAGE, "wrong options or operands, or nothing matched"},
    {CLI_TESTEE, "the testee is broken: it did not start or say hello, died, hung or babbled"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
    {CLI_STALE, "expectations are out of date"},
};

const cli_command hcsproof_command = {
    .name = "hcsproof",
    .summary = "prove that a container runtime hands Windows the right container documents",
    .operands = "COMMAND [OPTION]...",
    .description = "Golden cases, a runner that plays them against any implementation, and a reference that passes "
                   "them all, for the path from a container specification to the documents of the Windows Host "
                   "Compute Service (HCS).",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .commands = commands,
};
