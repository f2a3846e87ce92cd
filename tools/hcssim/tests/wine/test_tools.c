/* SPDX-License-Identifier: Apache-2.0 */
/* The small programs of a Wine prefix, by the command lines of the tests that use them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include <cmocka.h>

static char output[8192];
static wchar_t folder[MAX_PATH]; /* of the programs */

static HANDLE start(const wchar_t *line, HANDLE *in, HANDLE *out) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  HANDLE child_in, child_out;
  STARTUPINFOW info;
  PROCESS_INFORMATION process;
  wchar_t whole[1000];
  memset(&info, 0, sizeof info);
  info.cb = sizeof info;
  info.dwFlags = STARTF_USESTDHANDLES;
  assert_true(CreatePipe(&child_in, in, &inherited, 0) && CreatePipe(out, &child_out, &inherited, 0));
  SetHandleInformation(*in, HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(*out, HANDLE_FLAG_INHERIT, 0);
  info.hStdInput = child_in;
  info.hStdOutput = child_out;
  info.hStdError = child_out;
  _snwprintf(whole, 1000, L"\"%ls\\%.*ls.exe\"%ls", folder, (int)wcscspn(line, L" "), line, line + wcscspn(line, L" "));
  assert_true(CreateProcessW(NULL, whole, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &info, &process));
  CloseHandle(process.hThread);
  CloseHandle(child_in);
  CloseHandle(child_out);
  return process.hProcess;
}

/* Its exit status; what it printed is in `output`. */
static unsigned run(const wchar_t *line, const char *input) {
  HANDLE in, out, process = start(line, &in, &out);
  DWORD got, used = 0, code = 0;
  assert_true(WriteFile(in, input, (DWORD)strlen(input), &got, NULL));
  CloseHandle(in);
  while (used < sizeof output - 1 && ReadFile(out, output + used, (DWORD)(sizeof output - 1 - used), &got, NULL) &&
         got > 0)
    used += got;
  output[used] = '\0';
  CloseHandle(out);
  assert_int_equal(WaitForSingleObject(process, 10000), WAIT_OBJECT_0);
  GetExitCodeProcess(process, &code);
  CloseHandle(process);
  return code;
}

static void assert_printed(const char *part) {
  if (strstr(output, part) == NULL)
    fail_msg("\"%s\" is not in \"%s\"", part, output);
}

static void ping_answers_for_this_machine(void **state) {
  (void)state;
  assert_int_equal(run(L"ping -n 1 127.0.0.1", ""), 0);
  assert_printed("Reply from 127.0.0.1: bytes=32 ");
  assert_printed("Sent = 1, Received = 1, Lost = 0");
  assert_int_equal(run(L"ping -4 -w 100 -l 8 -n 1 localhost", ""), 0);
  assert_printed("bytes=8 ");
  assert_int_equal(run(L"ping -n 1 no-such-host.invalid", ""), 1);
  assert_printed("could not find host no-such-host.invalid");
  assert_int_equal(run(L"ping -n", ""), 1);
  assert_int_equal(run(L"ping -n x 127.0.0.1", ""), 1);
  assert_int_equal(run(L"ping a b", ""), 1);
  assert_printed("Usage: ping");
}

static void ping_goes_on_until_it_is_ended(void **state) {
  HANDLE in, out, process = start(L"ping -t 127.0.0.1", &in, &out);
  DWORD code;
  (void)state;
  CloseHandle(out); /* nobody reads it */
  assert_int_equal(WaitForSingleObject(process, 1500), WAIT_TIMEOUT);
  assert_true(TerminateProcess(process, 1067));
  assert_int_equal(WaitForSingleObject(process, 10000), WAIT_OBJECT_0);
  assert_true(GetExitCodeProcess(process, &code));
  assert_int_equal(code, 1067);
  CloseHandle(process);
  CloseHandle(in);
}

