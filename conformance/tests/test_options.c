/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines: what they mean, and what is said about wrong ones. */
#include "cli/commands.h"
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct sample {
  bool all, quiet;
  const char *format, *output;
  cli_list tags;
  uint64_t jobs, size, timeout;
};

static const cli_option options[] = {
    {.name = "all", .short_name = 'a', .kind = CLI_FLAG, .offset = offsetof(struct sample, all), .help = "All."},
    {.name = "quiet", .short_name = 'q', .kind = CLI_FLAG, .offset = offsetof(struct sample, quiet), .help = "Quiet."},
    {.name = "format",
     .short_name = 'f',
     .kind = CLI_CHOICE,
     .offset = offsetof(struct sample, format),
     .argument = "FORMAT",
     .choices = "text|json",
     .fallback = "text",
     .help = "How."},
    {.name = "output",
     .short_name = 'o',
     .kind = CLI_FILE,
     .offset = offsetof(struct sample, output),
     .argument = "FILE",
     .help = "Where."},
    {.name = "tag",
     .kind = CLI_TEXT,
     .repeatable = true,
     .offset = offsetof(struct sample, tags),
     .argument = "TAG",
     .example = "cpu",
     .help = "Which."},
    {.name = "jobs",
     .short_name = 'j',
     .kind = CLI_NUMBER,
     .offset = offsetof(struct sample, jobs),
     .argument = "N",
     .fallback = "4",
     .least = 1,
     .most = 64,
     .help = "How many."},
    {.name = "max-size",
     .kind = CLI_SIZE,
     .offset = offsetof(struct sample, size),
     .argument = "SIZE",
     .fallback = "64M",
     .help = "How large."},
    {.name = "timeout",
     .kind = CLI_SECONDS,
     .offset = offsetof(struct sample, timeout),
     .argument = "SECONDS",
     .fallback = "2.5",
     .most = 3600000,
     .help = "How long."},
};

static int run_nothing(const cli_invocation *invocation) {
  (void)invocation;
  return CLI_OK;
}

static const cli_command leaf = {.name = "leaf",
                                 .summary = "a leaf",
                                 .operands = "[FILE]...",
                                 .most_operands = 3,
                                 .description = "First.\n\nSecond.",
                                 .options_size = sizeof(struct sample),
                                 .options = options,
                                 .option_count = CLI_COUNT(options),
                                 .run = run_nothing};
static const cli_command strict = {.name = "strict",
                                   .summary = "needs one",
                                   .operands = "NAME",
                                   .least_operands = 1,
                                   .most_operands = 1,
                                   .description = "x",
                                   .run = run_nothing};
static const cli_command *const twigs[] = {&leaf, &strict, NULL};
static const cli_command branch = {
    .name = "branch", .summary = "a branch", .operands = "COMMAND", .description = "x", .commands = twigs};
static const cli_command *const branches[] = {&branch, &leaf, &strict, NULL};
static const cli_command program = {
    .name = "tree", .summary = "a tree", .operands = "COMMAND", .description = "x", .commands = branches};

static cli_invocation invocation;
static char message[256];

/* Parses the words of `line`. */
static bool parse(const char *line) {
  static char words[512];
  static char *argv[40];
  int argc = 0;
  snprintf(words, sizeof(words), "tree %s", line);
  for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
    argv[argc++] = word;
  cli_invocation_free(&invocation);
  return cli_parse(&program, argc, argv, &invocation, message, sizeof(message));
}

static const struct sample *sample(void) {
  return invocation.options;
}

static int release(void **state) {
  (void)state;
  cli_invocation_free(&invocation);
  return 0;
}

static void fallbacks_stand_when_nothing_is_given(void **state) {
  (void)state;
  assert_true(parse("leaf"));
  assert_false(sample()->all);
  assert_string_equal(sample()->format, "text");
  assert_null(sample()->output);
  assert_int_equal(sample()->tags.count, 0);
  assert_int_equal(sample()->jobs, 4);
  assert_int_equal(sample()->size, 64 << 20);
  assert_int_equal(sample()->timeout, 2500);
  assert_string_equal(invocation.common.color, "auto");
}

static void long_options_take_values_both_ways(void **state) {
  (void)state;
  assert_true(parse("leaf --format=json --output x --jobs 9 --max-size=3k --timeout=0.25 --all --color=never"));
  assert_string_equal(sample()->format, "json");
  assert_string_equal(sample()->output, "x");
  assert_int_equal(sample()->jobs, 9);
  assert_int_equal(sample()->size, 3072);
  assert_int_equal(sample()->timeout, 250);
  assert_true(sample()->all);
  assert_string_equal(invocation.common.color, "never");
  assert_true(parse("leaf --output="));
  assert_string_equal(sample()->output, "");
}

static void short_options_cluster_and_attach(void **state) {
  (void)state;
  assert_true(parse("leaf -aq -oout -j 7"));
  assert_true(sample()->all);
  assert_true(sample()->quiet);
  assert_string_equal(sample()->output, "out");
  assert_int_equal(sample()->jobs, 7);
  assert_true(parse("leaf -afjson"));
  assert_string_equal(sample()->format, "json");
}

static void the_last_one_counts_unless_repeatable(void **state) {
  (void)state;
  assert_true(parse("leaf --jobs 2 --jobs 3 --tag a --tag=b --tag c"));
  assert_int_equal(sample()->jobs, 3);
  assert_int_equal(sample()->tags.count, 3);
  assert_string_equal(sample()->tags.items[0], "a");
  assert_string_equal(sample()->tags.items[1], "b");
  assert_string_equal(sample()->tags.items[2], "c");
}

