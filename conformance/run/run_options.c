/* SPDX-License-Identifier: Apache-2.0 */
/* The table of hcsproof run. */
#include "run/run_options.h"

#include "cli/commands.h"
#include "compare/compare.h"
#include "run/select/select_options.h"
#include "run/testee/options.h"

#define OPTION(field) .offset = offsetof(run_options, field)

static const cli_option options[] = {
    KIT_TESTEE_OPTION("test"),
    {.name = "one-shot",
     .kind = CLI_TEXT,
     OPTION(one_shot),
     .argument = "COMMAND",
     .help = "Run COMMAND once per case instead: params on standard input, the payload on standard output, a status "
             "other than 0 for an error (its text on standard error), 77 for unsupported. {op}, {case} and {profile} "
             "are replaced; HCSPROOF_OP, HCSPROOF_CASE and HCSPROOF_PROFILE are in its environment.",
     .example = "'./convert.sh {op}'"},
    {.name = "documents",
     .kind = CLI_FOLDER,
     OPTION(documents),
     .argument = "FOLDER",
     .help = "Check documents that were produced earlier: FOLDER/ID.json holds the payload of case ID."},
    {.name = "against",
     .kind = CLI_TEXT,
     OPTION(against),
     .argument = "COMMAND",
     .help =
         "Compare with what another testee answers, such as the last release, and not with what the cases expect. It "
         "is asked first. A case that it does not answer is skipped.",
     .example = "'./my-testee.old --stdio'"},
    KIT_SELECT_OPTIONS,
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help =
         "The upstream behaviour to be compared with: only cases of that profile are played, and the testee is told "
         "to answer as it. Without it, the release that the testee's hello says it is, else the newest profile that it "
         "lists, else newest; with --against all cases, and both testees are told none."},
    {.name = "list",
     .kind = CLI_FLAG,
     OPTION(list),
     .help = "Print the ids of the cases that match, and play nothing."},
    {.name = "dry-run",
     .kind = CLI_FLAG,
     OPTION(dry_run),
     .help = "Count the cases that match, by area and level, and play nothing."},
    KIT_COMPARE_OPTIONS,
    KIT_TESTEE_OPTIONS("10", "200"),
    {.name = "fail-fast", .kind = CLI_FLAG, OPTION(fail_fast), .help = "Stop at the first failure."},
    {.name = "max-fail",
     .kind = CLI_NUMBER,
     OPTION(max_fail),
     .argument = "N",
     .fallback = "0",
     .most = UINT64_MAX,
     .help = "Stop after this many failures; 0: never."},
    {.name = "allow-skip",
     .kind = CLI_FLAG,
     OPTION(allow_skip),
     .help = "Do not fail the run because a case of level must was skipped. A run that compared nothing still fails."},
    {.name = "strict", .kind = CLI_FLAG, OPTION(strict), .help = "Fail the run when a case of level may fails, too."},
    {.name = "report",
     .kind = CLI_REPORT,
     .repeatable = true,
     OPTION(reports),
     .argument = "KIND=PATH",
     .help = "Also write a report: tap, junit, json, html, markdown, github, sarif or badge. The path '-' is standard "
             "output. A report is written whole or not at all.",
     .example = "html=report.html"},
    {.name = "expect",
     .kind = CLI_FILE,
     OPTION(expect),
     .argument = "FILE",
     .help =
         "Known failures, one JSON object per line: {\"case\": id or glob, \"op\": operation (may be left out), "
         "\"class\": \"difference\", \"reason\": \"why\", \"issue\": \"https://...\", \"expires\": "
         "\"2026-12-31\"}; # begins a comment. The run fails when a listed case passes or fails in another way, and "
         "when an entry has expired or matches no case of the suite."},
    {.name = "expect-update",
     .kind = CLI_FLAG,
     OPTION(expect_update),
     .help = "Rewrite the file of --expect: add the failures of this run, drop what passed, and keep comments and "
             "entries that this run did not play. An operation that is skipped as a whole gets one entry."},
    {.name = "verbose",
     .short_name = 'v',
     .kind = CLI_FLAG,
     OPTION(verbose),
     .help = "Also print a line for each case that passed or was skipped."},
    KIT_QUIET_OPTION,
    {.name = "max-diff",
     .kind = CLI_NUMBER,
     OPTION(shown),
     .argument = "N",
     .fallback = "10",
     .most = KIT_DIFFERENCES_KEPT,
     .help = "Show at most this many differences per case."},
};

static const cli_example examples[] = {
    {"hcsproof run --testee 'hcsproof serve'", "Plays the whole suite against the reference."},
    {"hcsproof run golden/cpu --testee ./my-testee --fail-fast", "Plays one area, up to the first failure."},
    {"hcsproof run --testee ./my-testee --tags 'mounts and not xenon' --compare bytes --errors message",
     "Compares byte for byte, error messages included."},
    {"hcsproof run --testee ./new --against ./old", "Shows what is answered differently from before, right or wrong."},
    {"hcsproof run --one-shot './convert.sh {op}' --op oci-to-hcs", "Tests a script that translates one spec."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every case passed, or did not pass as the expectations list"},
    {CLI_FAILED, "a case of level must or should failed (with --strict: of any level), or a must was skipped (see "
                 "--allow-skip)"},
    {CLI_USAGE, "wrong options, a filter or operand that names no case, or nothing was compared"},
    {CLI_TESTEE, "the testee is broken: it did not start or say hello, died, hung, babbled, or broke the protocol"},
    {CLI_KIT, "a case or another file could not be read or written, or out of memory"},
    {CLI_STALE, "expectations are out of date"},
};

const cli_command run_command = {
    .name = "run",
    .summary = "play golden cases against an implementation",
    .operands = "[CASES]...",
    .operand_kind = CLI_CASE,
    .most_operands = SIZE_MAX,
    .description =
        "Plays cases against a testee and says exactly where its answers differ. CASES are files (.json: one case, "
        ".jsonl: one case per line) and folders; without any, the suite (--suite).\n\nA testee that dies, hangs, "
        "floods or babbles costs its case, is started again, and never takes the runner down; with several questions "
        "in flight they are asked again one at a time, so that the blame falls on the right case. A run that compared "
        "nothing is never green: it ends with 2.\n\nCASES may also be ids, or globs that match ids. A case of level "
        "may that fails is reported, but does not fail the run. Recorded cases carry no level: each takes that of the "
        "curated case that asks the same question, or else one chosen by its operation and tags.",
    .options_size = sizeof(run_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = kit_run_command,
};