static void findstr_reads_its_standard_input(void **state) {
  (void)state;
  assert_int_equal(run(L"findstr x*", "foo\r\nbar\nlast"), 0);
  assert_string_equal(output, "foo\r\nbar\r\nlast\r\n");
  assert_int_equal(run(L"findstr /n o ", "foo\nbar\nno\n"), 0);
  assert_string_equal(output, "1:foo\r\n3:no\r\n");
  assert_int_equal(run(L"findstr /i /v FOO", "foo\nbar\n"), 0);
  assert_string_equal(output, "bar\r\n");
  assert_int_equal(run(L"findstr \"x y\"", "axa\naya\naza\n"), 0);
  assert_string_equal(output, "axa\r\naya\r\n");
  assert_int_equal(run(L"findstr /c:\"x y\"", "x y\ny\n"), 0);
  assert_string_equal(output, "x y\r\n");
  assert_int_equal(run(L"findstr nothing", "foo\n"), 1);
  assert_string_equal(output, "");
  assert_int_equal(run(L"findstr", "foo\n"), 1);
  assert_int_equal(run(L"findstr x C:\\no-such-file", ""), 2);
}

static void findstr_knows_expressions(void **state) {
  (void)state;
  assert_int_equal(run(L"findstr ^a*b*ab$", "aab\nab\naabx\nxaab\n"), 0);
  assert_string_equal(output, "aab\r\nab\r\n");
  assert_int_equal(run(L"findstr a\\.c", "abc\na.c\n"), 0);
  assert_string_equal(output, "a.c\r\n");
}

static void icacls_lists_what_was_granted(void **state) {
  wchar_t line[600], temporary[MAX_PATH];
  (void)state;
  assert_true(GetTempPathW(MAX_PATH - 20, temporary) > 0);
  wcscat(temporary, L"two words");
  CreateDirectoryW(temporary, NULL);
  _snwprintf(line, 600, L"icacls \"%ls\" /grant \"CREATOR OWNER:(OI)(CI)(IO)(F)\" /T", temporary);
  assert_int_equal(run(line, ""), 0);
  assert_printed("processed file: ");
  assert_int_equal(run(line, ""), 0);
  _snwprintf(line, 600, L"icacls \"%ls\"", temporary);
  assert_int_equal(run(line, ""), 0);
  assert_printed(" CREATOR OWNER:(OI)(CI)(IO)(F)\r\n BUILTIN\\Administrators:(F)\r\n");
  RegDeleteKeyValueW(HKEY_CURRENT_USER, L"Software\\hcssim\\granted", temporary);
  RemoveDirectoryW(temporary);
  assert_int_equal(run(line, ""), 2);
  assert_int_equal(run(L"icacls", ""), 1);
  assert_int_equal(run(L"icacls . /grant", ""), 1);
  assert_int_equal(run(L"icacls . /grant nobody", ""), 1);
  assert_printed("Usage: icacls");
}

static void mountvol_lists_volumes(void **state) {
  (void)state;
  assert_int_equal(run(L"mountvol", ""), 0);
  assert_printed("Possible values for VolumeName along with current mount points are:");
  assert_printed("    \\\\?\\Volume{");
  assert_printed("        C:\\\r\n");
  assert_int_equal(run(L"mountvol X: /D", ""), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ping_answers_for_this_machine),    cmocka_unit_test(ping_goes_on_until_it_is_ended),
      cmocka_unit_test(findstr_reads_its_standard_input), cmocka_unit_test(findstr_knows_expressions),
      cmocka_unit_test(icacls_lists_what_was_granted),    cmocka_unit_test(mountvol_lists_volumes),
  };
  if (GetModuleFileNameW(NULL, folder, MAX_PATH - 20) == 0)
    return 1;
  wcscpy(wcsrchr(folder, L'\\'), L"\\..\\hcssim\\tools");
  return cmocka_run_group_tests(tests, NULL, NULL);
}
