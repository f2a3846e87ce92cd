/* SPDX-License-Identifier: Apache-2.0 */
/* Child processes, with the command itself as the child, so that it is the same on every system. */
#include "platform/platform.h"
#include "run/testee/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Longest that a child may take here. */
#define PATIENCE 300000

typedef struct child {
  kit_process *process;
  char out[4096], err[4096];
  size_t out_length, err_length;
} child;

static child *start(const char *const *words, size_t count) {
  char *arguments[8] = {NULL};
  kit_command command = {arguments, count};
  const char *environment[] = {"HCSPROOF_TEST=1", NULL};
  const kit_spawn spawn = {&command, environment, 0};
  child *c = calloc(1, sizeof(*c));
  char message[300] = "";
  assert_non_null(c);
  for (size_t i = 0; i < count; i++)
    arguments[i] = (char *)(uintptr_t)words[i];
  c->process = kit_process_start(&spawn, message, sizeof(message));
  if (c->process == NULL)
    fail_msg("%s", message);
  return c;
}

#define START(...)                                                                                                     \
  start((const char *const[]){HCSPROOF_PROGRAM, __VA_ARGS__},                                                          \
        sizeof((const char *const[]){HCSPROOF_PROGRAM, __VA_ARGS__}) / sizeof(char *))

static void stop(child *c) {
  kit_process_free(c->process);
  free(c);
}

static void read_more(child *c) {
  ptrdiff_t got = kit_process_read(c->process, KIT_STDOUT, c->out + c->out_length, sizeof(c->out) - c->out_length - 1);
  if (got > 0)
    c->out_length += (size_t)got;
  got = kit_process_read(c->process, KIT_STDERR, c->err + c->err_length, sizeof(c->err) - c->err_length - 1);
  if (got > 0)
    c->err_length += (size_t)got;
}

static size_t lines_in(const char *text) {
  size_t lines = 0;
  for (; *text != '\0'; text++)
    lines += *text == '\n';
  return lines;
}

/* Reads until there are so many lines of output. */
static void wait_for_lines(child *c, size_t lines) {
  uint64_t end = kit_now() + PATIENCE;
  while (lines_in(c->out) < lines && kit_now() < end) {
    const kit_interest interest = {c->process, false};
    kit_process_wait(&interest, 1, 1000);
    read_more(c);
  }
  assert_int_equal(lines_in(c->out), lines);
}

static kit_exit wait_for_end(child *c) {
  uint64_t end = kit_now() + PATIENCE;
  kit_exit how = {false, -1};
  while (!kit_process_ended(c->process, &how) && kit_now() < end) {
    const kit_interest interest = {c->process, false};
    kit_process_wait(&interest, 1, 1000);
    read_more(c);
  }
  while (c->out_length + c->err_length == 0 && kit_now() < end) { /* what it wrote may still be on its way */
    const kit_interest interest = {c->process, false};
    kit_process_wait(&interest, 1, 50);
    read_more(c);
  }
  return how;
}

static void output_and_status(void **state) {
  child *c = START("version");
  kit_exit how;
  (void)state;
  kit_process_close_input(c->process);
  how = wait_for_end(c);
  assert_false(how.by_signal);
  assert_int_equal(how.code, 0);
  assert_memory_equal(c->out, "hcsproof ", 9);
  stop(c);
}

static void standard_error_and_failure(void **state) {
  child *c = START("no such command", "--x=\"y\\\"");
  char text[100];
  kit_exit how;
  (void)state;
  how = wait_for_end(c);
  assert_int_equal(how.code, 2);
  assert_non_null(strstr(c->err, "unknown command 'no such command'"));
  kit_exit_describe(how, text, sizeof(text));
  assert_string_equal(text, "exited with status 2");
  stop(c);
}

static void questions_and_answers(void **state) {
  static const char hello[] = "{\"hello\":{\"protocol\":1,\"kit\":\"test\",\"profile\":\"baseline\"}}\n";
  static const char question[] = "{\"id\":1,\"op\":\"clean-path\",\"params\":{\"path\":\"C:\\\\a\\\\..\"}}\n";
  child *c = START("serve");
  kit_exit how;
  (void)state;
  assert_int_equal(kit_process_write(c->process, hello, sizeof(hello) - 1), sizeof(hello) - 1);
  wait_for_lines(c, 1);
  assert_int_equal(kit_process_write(c->process, question, sizeof(question) - 1), sizeof(question) - 1);
  wait_for_lines(c, 2);
  assert_non_null(strstr(c->out, "{\"id\":1,\"ok\":{\"path\":\"C:\\\\\"}}"));
  assert_false(kit_process_ended(c->process, &how));
  kit_process_close_input(c->process);
  how = wait_for_end(c);
  assert_int_equal(how.code, 0);
  stop(c);
}

/* Nobody reads: the pipe fills up, and writing says so instead of waiting. */
static void full_pipe(void **state) {
  static char block[65536];
  child *c = START("serve");
  uint64_t end = kit_now() + PATIENCE;
  size_t written = 0;
  ptrdiff_t put = 1;
  (void)state;
  memset(block, ' ', sizeof(block));
  block[0] = '{';
  while (put >= 0 && written < 4 * sizeof(block) && kit_now() < end) {
    put = kit_process_write(c->process, block, sizeof(block));
    written += put > 0 ? (size_t)put : 0;
  }
  assert_true(written > 0);
  stop(c); /* and it ends though its input is open */
}

static void nothing_to_start(void **state) {
  char word[] = "/nowhere/at/all";
  char *arguments[] = {word, NULL};
  kit_command command = {arguments, 1};
  const kit_spawn spawn = {&command, NULL, 0};
  char message[300] = "";
  (void)state;
  assert_null(kit_process_start(&spawn, message, sizeof(message)));
  assert_non_null(strstr(message, "/nowhere/at/all: "));
  kit_process_free(NULL);
}

static void clock_goes_on(void **state) {
  uint64_t before;
  (void)state;
  kit_process_wait(NULL, 0, 20); /* the end of an earlier child may cut this one short */
  before = kit_now_precise();
  kit_process_wait(NULL, 0, 20);
  assert_true(kit_now_precise() - before >= 10000);
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(output_and_status),     cmocka_unit_test(standard_error_and_failure),
      cmocka_unit_test(questions_and_answers), cmocka_unit_test(full_pipe),
      cmocka_unit_test(nothing_to_start),      cmocka_unit_test(clock_goes_on),
  };
  if (!platform_start(&argc, &argv))
    return 1;
  return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
