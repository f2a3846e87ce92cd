/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in for docker's command in tests: 'docker image inspect %STAND_IN_IMAGE%' prints the file %STAND_IN_ANSWER%;
 * 'docker image ls …' prints the image; with %STAND_IN_HANGS% nothing ever comes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int print_file(const char *path) {
  FILE *file = fopen(path, "rb");
  char data[4096];
  size_t got;
  if (file == NULL)
    return 2;
  while ((got = fread(data, 1, sizeof data, file)) > 0)
    fwrite(data, 1, got, stdout);
  fclose(file);
  return 0;
}

int main(int argc, char **argv) {
  const char *image = getenv("STAND_IN_IMAGE"), *answer = getenv("STAND_IN_ANSWER");
  if (getenv("STAND_IN_HANGS") != NULL)
    Sleep(INFINITE);
  if (argc < 3 || image == NULL || answer == NULL || strcmp(argv[1], "image") != 0)
    return 2;
  if (strcmp(argv[2], "ls") == 0) {
    printf("%s\n", image);
    return 0;
  }
  if (argc == 4 && strcmp(argv[2], "inspect") == 0 && strcmp(argv[3], image) == 0)
    return print_file(answer);
  fprintf(stderr, "Error: No such image: %s\n", argc > 3 ? argv[3] : "");
  return 1;
}
