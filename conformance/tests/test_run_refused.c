/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a whole command fails in turn: it ends with the status for that or does its work, and what it
 * writes is there whole or not at all. */
#include "cli/commands.h"
#include "platform/folder.h"
#include "platform/platform.h"
#include "tests/refuse.h"

#include <stdio.h>
#include <string.h>

#define CASES HCSPROOF_SOURCE_DIR "/conformance/tests/data/cases.jsonl"

static char folder[64], report[128], expectations[128], document[128], suite[128];

/* Runs a command line as main does; its messages go nowhere. */
static int command(char **words, int count) {
  cli_invocation invocation;
  char message[512];
  int status = CLI_KIT;
  if (cli_parse(&hcsproof_command, count, words, &invocation, message, sizeof(message)))
    status = invocation.command->run(&invocation);
  else
    assert_string_equal(message, "out of memory");
  cli_invocation_free(&invocation);
  return status;
}

#define COMMAND(...) command((char *[]){"hcsproof", __VA_ARGS__}, (int)CLI_COUNT(((char *[]){"hcsproof", __VA_ARGS__})))

/* The report is there exactly when nothing was missing for it. */
static void check_report(int status, int wanted) {
  FILE *file = fopen(report, "rb");
  if (status != wanted)
    assert_true(was_refused() && (status == CLI_KIT || status == CLI_TESTEE));
  if (file != NULL)
    fclose(file);
  if (status == wanted)
    assert_non_null(file);
  platform_remove(report);
}

static void play_documents(void) {
  char kind[160];
  snprintf(kind, sizeof(kind), "html=%s", report);
  check_report(COMMAND("run", CASES, "--profile", "baseline", "--suite", suite, "--documents", folder, "--expect",
                       expectations, "--report", kind, "--tags", "a and not b", "--color", "always"),
               CLI_FAILED);
}

static void documents(void **state) {
  (void)state;
  refuse_each(play_documents);
}

static void play_pipe(void) {
  char kind[160];
  snprintf(kind, sizeof(kind), "json=%s", report);
  check_report(
      COMMAND("run", suite, "--testee", HCSPROOF_PROGRAM " serve", "--profile", "baseline", "--report", kind, "-q"),
      CLI_OK);
}

static void pipes(void **state) {
  (void)state;
  refuse_each(play_pipe);
}

static void record_pipe(void) {
  check_report(COMMAND("record", suite, "--testee", HCSPROOF_PROGRAM " serve", "-o", report, "-q"), CLI_OK);
}

static void recording(void **state) {
  (void)state;
  refuse_each(record_pipe);
}

static void play_against(void) {
  char kind[160];
  snprintf(kind, sizeof(kind), "json=%s", report);
  check_report(COMMAND("run", suite, "--testee", HCSPROOF_PROGRAM " serve", "--against", HCSPROOF_PROGRAM " serve",
                       "--report", kind, "-q"),
               CLI_OK);
}

static void against(void **state) {
  (void)state;
  refuse_each(play_against);
}

/* Filters that name nothing are told with what may have been meant, and nothing is played. */
static void play_nothing(void) {
  int status =
      COMMAND("run", suite, "--profile", "baseline", "--op", "clean-pth", "--id", "path/x", "--testee", "true");
  assert_true(status == CLI_USAGE || (was_refused() && status == CLI_KIT));
}

static void filters(void **state) {
  (void)state;
  refuse_each(play_nothing);
}

static void play_one_shot(void) {
  int status = COMMAND("run", CASES, "--profile", "baseline", "--one-shot", "echo {op}", "--id", "echo/one", "-q");
  assert_true(status == CLI_TESTEE || (was_refused() && status == CLI_KIT));
}

static void one_shot(void **state) {
  (void)state;
  refuse_each(play_one_shot);
}

