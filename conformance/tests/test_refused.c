/* SPDX-License-Identifier: Apache-2.0 */
/* Every malloc of the kit's own parts fails in turn: a clean error, nothing left behind, or the whole result. */
#include "cli/commands.h"
#include "io/input.h"
#include "io/lines.h"
#include "io/output.h"
#include "platform/platform.h"
#include "tests/refuse.h"
#include "translate/jsonl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void parse_line(void) {
  static char *line[] = {"hcsproof", "translate", "--schema", "v1", "a", "b", "c", "-o", "x"};
  cli_invocation invocation;
  char message[128];
  if (cli_parse(&hcsproof_command, (int)CLI_COUNT(line), line, &invocation, message, sizeof(message)))
    assert_int_equal(invocation.operands.count, 3);
  else
    assert_string_equal(message, "out of memory");
  cli_invocation_free(&invocation);
}

static void command_lines(void **state) {
  (void)state;
  refuse_each(parse_line);
}

static char path[L_tmpnam + 16];

static void write_text(const char *text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

static void read_text_is(const char *expected) {
  char text[16] = "";
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  assert_int_equal(fread(text, 1, sizeof(text) - 1, file), strlen(expected));
  fclose(file);
  assert_string_equal(text, expected);
}

static void read_input(void) {
  input_text input;
  if (input_read(path, 1000, "--max", &input))
    assert_int_equal(input.length, 4);
  else
    assert_true(was_refused());
  input_free(&input);
}

static void inputs(void **state) {
  (void)state;
  write_text("text");
  refuse_each(read_input);
}

static void write_output(void) {
  output_file out;
  if (!output_open(path, &out)) {
    assert_int_equal(errno, ENOMEM);
    return;
  }
  output_write(&out, "new", 3);
  if (!output_close(&out, true)) /* on Windows the names are turned into wide ones here */
    assert_true(was_refused());
}

static void write_new_output(void) {
  output_file out;
  if (!platform_remove(path) && was_refused())
    return; /* on Windows this needs memory as well, and what is there stays */
  if (!output_open_new(path, &out)) {
    assert_int_equal(errno, ENOMEM);
    return;
  }
  output_write(&out, "new", 3);
  if (!output_close(&out, true))
    assert_true(was_refused());
}

static void outputs(void **state) {
  (void)state;
  write_text("old");
  refuse_each(write_output);
  refuse_each(write_new_output);
}

static void an_output_that_must_be_new_leaves_what_is_there(void **state) {
  output_file out;
  (void)state;
  write_text("old");
  assert_false(output_open_new(path, &out));
  assert_int_equal(errno, EEXIST);
  assert_true(platform_remove(path));
  assert_true(output_open_new(path, &out));
  write_text("other"); /* somebody else was faster */
  output_write(&out, "new", 3);
  assert_false(output_close(&out, true));
  assert_int_equal(errno, EEXIST);
  read_text_is("other");
}

static const char specs[] = "{\"windows\":{\"layerFolders\":[\"a\",\"b\"]}}\n{\n";

/* One thread, so that the refusals come in the same order each time. */
static void translate_lines(void) {
  translation t = {.id = HCSREF_LIT("c1"), .owner = HCSREF_LIT("hcsproof"), .schema = TRANSLATION_V2};
  FILE *in = fopen(path, "rb");
  output_file out = {.file = fopen("/dev/null", "wb")};
  jsonl_counts counts = {0};
  jsonl_run *run;
  bool fed = false;
  if (in != NULL && out.file != NULL && (run = jsonl_start(&t, &out, 1, 1000)) != NULL) {
    fed = jsonl_feed(run, platform_descriptor(in));
    counts = jsonl_finish(run);
  }
  if (fed && out.error == 0) {
    assert_int_equal(counts.lines, 2);
    assert_int_equal(counts.failed, was_refused() && counts.failed == 2 ? 2 : 1);
  } else {
    assert_true(was_refused());
  }
  if (in != NULL)
    fclose(in);
  if (out.file != NULL)
    fclose(out.file);
}

static void lines(void **state) {
  (void)state;
  write_text(specs);
  refuse_each(translate_lines);
}

static int make_path(void **state) {
  (void)state;
  snprintf(path, sizeof(path), "/tmp/hcsproof-%lu", platform_process_id());
  return 0;
}

static int remove_path(void **state) {
  (void)state;
  platform_remove(path);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(command_lines), cmocka_unit_test(inputs),
      cmocka_unit_test(outputs),       cmocka_unit_test(an_output_that_must_be_new_leaves_what_is_there),
      cmocka_unit_test(lines),
  };
  return cmocka_run_group_tests(tests, make_path, remove_path);
}