static void operands_may_stand_anywhere(void **state) {
  (void)state;
  assert_true(parse("leaf a --all - -- --jobs"));
  assert_int_equal(invocation.operands.count, 3);
  assert_string_equal(invocation.operands.items[0], "a");
  assert_string_equal(invocation.operands.items[1], "-");
  assert_string_equal(invocation.operands.items[2], "--jobs");
  assert_true(sample()->all);
}

static void commands_nest(void **state) {
  char line[64];
  (void)state;
  assert_true(parse("branch leaf --all"));
  assert_ptr_equal(invocation.command, &leaf);
  cli_command_line(&invocation, line, sizeof(line));
  assert_string_equal(line, "tree branch leaf");
}

static void help_needs_nothing_else(void **state) {
  (void)state;
  assert_true(parse("--help"));
  assert_ptr_equal(invocation.command, &program);
  assert_true(parse("branch strict -h"));
  assert_ptr_equal(invocation.command, &strict);
  assert_true(invocation.common.help);
  assert_true(parse("--version"));
  assert_true(invocation.common.version);
}

static void wrong_lines_are_explained(void **state) {
  static const struct {
    const char *line, *message;
  } rows[] = {
      {"", "no command given"},
      {"branch", "no command given"},
      {"laef", "unknown command 'laef'; did you mean 'leaf'?"},
      {"elf", "unknown command 'elf'"},
      {"branch xyzzyx", "unknown command 'xyzzyx'"},
      {"leaf --al", "unknown option '--al'; did you mean '--all'?"},
      {"leaf --formt=json", "unknown option '--formt'; did you mean '--format'?"},
      {"leaf --zzzzzz", "unknown option '--zzzzzz'"},
      {"leaf -x", "unknown option '-x'"},
      {"leaf -ax", "unknown option '-x'"},
      {"leaf --all=1", "--all takes no value"},
      {"leaf --output", "--output needs a value: --output FILE"},
      {"leaf -o", "--output needs a value: --output FILE"},
      {"leaf --format yaml", "--format: 'yaml' is not one of text|json"},
      {"leaf --format js", "--format: 'js' is not one of text|json"},
      {"leaf --format text|json", "--format: 'text|json' is not one of text|json"},
      {"leaf --jobs x", "--jobs: 'x' is not a whole number"},
      {"leaf --jobs 1.5", "--jobs: '1.5' is not a whole number"},
      {"leaf --jobs -1", "--jobs: '-1' is not a whole number"},
      {"leaf --jobs 0", "--jobs: 0 is less than 1"},
      {"leaf --jobs 65", "--jobs: 65 is more than 64"},
      {"leaf --jobs 18446744073709551616", "--jobs: '18446744073709551616' is not a whole number"},
      {"leaf --max-size 3T", "--max-size: '3T' is not a size such as 512k or 64M"},
      {"leaf --max-size 99999999999999G", "--max-size: '99999999999999G' is not a size such as 512k or 64M"},
      {"leaf --timeout 1.", "--timeout: '1.' is not seconds such as 5 or 0.25"},
      {"leaf --timeout 1.2345", "--timeout: '1.2345' is not seconds such as 5 or 0.25"},
      {"leaf --timeout 3601", "--timeout: 3601 is more than 3600"},
      {"leaf a b c d", "unexpected operand 'd'"},
      {"strict", "missing operand: NAME"},
      {"strict --color=no x", "--color: 'no' is not one of auto|always|never"},
  };
  (void)state;
  for (size_t i = 0; i < CLI_COUNT(rows); i++) {
    assert_false(parse(rows[i].line));
    assert_string_equal(message, rows[i].message);
  }
}

static void check_table(const cli_command *command) {
  assert_non_null(command->summary);
  assert_non_null(command->description);
  assert_true(command->example_count > 0);
  assert_true(command->status_count > 0);
  assert_true((command->run == NULL) == (command->commands != NULL));
  for (size_t i = 0; i < command->option_count; i++) {
    const cli_option *option = &command->options[i];
    assert_non_null(option->help);
    assert_true((option->argument == NULL) == (option->kind == CLI_FLAG));
    assert_true((option->choices != NULL) == (option->kind == CLI_CHOICE));
    assert_true(option->offset < command->options_size);
    for (size_t j = 0; j < i; j++) {
      assert_string_not_equal(option->name, command->options[j].name);
      assert_true(option->short_name == 0 || option->short_name != command->options[j].short_name);
    }
  }
}

static void check_tables(const cli_command *const *commands) {
  for (; commands != NULL && *commands != NULL; commands++)
    check_table(*commands);
}

static void the_tables_of_hcsproof_are_complete(void **state) {
  (void)state;
  check_table(&hcsproof_command);
  check_tables(hcsproof_command.commands);
  for (const cli_command *const *c = hcsproof_command.commands; *c != NULL; c++)
    check_tables((*c)->commands);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_teardown(fallbacks_stand_when_nothing_is_given, release),
      cmocka_unit_test_teardown(long_options_take_values_both_ways, release),
      cmocka_unit_test_teardown(short_options_cluster_and_attach, release),
      cmocka_unit_test_teardown(the_last_one_counts_unless_repeatable, release),
      cmocka_unit_test_teardown(operands_may_stand_anywhere, release),
      cmocka_unit_test_teardown(commands_nest, release),
      cmocka_unit_test_teardown(help_needs_nothing_else, release),
      cmocka_unit_test_teardown(wrong_lines_are_explained, release),
      cmocka_unit_test_teardown(the_tables_of_hcsproof_are_complete, release),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