/* Running out of memory does not change which files and folders are found. */
static void looking(void **state) {
  (void)state;
  atomic_store(&before_refusal, 0);
  assert_true(kit_path_exists(document));
  assert_false(kit_path_exists(report));
  assert_true(platform_is_folder(folder));
  assert_false(platform_is_folder(document));
  atomic_store(&before_refusal, -1);
  assert_false(was_refused());
}

static void lint_document(void) {
  int status = COMMAND("lint", document);
  assert_true(status == CLI_FAILED || (was_refused() && status == CLI_KIT));
}

static void lint(void **state) {
  (void)state;
  refuse_each(lint_document);
}

static void diff_documents(void) {
  int status = COMMAND("diff", document, CASES, "--schema", "hcs-v1");
  assert_true(status == CLI_KIT); /* the second is no JSON text but many */
  status = COMMAND("diff", document, document, "--tier", "canonical");
  assert_true(status == CLI_OK || (was_refused() && status == CLI_KIT));
}

static void diff(void **state) {
  (void)state;
  refuse_each(diff_documents);
}

static void write_file(const char *path, const char *text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
  assert_int_equal(fclose(file), 0);
}

static int make_files(void **state) {
  char area[128], path[256];
  (void)state;
  snprintf(folder, sizeof(folder), "/tmp/hcsproof-refused-%lu", platform_process_id());
  snprintf(report, sizeof(report), "%s/report", folder);
  snprintf(expectations, sizeof(expectations), "%s/expectations", folder);
  snprintf(document, sizeof(document), "%s/document.json", folder);
  snprintf(area, sizeof(area), "%s/echo", folder);
  if (!kit_folder_make(area))
    return -1;
  snprintf(path, sizeof(path), "%s/one.json", area);
  write_file(path, "{\"a\":[1,2,{\"b\":4}],\"c\":\"y\"}");
  snprintf(suite, sizeof(suite), "%s/suite/path", folder);
  if (!kit_folder_make(suite))
    return -1;
  snprintf(path, sizeof(path), "%s/clean.json", suite);
  write_file(path, "{\"op\":\"clean-path\",\"level\":\"may\",\"vector\":\"clean-path/1\",\"params\":{\"path\":\"a/b\"},"
                   "\"expect\":{\"ok\":{\"path\":\"a\\\\b\"}}}");
  *strrchr(suite, '/') = '\0';
  snprintf(path, sizeof(path), "%s/manifest.json", suite);
  write_file(path, "{\"suite\":\"hcsproof\",\"version\":\"1\",\"files\":{\"path/clean.json\":\"0\"}}");
  write_file(expectations, "# none\n{\"case\":\"x/*\",\"class\":\"died\",\"reason\":\"r\"}\n");
  write_file(document, "{\"SystemType\":\"Container\",\"ProcesorCount\":1,\"MappedPipes\":[{}]}");
  return 0;
}

static int remove_files(void **state) {
  char path[256];
  (void)state;
  snprintf(path, sizeof(path), "%s/echo/one.json", folder);
  platform_remove(path);
  snprintf(path, sizeof(path), "%s/path/clean.json", suite);
  platform_remove(path);
  snprintf(path, sizeof(path), "%s/path", suite);
  (void)platform_folder_remove(path);
  snprintf(path, sizeof(path), "%s/manifest.json", suite);
  platform_remove(path);
  (void)platform_folder_remove(suite);
  snprintf(path, sizeof(path), "%s/echo", folder);
  (void)platform_folder_remove(path);
  platform_remove(expectations);
  platform_remove(document);
  return platform_folder_remove(folder) ? 0 : -1; /* nothing else is left in it */
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(documents), cmocka_unit_test(pipes),   cmocka_unit_test(one_shot),
      cmocka_unit_test(recording), cmocka_unit_test(against), cmocka_unit_test(filters),
      cmocka_unit_test(lint),      cmocka_unit_test(diff),    cmocka_unit_test(looking),
  };
  if (!platform_start(&argc, &argv))
    return 1;
  return cmocka_run_group_tests(tests, make_files, remove_files);
}
