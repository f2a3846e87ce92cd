/* SPDX-License-Identifier: Apache-2.0 */
/* The table of hcsproof fuzz. */
#include "fuzz/fuzz_options.h"

#include "cli/commands.h"
#include "compare/compare.h"
#include "run/testee/options.h"

#define OPTION(field) .offset = offsetof(kit_fuzz_options, field)

static const cli_option options[] = {
    KIT_TESTEE_OPTION("fuzz"),
    {.name = "against",
     .kind = CLI_TEXT,
     OPTION(against),
     .argument = "COMMAND",
     .help =
         "Compare with what another testee answers, such as the last release, and not with the reference, which then "
         "only says which inputs are worth asking. An input that it does not answer is skipped.",
     .example = "'./my-testee.old --stdio'"},
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help =
         "The release that the testee is compared with, and told to answer as. Without it, as 'hcsproof run' chooses; "
         "with --against neither testee is told one."},
    {.name = "suite",
     .kind = CLI_FOLDER,
     OPTION(suite),
     .argument = "FOLDER",
     .help = "The suite to start from when no CASES are given, found as 'hcsproof run' finds it."},
    {.name = "op",
     .kind = CLI_OPERATION,
     .repeatable = true,
     OPTION(ops),
     .argument = "OP",
     .help = "Fuzz only this operation (a glob). Operations that the testee does not support are left out anyway.",
     .example = "oci-to-hcs"},
    {.name = "time",
     .kind = CLI_SECONDS,
     OPTION(time),
     .argument = "SECONDS",
     .least = 1,
     .most = (uint64_t)1000 * 86400 * 365,
     .help = "Stop after this many seconds; 60 if --runs is not given either. Findings are reduced afterwards."},
    {.name = "runs",
     .kind = CLI_NUMBER,
     OPTION(runs),
     .argument = "N",
     .least = 1,
     .most = UINT64_MAX,
     .help = "Stop after this many inputs."},
    {.name = "seed",
     .kind = CLI_TEXT,
     OPTION(seed),
     .argument = "N",
     .help = "A number from 0 to 4294967295. The same seed makes the same inputs. Default: a random one, which is "
             "printed."},
    {.name = "out",
     .short_name = 'o',
     .kind = CLI_FOLDER,
     OPTION(out),
     .argument = "FOLDER",
     .fallback = "findings",
     .help = "Where each finding becomes a case, FOLDER/OP/NAME.json. Existing files are left unchanged."},
    KIT_COMPARE_OPTIONS,
    {.name = "max-findings",
     .kind = CLI_NUMBER,
     OPTION(most),
     .argument = "N",
     .fallback = "50",
     .least = 1,
     .most = 10000,
     .help = "Stop after this many kinds of difference."},
    {.name = "attempts",
     .kind = CLI_NUMBER,
     OPTION(attempts),
     .argument = "N",
     .fallback = "500",
     .most = 1000000,
     .help = "Ask at most this many questions to reduce one finding, a tenth of it if the testee hangs; 0: do not "
             "reduce findings."},
    KIT_TESTEE_OPTIONS("5", "1000"),
    {.name = "max-diff",
     .kind = CLI_NUMBER,
     OPTION(shown),
     .argument = "N",
     .fallback = "10",
     .most = KIT_DIFFERENCES_KEPT,
     .help = "Show at most this many differences per finding."},
    KIT_QUIET_OPTION,
};

static const cli_example examples[] = {
    {"hcsproof fuzz --testee ./my-testee",
     "Fuzzes all operations of the testee for a minute, starting from the suite."},
    {"hcsproof fuzz --testee ./my-testee --op oci-to-hcs --time 3600 --compare bytes --errors message",
     "Fuzzes one operation for an hour, and compares byte for byte, error messages included."},
    {"hcsproof fuzz --testee ./my-testee --seed 7 --runs 20000", "Uses the same inputs every time."},
    {"hcsproof fuzz --testee ./build/my-testee --against ./last/my-testee",
     "Shows what one build answers differently from another."},
    {"hcsproof run findings --testee ./my-testee", "Plays the findings again."},
};

static const cli_status statuses[] = {
    {CLI_OK, "no difference was found"},
    {CLI_FAILED, "differences were found: a different answer, or none because the testee died, hung or babbled"},
    {CLI_USAGE, "wrong options, an unknown operation, or none that the testee supports"},
    {CLI_TESTEE, "the testee is broken: it did not start or say hello, or was abandoned before anything was found"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
};

const cli_command fuzz_command = {
    .name = "fuzz",
    .summary = "look for inputs that an implementation answers differently from the reference",
    .operands = "[CASES]...",
    .operand_kind = CLI_CASE,
    .most_operands = SIZE_MAX,
    .description =
        "Changes the inputs of cases according to the tables of their structure: it adds, removes, duplicates, swaps "
        "and retypes members, takes numbers to their limits, and knows annotations, GUIDs, Windows paths and pipe "
        "names. It asks the testee and the reference, and compares the answers as 'hcsproof run' does. Inputs that the "
        "reference answers in a new way are changed further. CASES are files and folders of cases; without any, the "
        "suite (--suite).\n\nThe first difference of each kind (the same sort of difference at the same place, "
        "whatever the values; a death, a hang, a line that is not an answer) is reduced, shown, and written as a case. "
        "Such a case is a draft: it expects the answer of the reference, which was not recorded from upstream.\n\nWhat "
        "surrounds the documents (paths, options, facts about the host) stays well-formed, because its form is the "
        "kit's own; a spec may be anything. The same seed gives the same inputs and, with the same testee, the same "
        "findings.",
    .options_size = sizeof(kit_fuzz_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = kit_fuzz_command,
};
