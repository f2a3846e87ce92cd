/* SPDX-License-Identifier: Apache-2.0 */
#include "wine/gaps.h"

#include <string.h>

/* A system call of Wine on x86-64 is at most this long, and does not depend on where it stands:
 * mov r10,rcx; mov eax,NUMBER; test byte [abs],1; jne; syscall; ret; call [abs]; ret. */
#define CALL_BYTES 32u
#define JUMP_BYTES 12u

static FARPROC export_of_ntdll(const char *name) {
  HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  return ntdll == NULL ? NULL : GetProcAddress(ntdll, name);
}

BOOL gap_is_wine(void) {
  return export_of_ntdll("wine_get_version") != NULL;
}

/* mov rax,`instead`; jmp rax. */
static BOOL put_jump(unsigned char *code, void *instead) {
  unsigned char jump[JUMP_BYTES] = {0x48, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xE0};
  DWORD old;
  if (!VirtualProtect(code, sizeof jump, PAGE_EXECUTE_READWRITE, &old))
    return FALSE;
  memcpy(jump + 2, &instead, sizeof instead);
  memcpy(code, jump, sizeof jump);
  return VirtualProtect(code, sizeof jump, old, &old);
}

BOOL gap_instead_of(const wchar_t *dll, const char *name, void *instead) {
  HMODULE module = GetModuleHandleW(dll);
  union {
    FARPROC function;
    unsigned char *code;
  } at = {module == NULL ? NULL : GetProcAddress(module, name)};
  return at.code != NULL && put_jump(at.code, instead);
}

void *gap_before_pushes(const wchar_t *dll, const char *name, void *instead) {
  /* push r15, r14, r13, r12, rbp, rdi, rsi, rbx: as long as a jump, and the same wherever it stands */
  static const unsigned char begin[JUMP_BYTES] = {0x41, 0x57, 0x41, 0x56, 0x41, 0x55,
                                                  0x41, 0x54, 0x55, 0x57, 0x56, 0x53};
  HMODULE module = GetModuleHandleW(dll);
  union {
    FARPROC function;
    unsigned char *code;
  } at = {module == NULL ? NULL : GetProcAddress(module, name)};
  unsigned char *copy;
  if (at.code == NULL || memcmp(at.code, begin, sizeof begin) != 0)
    return NULL;
  copy = VirtualAlloc(NULL, 2 * JUMP_BYTES, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  if (copy == NULL)
    return NULL;
  memcpy(copy, begin, sizeof begin);
  return put_jump(copy + JUMP_BYTES, at.code + JUMP_BYTES) && put_jump(at.code, instead) ? copy : NULL;
}

BOOL gap_is_not_written(void) {
  DWORD error = GetLastError();
  return error == ERROR_CALL_NOT_IMPLEMENTED || error == ERROR_NOT_SUPPORTED;
}

void *gap_before_system_call(const char *name, void *instead) {
  static const unsigned char begin[] = {0x4C, 0x8B, 0xD1, 0xB8};
  union {
    FARPROC function;
    unsigned char *code;
  } at;
  unsigned char *copy;
  at.function = export_of_ntdll(name);
  if (at.code == NULL || memcmp(at.code, begin, sizeof begin) != 0)
    return NULL;
  copy = VirtualAlloc(NULL, CALL_BYTES, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  if (copy == NULL)
    return NULL;
  memcpy(copy, at.code, CALL_BYTES);
  return put_jump(at.code, instead) ? copy : NULL;
}
