/* SPDX-License-Identifier: Apache-2.0 */
/* What closes Wine's gaps of files, in a process of its own: backup streams, and the names of volumes, bound folders
 * and mount points. */
#include "scene.h"
#include "wine/gaps.h"
#include "wine/routes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

HRESULT WINAPI BfSetupFilter(HANDLE job, ULONG flags, LPCWSTR root, LPCWSTR target, LPCWSTR *exceptions, ULONG count);
HRESULT WINAPI BfRemoveMapping(HANDLE job, LPCWSTR root);
HRESULT WINAPI BfGetMappings(ULONG flags, HANDLE job, LPCWSTR root, PSID user, ULONG *size, BYTE *out);

/* ---- backup streams ---- */

/* A security stream, which is skipped, and the data, in pieces of every size. */
static void a_file_is_written_from_its_streams(void **state) {
  static const char stream[] = "\x03\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0\0\0\0xy"
                               "\x04\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x02\0\0\0:n!"
                               "\x01\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0hello";
  (void)state;
  for (DWORD piece = 1; piece < sizeof stream; piece++) {
    HANDLE file = scene_open(scene_path(L"b.txt"), GENERIC_WRITE, CREATE_ALWAYS);
    LPVOID context = NULL;
    DWORD done = 0;
    for (DWORD at = 0; at < sizeof stream - 1; at += piece) {
      DWORD left = (DWORD)sizeof stream - 1 - at, size = left < piece ? left : piece;
      BYTE copy[sizeof stream];
      memcpy(copy, stream + at, size);
      assert_true(BackupWrite(file, copy, size, &done, FALSE, TRUE, &context));
      assert_int_equal(done, size);
    }
    assert_true(BackupWrite(file, NULL, 0, NULL, TRUE, TRUE, &context));
    assert_null(context);
    CloseHandle(file);
    assert_string_equal(scene_get(scene_path(L"b.txt")), "hello");
  }
}

static void a_file_is_read_as_streams(void **state) {
  static const char expected[] = "\x01\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0hello";
  BYTE data[64];
  (void)state;
  scene_put(scene_path(L"b.txt"), "hello");
  for (DWORD piece = 1; piece < sizeof data; piece++) {
    HANDLE file = scene_open(scene_path(L"b.txt"), GENERIC_READ, OPEN_EXISTING);
    LPVOID context = NULL;
    DWORD got = 1, all = 0;
    while (got > 0 && all < sizeof data - piece) {
      assert_true(BackupRead(file, data + all, piece, &got, FALSE, FALSE, &context));
      all += got;
    }
    assert_int_equal(all, sizeof expected - 1);
    assert_memory_equal(data, expected, sizeof expected - 1);
    assert_true(BackupRead(file, NULL, 0, NULL, TRUE, FALSE, &context));
    CloseHandle(file);
  }
}

static void folders_and_empty_files_have_no_stream(void **state) {
  BYTE data[64];
  (void)state;
  scene_put(scene_path(L"empty"), "");
  for (unsigned i = 0; i < 2; i++) {
    HANDLE file = scene_open(i == 0 ? scene_folder : scene_path(L"empty"), GENERIC_READ, OPEN_EXISTING);
    LPVOID context = NULL;
    DWORD got = 1;
    assert_true(BackupRead(file, data, sizeof data, &got, FALSE, FALSE, &context));
    assert_int_equal(got, 0);
    assert_true(BackupRead(file, NULL, 0, &got, TRUE, FALSE, &context));
    CloseHandle(file);
  }
}

/* ---- names ---- */

#define VOLUME L"\\\\?\\Volume{12345678-1234-5678-9abc-0123456789ab}"

