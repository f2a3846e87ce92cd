/* SPDX-License-Identifier: Apache-2.0 */
/* Windows: this program's own file, as the loader has it in memory. */
#include "engine/os/os_windows.h"

#include <stdlib.h>

#define LONGEST_PATH 32768u

char *os_program_path(void) {
  wchar_t *wide = malloc(LONGEST_PATH * sizeof(*wide));
  const DWORD length = wide == NULL ? 0 : GetModuleFileNameW(NULL, wide, LONGEST_PATH);
  char *path = length > 0 && length < LONGEST_PATH ? os_utf8(wide) : NULL;
  free(wide);
  return path;
}

/* Each part that the system has in memory and lets be read; false: `each` wants no more. */
static bool each_readable(const BYTE *at, size_t size, bool (*each)(void *context, const void *data, size_t size),
                          void *context) {
  const DWORD readable = PAGE_READONLY | PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE |
                         PAGE_EXECUTE_WRITECOPY;
  bool go = true;
  size_t done = 0;
  while (go && done < size) {
    MEMORY_BASIC_INFORMATION info;
    size_t length;
    if (VirtualQuery(at + done, &info, sizeof(info)) == 0)
      return true;
    length = info.RegionSize - (size_t)(at + done - (const BYTE *)info.BaseAddress);
    length = length < size - done ? length : size - done;
    if (info.State == MEM_COMMIT && (info.Protect & readable) != 0 && (info.Protect & PAGE_GUARD) == 0)
      go = each(context, at + done, length);
    done += length;
  }
  return go;
}

void os_program_image(bool (*each)(void *context, const void *data, size_t size), void *context) {
  const BYTE *base = (const BYTE *)GetModuleHandleW(NULL);
  const IMAGE_DOS_HEADER *dos = (const IMAGE_DOS_HEADER *)(const void *)base;
  const IMAGE_NT_HEADERS *headers;
  const IMAGE_SECTION_HEADER *sections;
  bool go = true;
  if (base == NULL || dos->e_magic != IMAGE_DOS_SIGNATURE)
    return;
  headers = (const IMAGE_NT_HEADERS *)(const void *)(base + dos->e_lfanew);
  if (headers->Signature != IMAGE_NT_SIGNATURE)
    return;
  sections = IMAGE_FIRST_SECTION(headers);
  /* Go's linker puts its build information first into what can be written (debug/buildinfo peExe.DataStart), behind
   * some megabytes of code. */
  for (int written = 1; written >= 0; written--)
    for (WORD i = 0; go && i < headers->FileHeader.NumberOfSections; i++)
      if (((sections[i].Characteristics & IMAGE_SCN_MEM_WRITE) != 0) == (written != 0))
        go = each_readable(base + sections[i].VirtualAddress, sections[i].Misc.VirtualSize, each, context);
}

const void *os_program_version(size_t *size) {
  const HMODULE program = GetModuleHandleW(NULL);
  const HRSRC found = FindResourceW(program, MAKEINTRESOURCEW(1), MAKEINTRESOURCEW(16)); /* RT_VERSION */
  const HGLOBAL loaded = found == NULL ? NULL : LoadResource(program, found);
  *size = found == NULL ? 0 : SizeofResource(program, found);
  return loaded == NULL ? NULL : LockResource(loaded);
}
