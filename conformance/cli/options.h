/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * One table per subcommand: its options, operands, examples and exit statuses. Parsing, `--help`, the man
 * pages and the shell completions all come from it, so that they cannot disagree.
 *
 * An option stores its value at `offset` of the subcommand's own struct, which starts as zero bytes with the
 * fallbacks filled in:
 *
 *     struct show_options { bool all; const char *format; cli_list tags; };
 *     static const cli_option options[] = {
 *         {.name = "all", .kind = CLI_FLAG, .offset = offsetof(struct show_options, all), .help = "…"},
 *         {.name = "format", .short_name = 'f', .kind = CLI_CHOICE, .argument = "FORMAT", .choices = "text|json",
 *          .fallback = "text", .offset = offsetof(struct show_options, format), .help = "…"},
 *         {.name = "tag", .kind = CLI_TEXT, .repeatable = true, .argument = "TAG",
 *          .offset = offsetof(struct show_options, tags), .help = "…"},
 *     };
 */
#ifndef HCSPROOF_CLI_OPTIONS_H
#define HCSPROOF_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** What the program's exit statuses mean, the same for every subcommand. */
enum {
  CLI_OK = 0,          /**< done; the testee conforms */
  CLI_FAILED = 1,      /**< the testee does not conform; an input could not be translated */
  CLI_USAGE = 2,       /**< wrong options or operands; nothing matched */
  CLI_TESTEE = 3,      /**< the testee is broken: did not say hello, died, hung, babbled */
  CLI_KIT = 4,         /**< a file could not be read or written, out of memory */
  CLI_STALE = 5,       /**< expectations out of date */
  CLI_HOST_PROCESS = 6 /**< a HostProcess container: no document is made of it */
};

/** What an option's value is, and the C type at its offset. */
typedef enum cli_kind {
  CLI_FLAG,   /**< no value; bool */
  CLI_TEXT,   /**< const char * */
  CLI_FILE,   /**< a file's path; const char * */
  CLI_FOLDER, /**< a folder's path; const char * */
  CLI_CHOICE, /**< one of `choices`; const char * */
  /* Texts of which completions know a list (manual/offers.h); const char *. */
  CLI_PROFILE,   /**< a release or a set of them, by name */
  CLI_OPERATION, /**< of the testee protocol */
  CLI_SCHEMA,    /**< of 'hcsproof schema' */
  CLI_REPORT,    /**< KIND=PATH */
  CLI_AREA,      /**< of the suite */
  CLI_CASE,      /**< an id, or a file or folder of cases */
  CLI_GLOB,      /**< an id, or a pattern of ids */
  CLI_TOPIC,     /**< of 'hcsproof help' */
  CLI_COMMAND,   /**< a subcommand's name */
  CLI_NUMBER,    /**< decimal, within `least` and `most`; uint64_t */
  CLI_SIZE,      /**< bytes, with an optional k, M or G (1024s), within `least` and `most`; uint64_t */
  CLI_SECONDS,   /**< seconds with up to three decimals; uint64_t milliseconds, within `least` and `most` */
} cli_kind;

/** What a repeatable option (of a kind that is kept as const char *) and the operands are kept in. */
typedef struct cli_list {
  const char **items;
  size_t count;
} cli_list;

typedef struct cli_option {
  const char *name;     /**< without the dashes */
  char short_name;      /**< 0: none */
  cli_kind kind;        /**< */
  bool repeatable;      /**< may be given more than once and is kept as a cli_list; else the last one counts */
  size_t offset;        /**< where the value goes in the subcommand's struct */
  const char *argument; /**< how help calls the value; null for a flag */
  const char *choices;  /**< of CLI_CHOICE: "a|b|c" */
  const char *bare; /**< the value of the option alone, so that another is given as --NAME=VALUE; null: it needs one */
  const char *fallback; /**< the value when it is not given, as it would be written; null: zero bytes */
  uint64_t least, most; /**< of the numeric kinds; `most` 0: no upper bound */
  const char *help;     /**< what it does, one or more sentences */
  const char *example;  /**< a value that shows the form; null when it is plain */
} cli_option;