static void a_volume_leads_to_its_folder(void **state) {
  WIN32_FIND_DATAW found;
  HANDLE search;
  (void)state;
  assert_true(CreateDirectoryW(scene_path(L"layer"), NULL));
  scene_put(scene_path(L"layer\\a.txt"), "in the layer");
  assert_string_equal(scene_get(VOLUME L"\\a.txt"), "nothing");
  assert_true(route_put(VOLUME, scene_path(L"layer")));
  assert_string_equal(scene_get(VOLUME L"\\a.txt"), "in the layer");
  assert_string_equal(scene_get(L"\\\\?\\volume{12345678-1234-5678-9ABC-0123456789AB}\\a.txt"), "in the layer");
  assert_true((GetFileAttributesW(VOLUME L"\\") & FILE_ATTRIBUTE_DIRECTORY) != 0);
  search = FindFirstFileW(VOLUME L"\\*.txt", &found);
  assert_true(search != INVALID_HANDLE_VALUE);
  FindClose(search);
  scene_put(VOLUME L"\\new.txt", "new");
  assert_string_equal(scene_get(scene_path(L"layer\\new.txt")), "new");
  assert_true(DeleteFileW(VOLUME L"\\new.txt"));
  assert_string_equal(scene_get(scene_path(L"layer\\new.txt")), "nothing");
  assert_true(route_remove(VOLUME));
  assert_false(route_remove(VOLUME));
  assert_string_equal(scene_get(VOLUME L"\\a.txt"), "nothing");
}

/* As os.Rename and os.Link do it, which containerd's differ and snapshotter use. */
static void a_file_gets_a_new_name_in_a_volume(void **state) {
  (void)state;
  CreateDirectoryW(scene_path(L"layer"), NULL);
  assert_true(route_put(VOLUME, scene_path(L"layer")));
  scene_put(VOLUME L"\\old.txt", "renamed");
  assert_true(MoveFileExW(VOLUME L"\\old.txt", VOLUME L"\\renamed.txt", MOVEFILE_REPLACE_EXISTING));
  assert_string_equal(scene_get(scene_path(L"layer\\renamed.txt")), "renamed");
  assert_string_equal(scene_get(scene_path(L"layer\\old.txt")), "nothing");
  assert_true(CreateHardLinkW(VOLUME L"\\link.txt", VOLUME L"\\renamed.txt", NULL));
  assert_string_equal(scene_get(scene_path(L"layer\\link.txt")), "renamed");
  scene_put(scene_path(L"outside.txt"), "from outside");
  assert_true(MoveFileExW(scene_path(L"outside.txt"), VOLUME L"\\link.txt", MOVEFILE_REPLACE_EXISTING));
  assert_string_equal(scene_get(scene_path(L"layer\\link.txt")), "from outside");
  assert_false(MoveFileExW(VOLUME L"\\link.txt", VOLUME L"\\renamed.txt", 0));
  assert_true(route_remove(VOLUME));
}

static void wine_s_own_volumes_can_be_opened(void **state) {
  wchar_t path[MAX_PATH];
  (void)state;
  scene_put(scene_path(L"own.txt"), "own");
  assert_int_equal(towupper(scene_folder[0]), L'C');
  _snwprintf(path, MAX_PATH, L"\\\\?\\Volume{00000000-0000-0000-0000-000000000043}%ls", scene_path(L"own.txt") + 2);
  assert_string_equal(scene_get(path), "own");
}

static void a_folder_is_bound(void **state) {
  BYTE mappings[64];
  ULONG size = sizeof mappings;
  (void)state;
  assert_true(CreateDirectoryW(scene_path(L"target"), NULL));
  scene_put(scene_path(L"target\\t.txt"), "bound");
  assert_int_equal(BfSetupFilter(NULL, 0x40, scene_path(L"root"), scene_path(L"target\\"), NULL, 0), S_OK);
  assert_string_equal(scene_get(scene_path(L"root\\t.txt")), "bound");
  assert_string_equal(scene_get(scene_path(L"rootless\\t.txt")), "nothing");
  assert_int_equal(BfGetMappings(1, NULL, scene_folder, NULL, &size, mappings), S_OK);
  assert_int_equal(BfRemoveMapping(NULL, scene_path(L"root")), S_OK);
  assert_int_equal((uint32_t)BfRemoveMapping(NULL, scene_path(L"root")), 0x80070490u);
  assert_string_equal(scene_get(scene_path(L"root\\t.txt")), "nothing");
}

