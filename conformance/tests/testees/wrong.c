/* SPDX-License-Identifier: Apache-2.0 */
/* A testee for systems without a shell or Python: answers every question wrongly, or (argument "look") tells as a
 * command a case what it got from the runner: HCSPROOF_CASE, and the files that it can reach without having opened
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>

static void print_wide(const wchar_t *text) {
  char utf8[4096] = "";
  WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, (int)sizeof(utf8), NULL, NULL);
  fputs(utf8, stdout);
}

/* The names of the files behind all handles that this process has. */
static void print_files(void) {
  wchar_t name[2048];
  uintptr_t number;
  for (number = 4; number < 4096; number += 4) {
    HANDLE handle = (HANDLE)number;
    DWORD length = GetFileType(handle) == FILE_TYPE_DISK ? GetFinalPathNameByHandleW(handle, name, 2048, 0) : 0;
    if (length == 0 || length >= 2048)
      continue;
    for (wchar_t *c = name; *c != 0; c++)
      *c = *c == L'\\' ? L'/' : *c;
    fputs(",\"", stdout);
    print_wide(name);
    fputs("\"", stdout);
  }
}

static int look(void) {
  const wchar_t *id = _wgetenv(L"HCSPROOF_CASE");
  fputs("{\"path\":[\"", stdout);
  print_wide(id == NULL ? L"(none)" : id);
  fputs("\"", stdout);
  print_files();
  fputs("]}\n", stdout);
  return 0;
}
#else
static int look(void) {
  const char *id = getenv("HCSPROOF_CASE");
  printf("{\"path\":[\"%s\"]}\n", id == NULL ? "(none)" : id);
  return 0;
}
#endif

int main(int argc, char **argv) {
  static char line[1 << 20];
#ifdef _WIN32
  _setmode(1, _O_BINARY);
#endif
  if (argc > 1 && strcmp(argv[1], "look") == 0)
    return look();
  puts("{\"hello\":{\"protocol\":1,\"name\":\"wrong\",\"version\":\"1\"}}");
  fflush(stdout);
  while (fgets(line, sizeof(line), stdin) != NULL) {
    const char *id = strstr(line, "\"id\":");
    if (id == NULL)
      continue;
    printf("{\"id\":%lu,\"ok\":{\"path\":\"wrong\"}}\n", strtoul(id + 5, NULL, 10));
    fflush(stdout);
  }
  return 0;
}
