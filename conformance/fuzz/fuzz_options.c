/* SPDX-License-Identifier: Apache-2.0 */
/* The table of hcsproof fuzz. */
#include "fuzz/fuzz_options.h"

#include "cli/commands.h"
#include "compare/compare.h"
#include "run/testee_options.h"

#define OPTION(field) .offset = offsetof(kit_fuzz_options, field)

static const cli_option options[] = {
    {.name = "testee",
     .short_name = 't',
     .kind = CLI_TEXT,
     OPTION(testee),
     .argument = "COMMAND",
     .help =
         "The implementation to fuzz: a command that answers on standard output, one JSON object per line (hcsproof "
         "help protocol). Split at white space; quotes and backslashes as in a shell, nothing else is special.",
     .example = "'./my-testee --stdio'"},
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
     .help = "Only this operation (a glob); repeat for more. One that the testee does not do is left out by itself.",
     .example = "oci-to-hcs"},
    {.name = "time",
     .kind = CLI_SECONDS,
     OPTION(time),
     .argument = "SECONDS",
     .least = 1,
     .most = (uint64_t)1000 * 86400 * 365,
     .help = "Stop after so long; 60 when --runs is not given either. What was found is made smaller afterwards."},
    {.name = "runs",
     .kind = CLI_NUMBER,
     OPTION(runs),
     .argument = "N",
     .least = 1,
     .most = UINT64_MAX,
     .help = "Stop after so many inputs."},
    {.name = "seed",
     .kind = CLI_TEXT,
     OPTION(seed),
     .argument = "N",
     .help = "A number from 0 to 4294967295: the same one makes the same inputs. Without it another one every time; it "
             "is printed."},
    {.name = "out",
     .short_name = 'o',
     .kind = CLI_FOLDER,
     OPTION(out),
     .argument = "FOLDER",
     .fallback = "findings",
     .help = "Where each finding becomes a case, FOLDER/OP/NAME.json. An existing file is left as it is."},
    KIT_COMPARE_OPTIONS,
    {.name = "max-findings",
     .kind = CLI_NUMBER,
     OPTION(most),
     .argument = "N",
     .fallback = "50",
     .least = 1,
     .most = 10000,
     .help = "Stop when so many kinds of difference were found."},
    {.name = "attempts",
     .kind = CLI_NUMBER,
     OPTION(attempts),
     .argument = "N",
     .fallback = "500",
     .most = 1000000,
     .help = "Most questions that making one finding smaller may take, a tenth of it where the testee hangs; 0 leaves "
             "findings as they are."},
    KIT_TESTEE_OPTIONS("5", "1000"),
    {.name = "max-diff",
     .kind = CLI_NUMBER,
     OPTION(shown),
     .argument = "N",
     .fallback = "10",
     .most = KIT_DIFFERENCES_KEPT,
     .help = "Most differences shown of a finding."},
    {.name = "quiet", .short_name = 'q', .kind = CLI_FLAG, OPTION(quiet), .help = "Only the totals."},
};

static const cli_example examples[] = {
    {"hcsproof fuzz --testee ./my-testee", "A minute on all operations that it does, from the suite."},
    {"hcsproof fuzz --testee ./my-testee --op oci-to-hcs --time 3600 --compare bytes --errors message",
     "An hour on one, byte for byte, error messages too."},
    {"hcsproof fuzz --testee ./my-testee --seed 7 --runs 20000", "The same inputs every time."},
    {"hcsproof run findings --testee ./my-testee", "Asks what was found once more."},
};

static const cli_status statuses[] = {
    {CLI_OK, "no difference was found"},
    {CLI_FAILED, "differences were found: another answer, or none because the testee died, hung or babbled"},
    {CLI_USAGE, "wrong options, no such operation, or none that the testee does"},
    {CLI_TESTEE, "the testee is broken: it did not start or say hello, or was given up before anything was found"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
};

const cli_command fuzz_command = {
    .name = "fuzz",
    .summary = "look for inputs that an implementation answers differently from the reference",
    .operands = "[CASES]...",
    .operand_kind = CLI_CASE,
    .most_operands = SIZE_MAX,
    .description =
        "Makes inputs from cases by the tables of their structure (it adds, leaves out, doubles, exchanges and "
        "re-types "
        "members, puts numbers to their bounds, and knows annotations, GUIDs, Windows paths and pipe names), asks the "
        "testee and the reference, and compares as 'hcsproof run' does. An input that the reference answers in a new "
        "way "
        "is one to start from. CASES are files and folders of cases; without any, the suite (--suite).\n\n"
        "The first difference of each kind (the same sort of difference at the same place, whatever the values; a "
        "death, "
        "a hang, a line that is not an answer) is made as small as possible, shown, and written as a case. Such a case "
        "is a "
        "draft: it expects the answer of the reference, which was not recorded from upstream.\n\n"
        "What is around the documents (paths, options, facts about the host) stays well-formed, for that is the kit's "
        "own "
        "form; a spec may be anything. The same seed gives the same inputs, and with the same testee the same "
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