/* Nothing can be changed by way of `name`, which shows t.txt; what is changed there by another name is seen. */
static void assert_read_only(const wchar_t *name) {
  wchar_t path[MAX_PATH], other[MAX_PATH];
  HANDLE file;
  _snwprintf(path, MAX_PATH, L"%ls\\t.txt", name);
  _snwprintf(other, MAX_PATH, L"%ls\\new.txt", name);
  assert_string_equal(scene_get(path), "as it was");
  assert_true(scene_open(path, GENERIC_WRITE, OPEN_EXISTING) == INVALID_HANDLE_VALUE);
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  assert_true(scene_open(other, GENERIC_READ, CREATE_NEW) == INVALID_HANDLE_VALUE);
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  assert_true(scene_open(other, GENERIC_READ, OPEN_ALWAYS) == INVALID_HANDLE_VALUE);
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  file = scene_open(path, GENERIC_READ, OPEN_ALWAYS);
  assert_true(file != INVALID_HANDLE_VALUE);
  CloseHandle(file);
  assert_false(DeleteFileW(path));
  assert_false(CreateDirectoryW(other, NULL));
  assert_false(MoveFileW(path, scene_path(L"moved.txt")));
  scene_put(scene_path(L"moving.txt"), "moving");
  assert_false(MoveFileW(scene_path(L"moving.txt"), other));
  assert_int_equal(GetLastError(), ERROR_ACCESS_DENIED);
  assert_false(CreateHardLinkW(other, scene_path(L"moving.txt"), NULL));
  assert_string_equal(scene_get(scene_path(L"moving.txt")), "moving");
  assert_string_equal(scene_get(path), "as it was");
}

static void a_folder_is_bound_for_reading(void **state) {
  (void)state;
  CreateDirectoryW(scene_path(L"target"), NULL);
  scene_put(scene_path(L"target\\t.txt"), "as it was");
  assert_int_equal(BfSetupFilter(NULL, 0x41, scene_path(L"root"), scene_path(L"target"), NULL, 0), S_OK);
  assert_read_only(scene_path(L"root"));
  assert_int_equal(BfSetupFilter(NULL, 0x40, scene_path(L"root"), scene_path(L"target"), NULL, 0), S_OK);
  scene_put(scene_path(L"root\\t.txt"), "changed");
  assert_string_equal(scene_get(scene_path(L"target\\t.txt")), "changed");
  assert_int_equal(BfRemoveMapping(NULL, scene_path(L"root")), S_OK);
}

static void what_is_bound_to_a_volume_goes_with_it(void **state) {
  (void)state;
  CreateDirectoryW(scene_path(L"target"), NULL);
  scene_put(scene_path(L"target\\t.txt"), "bound");
  assert_true(route_put(VOLUME, scene_path(L"target")));
  assert_int_equal(BfSetupFilter(NULL, 0, scene_path(L"hpc"), VOLUME L"\\", NULL, 0), S_OK);
  assert_string_equal(scene_get(scene_path(L"hpc\\t.txt")), "bound");
  assert_true(route_remove(VOLUME));
  assert_int_equal((uint32_t)BfRemoveMapping(NULL, scene_path(L"hpc")), 0x80070490u);
  assert_true(CreateDirectoryW(scene_path(L"hpc"), NULL));
}

static void a_process_sees_what_its_container_maps(void **state) {
  wchar_t text[1500];
  (void)state;
  CreateDirectoryW(scene_path(L"host"), NULL);
  CreateDirectoryW(scene_path(L"log"), NULL);
  scene_put(scene_path(L"host\\t.txt"), "as it was");
  _snwprintf(text, 1500, L"Y:\\data|%ls|r|Y:\\data\\log|%ls\\|w|Y:\\|%ls|w|Y:\\nothing", scene_path(L"host"),
             scene_path(L"log"), scene_path(L"host"));
  assert_string_equal(scene_get(L"Y:\\data\\t.txt"), "nothing");
  SetEnvironmentVariableW(L"HCSSIM_MAPPED", text);
  view_read();
  assert_read_only(L"Y:\\data");
  assert_read_only(scene_path(L"host"));
  assert_string_equal(scene_get(L"Y:\\database\\t.txt"), "nothing");
  scene_put(L"Y:\\data\\log\\a.txt", "a");
  assert_string_equal(scene_get(scene_path(L"log\\a.txt")), "a");
  SetEnvironmentVariableW(L"HCSSIM_MAPPED", NULL);
  view_read();
  assert_string_equal(scene_get(L"Y:\\data\\t.txt"), "nothing");
}