/** A command line and what it does. */
typedef struct cli_example {
  const char *line;
  const char *text;
} cli_example;

/** An exit status and when it comes. */
typedef struct cli_status {
  int status;
  const char *text;
} cli_status;

struct cli_invocation;

typedef struct cli_command {
  const char *name;
  const char *summary;     /**< one line, no full stop */
  const char *operands;    /**< as the usage line shows them: "[FILE]…"; null: none */
  cli_kind operand_kind;   /**< what they are, for completions: 0 files, CLI_CHOICE: one of `operands`, "a|b|c" */
  size_t least_operands;   /**< */
  size_t most_operands;    /**< SIZE_MAX: any number */
  const char *description; /**< paragraphs, separated by an empty line */
  size_t options_size;     /**< sizeof the struct that the options fill */
  const cli_option *options;
  size_t option_count;
  const cli_example *examples;
  size_t example_count;
  const cli_status *statuses;
  size_t status_count;
  const struct cli_command *const *commands;           /**< of a command of commands, ended by null; else null */
  int (*run)(const struct cli_invocation *invocation); /**< returns the exit status; null for a command of commands */
} cli_command;

/** The number of rows of a table. */
#define CLI_COUNT(table) (sizeof(table) / sizeof((table)[0]))

/** Deepest nesting of commands ("hcsproof golden fmt" is 3). */
#define CLI_MAX_PATH 4

/** Options that every command has. */
typedef struct cli_common {
  const char *color; /**< "auto", "always" or "never" */
  bool help;
  bool brief; /**< the help was asked for with -h */
  bool version;
} cli_common;

extern const cli_option cli_common_options[];
extern const size_t cli_common_option_count;

/** A command line, understood. */
typedef struct cli_invocation {
  const cli_command *path[CLI_MAX_PATH]; /**< the program, the command, its sub-command… */
  size_t depth;                          /**< how many of them; the last one is `command` */
  const cli_command *command;
  void *options; /**< the command's struct */
  cli_list operands;
  cli_common common;
} cli_invocation;

/** Understands argv[1…] with `program` at the root of the commands. True: run `out->command`, or print its
 * help or the version when out->common says so. False: `message` (of `size` bytes) is one line that says what is wrong
 * and, where something is near, what may have been meant; `out` holds the command as far as it was understood. Values
 * point into argv. Free with cli_invocation_free in both cases. */
bool cli_parse(const cli_command *program, int argc, char **argv, cli_invocation *out, char *message, size_t size);
void cli_invocation_free(cli_invocation *invocation);

/** What a program does: runs the command of its line, or prints help or the version, or on standard error what is wrong
 * with the line. Returns its exit status: `broken` when it cannot even start. */
int cli_main(const cli_command *program, void (*print_version)(void), int broken, int argc, char **argv);

/** The words that name the command: "hcsproof golden fmt". */
void cli_command_line(const cli_invocation *invocation, char *line, size_t size);

/** Prints the help of the invocation's command, as wide as a terminal is: for -h a line or two for each command and
 * option, for --help all there is. */
void cli_print_help(FILE *out, const cli_invocation *invocation);
/** The length of the first sentence of a help text, without its full stop. */
size_t cli_first_sentence(const char *text);

/** Colour on `stream`? --color always and never decide; auto: a terminal, NO_COLOR unset or empty, TERM not
 * "dumb". */
bool cli_color(const cli_invocation *invocation, FILE *stream);

/** The entry of `names` (ended by null) that `word` may be a misspelling of, or null. */
const char *cli_nearest(const char *word, const char *const *names);
/** "unknown schema 'NAME'", with the name that was probably meant and the command that lists them. */
void cli_schema_unknown(const char *name, char *message, size_t size);

#endif
