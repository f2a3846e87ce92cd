/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of hcsproof fuzz fails in turn: it ends with the status for that or does its work, and a finding is
 * there whole or not at all. */
#include "cli/commands.h"
#include "fuzz/shrink.h"
#include "platform/folder.h"
#include "platform/platform.h"
#include "tests/refuse.h"

#include <stdio.h>
#include <string.h>

#define CASES HCSPROOF_SOURCE_DIR "/golden/recorded/join-path.jsonl"

/* Where there is a shell, a testee that answers {} to everything; else the reference, which differs in nothing. */
#ifdef _WIN32
#define DIFFERENT 0
#else
#define DIFFERENT 1
#endif
static const char answers[] = "read a\necho '{\"hello\":{\"protocol\":1}}'\n"
                              "while read -r a; do a=${a#*:}; echo \"{\\\"id\\\":${a%%,*},\\\"ok\\\":{}}\"; done\n";

static char folder[64], script[96], testee[sizeof(HCSPROOF_PROGRAM) + 128], out[96], drafts[128];

/* Is the file that was written a whole case? */
static bool is_whole(const char *path) {
  char text[4096];
  FILE *file = platform_open(path, PLATFORM_READ);
  size_t size;
  assert_non_null(file);
  size = fread(text, 1, sizeof(text), file);
  fclose(file);
  return size > 2 && memcmp(text + size - 2, "}\n", 2) == 0;
}

/* Counts the drafts, each of which is whole, and removes them. */
static size_t take_drafts(void) {
  kit_strings names;
  size_t i, count;
  atomic_store(&before_refusal, -1); /* here nothing is refused */
  memset(&names, 0, sizeof(names));
  if (!kit_path_exists(drafts))
    return 0;
  assert_true(kit_folder_names(drafts, &names));
  count = names.count;
  for (i = 0; i < count; i++) {
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", drafts, names.items[i]);
    assert_true(is_whole(path));
    platform_remove(path);
  }
  kit_strings_free(&names);
  return count;
}

static void find_one(void) {
  char *words[] = {"hcsproof", "fuzz",   CASES, "--op",  "join-path", "--testee",   testee, "--seed",
                   "1",        "--runs", "12",  "--out", out,         "--attempts", "5",    "-q"};
  cli_invocation invocation;
  char message[512];
  int status = CLI_KIT;
  if (cli_parse(&hcsproof_command, (int)CLI_COUNT(words), words, &invocation, message, sizeof(message)))
    status = invocation.command->run(&invocation);
  else
    assert_string_equal(message, "out of memory");
  cli_invocation_free(&invocation);
  if (status != (DIFFERENT ? CLI_FAILED : CLI_OK))
    assert_true(was_refused() && (status == CLI_KIT || status == CLI_TESTEE));
}

static void find_and_check(void) {
  find_one();
  (void)take_drafts();
}

static void command(void **state) {
  (void)state;
  find_one();
  assert_int_equal(take_drafts(), DIFFERENT);
  refuse_each(find_and_check);
}

static void make_smaller(void) {
  kit_shrink *shrink = kit_shrink_new(HCSREF_LIT("[1]"));
  assert_true(shrink != NULL || was_refused());
  kit_shrink_free(shrink);
}

static void shrinking(void **state) {
  (void)state;
  refuse_each(make_smaller);
}

static int make_files(void **state) {
  FILE *file;
  (void)state;
  snprintf(folder, sizeof(folder), "/tmp/hcsproof-fuzz-refused-%lu", platform_process_id());
  snprintf(script, sizeof(script), "%s/testee.sh", folder);
  if (DIFFERENT)
    snprintf(testee, sizeof(testee), "sh '%s'", script);
  else
    snprintf(testee, sizeof(testee), "'%s' serve", HCSPROOF_PROGRAM);
  snprintf(out, sizeof(out), "%s/out", folder);
  snprintf(drafts, sizeof(drafts), "%s/join-path", out);
  if (!kit_folder_make(folder))
    return -1;
  file = platform_open(script, PLATFORM_OVERWRITE);
  if (file == NULL || fwrite(answers, 1, sizeof(answers) - 1, file) != sizeof(answers) - 1)
    return -1;
  return fclose(file);
}

static int remove_files(void **state) {
  (void)state;
  platform_remove(script);
  (void)platform_folder_remove(drafts);
  (void)platform_folder_remove(out);
  return platform_folder_remove(folder) ? 0 : -1; /* nothing else is left in it */
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(shrinking), cmocka_unit_test(command)};
  if (!platform_start(&argc, &argv))
    return 1;
  return cmocka_run_group_tests(tests, make_files, remove_files);
}