/* What cmd.exe, which is no program of ours, writes into a file; its exit code. */
static DWORD run_cmd(const wchar_t *program, const wchar_t *command) {
  wchar_t line[1500];
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION info;
  DWORD code = 1;
  _snwprintf(line, 1500, L"cmd.exe /c %ls", command);
  if (!CreateProcessW(program, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, scene_folder, &start, &info))
    return GetLastError();
  assert_int_equal(WaitForSingleObject(info.hProcess, INFINITE), WAIT_OBJECT_0);
  assert_true(GetExitCodeProcess(info.hProcess, &code));
  CloseHandle(info.hThread);
  CloseHandle(info.hProcess);
  return code;
}

static void programs_of_a_container_see_what_it_does(void **state) {
  wchar_t cmd[MAX_PATH], command[1000];
  (void)state;
  CreateDirectoryW(scene_path(L"image"), NULL);
  scene_put(scene_path(L"image\\t.txt"), "of the image");
  assert_true(route_put(scene_path(L"hpc"), scene_path(L"image")));
  GetSystemDirectoryW(cmd, MAX_PATH);
  wcscat(cmd, L"\\cmd.exe");
  _snwprintf(command, 1000, L"type %ls > out.txt", scene_path(L"hpc\\t.txt"));
  run_cmd(cmd, command);
  assert_string_equal(scene_get(scene_path(L"out.txt")), "");
  SetEnvironmentVariableW(L"CONTAINER_SANDBOX_MOUNT_POINT", scene_path(L"hpc"));
  run_cmd(cmd, command);
  assert_string_equal(scene_get(scene_path(L"out.txt")), "of the image");
  /* what such a program starts */
  _snwprintf(command, 1000, L"cmd /c type %ls > second.txt", scene_path(L"hpc\\t.txt"));
  run_cmd(cmd, command);
  assert_string_equal(scene_get(scene_path(L"second.txt")), "of the image");
  /* a program of the image */
  assert_true(CopyFileW(cmd, scene_path(L"image\\cmd.exe"), FALSE));
  assert_int_equal(run_cmd(scene_path(L"hpc\\cmd.exe"), L"exit 7"), 7);
  SetEnvironmentVariableW(L"CONTAINER_SANDBOX_MOUNT_POINT", NULL);
  _snwprintf(command, 1000, L"Y:\\data|%ls|r", scene_path(L"image"));
  SetEnvironmentVariableW(L"HCSSIM_MAPPED", command);
  run_cmd(cmd, L"type Y:\\data\\t.txt > third.txt");
  assert_string_equal(scene_get(scene_path(L"third.txt")), "of the image");
  run_cmd(cmd, L"echo changed> Y:\\data\\t.txt");
  assert_string_equal(scene_get(scene_path(L"image\\t.txt")), "of the image");
  SetEnvironmentVariableW(L"HCSSIM_MAPPED", NULL);
  assert_true(route_remove(scene_path(L"hpc")));
}

static void a_volume_is_mounted_in_a_folder(void **state) {
  (void)state;
  CreateDirectoryW(scene_path(L"layer"), NULL);
  CreateDirectoryW(scene_path(L"mount"), NULL);
  scene_put(scene_path(L"layer\\a.txt"), "in the layer");
  assert_true(route_put(VOLUME, scene_path(L"layer")));
  assert_true(SetVolumeMountPointW(scene_path(L"mount\\"), VOLUME L"\\"));
  assert_string_equal(scene_get(scene_path(L"mount\\a.txt")), "in the layer");
  assert_true(DeleteVolumeMountPointW(scene_path(L"mount\\")));
  assert_false(DeleteVolumeMountPointW(scene_path(L"mount\\")));
  assert_int_equal(GetLastError(), ERROR_NOT_A_REPARSE_POINT);
  assert_string_equal(scene_get(scene_path(L"mount\\a.txt")), "nothing");
  route_remove(VOLUME);
}

