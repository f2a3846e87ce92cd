/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden: care for the suite. */
#include "cli/commands.h"
#include "golden/golden.h"

static const cli_command *const commands[] = {
    &golden_fmt_command,     &golden_lint_command,  &golden_verify_command,
    &golden_update_command,  &golden_new_command,   &golden_ranges_command,
    &golden_changes_command, &golden_widen_command, NULL,
};

static const cli_example examples[] = {
    {"hcsproof golden lint && hcsproof golden verify", "What CI checks."},
};

static const cli_status statuses[] = {
    {CLI_OK, "done; for lint, verify and ranges: nothing is wrong"},
    {CLI_FAILED, "something is wrong with the cases"},
    {CLI_USAGE, "wrong options or operands"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
};

const cli_command golden_command = {
    .name = "golden",
    .summary = "format, check and extend the golden cases",
    .operands = "COMMAND [OPTION]...",
    .description = "For those who write cases: docs/cases.md describes their form.",
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .commands = commands,
};
