/* SPDX-License-Identifier: Apache-2.0 */
#include "scene.h"

#include "wine/hyperv.h"
#include "wine/routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

wchar_t scene_folder[MAX_PATH];

const wchar_t *scene_path(const wchar_t *name) {
  static wchar_t paths[4][MAX_PATH];
  static unsigned next;
  wchar_t *path = paths[next++ % 4];
  _snwprintf(path, MAX_PATH, L"%ls%ls", scene_folder, name);
  return path;
}

HANDLE scene_open(const wchar_t *path, DWORD access, DWORD disposition) {
  return CreateFileW(path, access, FILE_SHARE_READ, NULL, disposition, FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

void scene_put(const wchar_t *path, const char *text) {
  HANDLE file = scene_open(path, GENERIC_WRITE, CREATE_ALWAYS);
  DWORD done;
  assert_true(file != INVALID_HANDLE_VALUE);
  assert_true(WriteFile(file, text, (DWORD)strlen(text), &done, NULL));
  CloseHandle(file);
}

const char *scene_get(const wchar_t *path) {
  static char text[100];
  HANDLE file = scene_open(path, GENERIC_READ, OPEN_EXISTING);
  DWORD got = 0;
  if (file == INVALID_HANDLE_VALUE)
    return "nothing";
  assert_true(ReadFile(file, text, sizeof text - 1, &got, NULL));
  CloseHandle(file);
  text[got] = '\0';
  return text;
}

static int set_up(void **state) {
  WSADATA data;
  wchar_t root[MAX_PATH];
  (void)state;
  gap_backup_streams();
  gap_file_names();
  gap_file_disposition();
  gap_mount_points();
  gap_silo_jobs();
  gap_job_statistics();
  gap_exports();
  gap_device_control();
  assert_true(GetModuleFileNameW(NULL, root, MAX_PATH) < MAX_PATH - 40);
  wcscpy(wcsrchr(root, L'\\'), L"\\..\\hcssim\\bcryptprimitives.dll");
  gap_child_processes(root);
  assert_true(GetTempPathW(MAX_PATH, root) > 0);
  _snwprintf(scene_folder, MAX_PATH, L"%lshcssim-gaps-%lu\\", root, GetCurrentProcessId());
  assert_true(SetEnvironmentVariableW(L"HCSSIM_STATE", scene_folder));
  gap_hyperv_sockets();
  return WSAStartup(MAKEWORD(2, 2), &data) == 0 && CreateDirectoryW(scene_folder, NULL) ? 0 : -1;
}

static void remove_tree(const wchar_t *path) {
  wchar_t name[2 * MAX_PATH];
  WIN32_FIND_DATAW found;
  HANDLE search;
  _snwprintf(name, 2 * MAX_PATH, L"%ls\\*", path);
  search = FindFirstFileW(name, &found);
  if (search == INVALID_HANDLE_VALUE)
    return;
  do {
    _snwprintf(name, 2 * MAX_PATH, L"%ls\\%ls", path, found.cFileName);
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
      DeleteFileW(name);
    else if (found.cFileName[0] != L'.')
      remove_tree(name);
  } while (FindNextFileW(search, &found));
  FindClose(search);
  RemoveDirectoryW(path);
}

static int tear_down(void **state) {
  (void)state;
  remove_tree(scene_folder);
  return 0;
}

int scene_run(const struct CMUnitTest *tests, size_t count) {
  if (!gap_is_wine()) {
    puts("skipped: this is not Wine, which alone has the gaps");
    return 0;
  }
  return _cmocka_run_group_tests("gaps", tests, count, set_up, tear_down);
}