/* dockerd's expansion of a scratch: the volume as a device has the disk's file behind it, and no room to grow. */
static void a_volume_is_a_device_too(void **state) {
  LONGLONG length = 0;
  ULARGE_INTEGER all;
  DWORD got;
  HANDLE device;
  (void)state;
  CreateDirectoryW(scene_path(L"scratch"), NULL);
  CreateDirectoryW(scene_path(L"scratch\\Volume"), NULL);
  scene_put(scene_path(L"scratch\\sandbox.vhdx"), "disk");
  assert_true(route_put(VOLUME, scene_path(L"scratch\\Volume")));
  device = CreateFileW(VOLUME, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0,
                       NULL);
  assert_true(device != INVALID_HANDLE_VALUE);
  assert_true(DeviceIoControl(device, 0x7405C, NULL, 0, &length, sizeof length, &got, NULL));
  assert_int_equal(got, sizeof length);
  assert_true(GetDiskFreeSpaceExW(VOLUME L"\\", NULL, &all, NULL));
  assert_true(length > 0 && (ULONGLONG)length <= all.QuadPart);
  assert_false(DeviceIoControl(device, 0x7405C, NULL, 0, &length, 4, &got, NULL));
  CloseHandle(device);
  route_remove(VOLUME);
}

static void the_table_has_an_end(void **state) {
  BOOL read_only = FALSE;
  wchar_t name[80], long_name[ROUTE_UNITS + 1], out[64];
  unsigned put_count = 0;
  (void)state;
  for (unsigned i = 0; i < ROUTE_UNITS; i++)
    long_name[i] = L'x';
  long_name[ROUTE_UNITS] = 0;
  assert_false(route_put(long_name, scene_folder));
  assert_false(route_put(scene_folder, long_name));
  assert_false(route_put(L"\\", scene_folder));
  for (unsigned i = 0; i <= ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    put_count += (unsigned)route_put(name, scene_folder);
  }
  assert_true(put_count <= ROUTE_MOST && put_count > 0);
  assert_int_equal(route_follow(L"Z:\\route-1\\a", 12, out, 3, &read_only), 0);
  for (unsigned i = 0; i <= ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    route_remove(name);
  }
  /* a full table gives the place of one whose target is gone */
  for (unsigned i = 0; i < ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    route_put(name, L"Z:\\no such folder");
  }
  assert_true(route_put(L"Z:\\one more", scene_folder));
  assert_true(route_remove(L"Z:\\one more"));
  for (unsigned i = 0; i < ROUTE_MOST; i++) {
    _snwprintf(name, 80, L"Z:\\route-%u", i);
    route_remove(name);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_file_is_written_from_its_streams),
      cmocka_unit_test(a_file_is_read_as_streams),
      cmocka_unit_test(folders_and_empty_files_have_no_stream),
      cmocka_unit_test(a_volume_leads_to_its_folder),
      cmocka_unit_test(a_file_gets_a_new_name_in_a_volume),
      cmocka_unit_test(wine_s_own_volumes_can_be_opened),
      cmocka_unit_test(a_folder_is_bound),
      cmocka_unit_test(a_folder_is_bound_for_reading),
      cmocka_unit_test(what_is_bound_to_a_volume_goes_with_it),
      cmocka_unit_test(a_volume_is_mounted_in_a_folder),
      cmocka_unit_test(a_volume_is_a_device_too),
      cmocka_unit_test(the_table_has_an_end),
      cmocka_unit_test(a_process_sees_what_its_container_maps),
      cmocka_unit_test(programs_of_a_container_see_what_it_does),
  };
  return scene_run(tests, sizeof tests / sizeof tests[0]);
}
