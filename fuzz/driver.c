/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over files, folders and packed inputs, without a fuzzing engine and with any compiler.
 *
 *   fuzz_NAME FILE|FOLDER...    plays each file, each file of each folder and each line of FILE.inputs; a broken
 *                               property aborts
 *   fuzz_NAME -                 plays standard input
 *
 * The name of the input that is being played is told before it when the program dies. Exit status: 0 all played; 1
 * something could not be read; 2 usage. */
#include "files.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static int usage(const char *program) {
  fprintf(stderr,
          "usage: %s FILE|FOLDER|-...\n"
          "Plays inputs through the fuzz target: files, all files of folders, the lines of FILE.inputs, or standard "
          "input (-).\n",
          program);
  return 2;
}

static void play(void *count, const char *path, const uint8_t *data, size_t size) {
  files_say_on_death(path);
  (void)LLVMFuzzerTestOneInput(data, size);
  ++*(size_t *)count;
}

int main(int argc, char **argv) {
  size_t count = 0;
  bool ok = true;
  if (argc < 2)
    return usage(argv[0]);
  if (strcmp(argv[1], "--help") == 0)
    return usage(argv[0]), 0;
  for (int i = 1; i < argc; i++)
    ok = files_each(argv[i], play, &count) && ok;
  printf("%zu inputs played\n", count);
  return ok ? 0 : 1;
}
