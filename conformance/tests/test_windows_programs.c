/* SPDX-License-Identifier: Apache-2.0 */
/* Which file a program's name means: built for Windows only. The programs are copies of hcsproof, in a folder of their
 * own that is the current one. */
#include "platform/platform.h"
#include "platform/program.h"
#include "run/testee/process.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include <cmocka.h>

static wchar_t folder[300], kept_path[32768];

static void make(const wchar_t *name) {
  wchar_t path[400];
  _snwprintf(path, 400, L"%ls\\%ls", folder, name);
  assert_true(CopyFileW(L"" HCSPROOF_PROGRAM, path, TRUE));
}

static void drop(const wchar_t *name) {
  wchar_t path[400];
  _snwprintf(path, 400, L"%ls\\%ls", folder, name);
  DeleteFileW(path);
}

static int begin(void **state) {
  wchar_t root[260], bin[310];
  (void)state;
  GetTempPathW(260, root);
  _snwprintf(folder, 300, L"%lskit-programs-%lu", root, GetCurrentProcessId());
  _snwprintf(bin, 310, L"%ls\\bin", folder);
  assert_true(CreateDirectoryW(folder, NULL) && CreateDirectoryW(bin, NULL) && SetCurrentDirectoryW(folder));
  assert_in_range(GetEnvironmentVariableW(L"PATH", kept_path, 32768), 1, 32767);
  make(L"docker.exe");
  make(L"bin\\other.exe");
  make(L"bin\\other.cmd");
  make(L"bin\\script.cmd");
  make(L"bin\\old.bat");
  make(L"bin\\w\u00f6rk.exe");
  return 0;
}

static int end(void **state) {
  (void)state;
  SetEnvironmentVariableW(L"PATH", kept_path);
  SetCurrentDirectoryW(L"C:\\");
  drop(L"docker.exe");
  drop(L"bin\\other.exe");
  drop(L"bin\\other.cmd");
  drop(L"bin\\script.cmd");
  drop(L"bin\\old.bat");
  drop(L"bin\\w\u00f6rk.exe");
  wcscat(folder, L"\\bin");
  RemoveDirectoryW(folder);
  *wcsrchr(folder, L'\\') = 0;
  return RemoveDirectoryW(folder) ? 0 : -1;
}

/* PATH is `format`, in which %ls stands for the folder. */
static void set_path(const wchar_t *format) {
  wchar_t text[1000];
  _snwprintf(text, 1000, format, folder, folder);
  assert_true(SetEnvironmentVariableW(L"PATH", text));
}

static void check(const char *name, const wchar_t *expected) {
  wchar_t path[400], *found = platform_find_program(name);
  if (expected == NULL) {
    if (found != NULL)
      fail_msg("%s was found: %ls", name, found);
    assert_int_equal(errno, ENOENT);
    return;
  }
  if (found == NULL)
    fail_msg("%s was not found", name);
  _snwprintf(path, 400, L"%ls\\%ls", folder, expected);
  if (_wcsicmp(found, path) != 0)
    fail_msg("%s: %ls", name, found);
  free(found);
}

static void the_current_folder_is_not_searched(void **state) {
  static const wchar_t *const paths[] = {L"", L";", L".", L".;;\"\";bin\\..", L"C:;C:.", L"\\", L"%ls\\none", L"\""};
  (void)state;
  for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
    set_path(paths[i]);
    check("docker", NULL);
    check("docker.exe", NULL);
    check("kit_test_windows_programs", NULL); /* nor is the folder of this program */
    check("hcsproof", NULL);
  }
  SetEnvironmentVariableW(L"PATH", NULL);
  check("docker", NULL);
}

static void the_path_is_searched(void **state) {
  (void)state;
  set_path(L"relative;%ls\\none;%ls\\bin");
  check("other", L"bin\\other.exe");
  check("OTHER.EXE", L"bin\\other.exe");
  check("script", L"bin\\script.cmd");
  check("script.cmd", L"bin\\script.cmd");
  check("old", L"bin\\old.bat");
  check("w\xc3\xb6rk", L"bin\\w\u00f6rk.exe");
  check("docker", NULL);
  check("", NULL);
  check("bad\xff", NULL);
  set_path(L"\"%ls\\none\";\"%ls\\bin\"");
  check("other", L"bin\\other.exe");
  set_path(L"%ls");
  check("bin", NULL); /* a folder is no program */
  check("docker", L"docker.exe");
}

static void a_path_is_taken_from_here(void **state) {
  char full[400];
  (void)state;
  set_path(L"");
  check(".\\docker", L"docker.exe");
  check("./docker.exe", L"docker.exe");
  check("bin\\..\\bin\\other", L"bin\\other.exe");
  check(".\\other", NULL);
  snprintf(full, sizeof full, "%ls\\bin\\other.exe", folder);
  check(full, L"bin\\other.exe");
}

static bool starts(const char *name, char *message, size_t size) {
  char *arguments[] = {(char *)(uintptr_t)name, (char *)(uintptr_t) "--version"};
  const kit_command command = {arguments, 2};
  const kit_spawn spawn = {&command, NULL, 0};
  kit_process *process = kit_process_start(&spawn, message, size);
  kit_process_free(process);
  return process != NULL;
}

static void a_testee_is_started_by_its_full_path(void **state) {
  char message[300] = "";
  (void)state;
  set_path(L"");
  assert_false(starts("docker", message, sizeof message));
  assert_string_equal(message, "docker: not found in PATH; a program in the current folder is started as .\\docker");
  assert_false(starts("bin\\none", message, sizeof message));
  assert_string_equal(message, "bin\\none: No such file");
  assert_true(starts(".\\docker", message, sizeof message));
  set_path(L"%ls\\bin");
  assert_true(starts("other", message, sizeof message));
}

int main(int argc, char **argv) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_current_folder_is_not_searched),
      cmocka_unit_test(the_path_is_searched),
      cmocka_unit_test(a_path_is_taken_from_here),
      cmocka_unit_test(a_testee_is_started_by_its_full_path),
  };
  if (!platform_start(&argc, &argv))
    return 1;
  return cmocka_run_group_tests_name("windows programs", tests, begin, end);
}
