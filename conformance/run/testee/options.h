/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows of the option tables of the commands that ask testees. The table defines OPTION(field), the place of a
 * field in its own structure; the fields have one name everywhere. */
#ifndef KIT_RUN_TESTEE_OPTIONS_H
#define KIT_RUN_TESTEE_OPTIONS_H

/** --testee; `verb` is what is done with it. */
#define KIT_TESTEE_OPTION(verb)                                                                                        \
  {                                                                                                                    \
    .name = "testee", .short_name = 't', .kind = CLI_TEXT, OPTION(testee), .argument = "COMMAND",                      \
    .help = "The implementation to " verb                                                                              \
            ": a command that answers on standard output, one JSON object per line (hcsproof help protocol). It is "   \
            "split at white space; quotes and backslashes work as in a shell, and nothing else is special.",           \
    .example = "'./my-testee --stdio'"                                                                                 \
  }

/** --quiet. */
#define KIT_QUIET_OPTION                                                                                               \
  { .name = "quiet", .short_name = 'q', .kind = CLI_FLAG, OPTION(quiet), .help = "Print only the totals." }

/** --compare and --errors. */
#define KIT_COMPARE_OPTIONS                                                                                            \
  {.name = "compare",                                                                                                  \
   .kind = CLI_CHOICE,                                                                                                 \
   OPTION(compare),                                                                                                    \
   .argument = "TIER",                                                                                                 \
   .choices = "semantic|canonical|bytes",                                                                              \
   .fallback = "semantic",                                                                                             \
   .help = "semantic: members in any order, absent or empty where the schema omits empty ones, numbers by value. "     \
           "canonical: the same, but absent and empty differ. bytes: the exact text."},                                \
  {                                                                                                                    \
    .name = "errors", .kind = CLI_CHOICE, OPTION(errors), .argument = "CHECK", .choices = "any|code|message",          \
    .fallback = "any",                                                                                                 \
    .help =                                                                                                            \
        "What to check where an error is expected: only that there is one, also its code, or also upstream's message." \
  }

/** --jobs to --max-restarts. Defaults, as texts: `seconds` of --timeout, `restarts_allowed` of --max-restarts. */
#define KIT_TESTEE_OPTIONS(seconds, restarts_allowed)                                                                  \
  {.name = "jobs",                                                                                                     \
   .short_name = 'j',                                                                                                  \
   .kind = CLI_NUMBER,                                                                                                 \
   OPTION(jobs),                                                                                                       \
   .argument = "N",                                                                                                    \
   .fallback = "1",                                                                                                    \
   .least = 1,                                                                                                         \
   .most = 64,                                                                                                         \
   .help = "How many testees to run side by side."},                                                                   \
      {.name = "window",                                                                                               \
       .kind = CLI_NUMBER,                                                                                             \
       OPTION(window),                                                                                                 \
       .argument = "N",                                                                                                \
       .fallback = "32",                                                                                               \
       .least = 1,                                                                                                     \
       .most = 1024,                                                                                                   \
       .help = "How many questions to send to a testee before it has answered the first."},                            \
      {.name = "timeout",                                                                                              \
       .kind = CLI_SECONDS,                                                                                            \
       OPTION(timeout),                                                                                                \
       .argument = "SECONDS",                                                                                          \
       .fallback = (seconds),                                                                                          \
       .least = 1,                                                                                                     \
       .most = 3600000,                                                                                                \
       .help = "How long to wait for an answer, for the hello, and for the testee to exit."},                          \
      {.name = "max-answer",                                                                                           \
       .kind = CLI_SIZE,                                                                                               \
       OPTION(answer_limit),                                                                                           \
       .argument = "SIZE",                                                                                             \
       .fallback = "16M",                                                                                              \
       .least = 1,                                                                                                     \
       .most = (uint64_t)1 << 32,                                                                                      \
       .help = "Longest answer to accept."},                                                                           \
      {.name = "max-memory",                                                                                           \
       .kind = CLI_SIZE,                                                                                               \
       OPTION(memory_limit),                                                                                           \
       .argument = "SIZE",                                                                                             \
       .help = "Limit of a testee's address space (POSIX). Default: none."},                                           \
  {                                                                                                                    \
    .name = "max-restarts", .kind = CLI_NUMBER, OPTION(restarts), .argument = "N", .fallback = (restarts_allowed),     \
    .most = 1000000, .help = "Abandon a testee that had to be restarted more often than this."                         \
  }

#endif
