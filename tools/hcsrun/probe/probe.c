/* SPDX-License-Identifier: Apache-2.0 */
/* hcsprobe: looks at a container from inside. It is mapped into the container beside nothing else, so it needs only
 * kernel32 and advapi32, which every Windows image has, Nano Server too.
 *
 *   exit N              ends with N              out TEXT / err TEXT   prints to a standard stream
 *   cat                 stdin to stdout          args [ARG]…           each argument on a line of its own
 *   env NAME            a variable's value       hostname              %COMPUTERNAME%
 *   exists PATH         0 when it is there       read PATH             the file's bytes
 *   write PATH TEXT     makes a file             remove PATH           deletes a file
 *   registry KEY NAME   "TYPE VALUE"             pipe NAME TEXT        writes TEXT, prints what comes back
 *   sleep MS            waits                    flood BYTES           prints so many
 *   spin MS THREADS     processor milliseconds used by THREADS busy threads in MS
 *   alloc MB            takes memory until it has MB or gets no more; prints how many it got
 *
 * Exit status: 0 done; 1 it failed (the Win32 error is printed on stderr); 2 usage. */
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int fail(const char *what) {
  fprintf(stderr, "hcsprobe: %s: error %lu\n", what, GetLastError());
  return 1;
}

static int put(const char *text, size_t size) {
  return fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0 ? 0 : 1;
}

static int run_exit(char **args) {
  return atoi(args[0]);
}

static int run_out(char **args) {
  return put(args[0], strlen(args[0]));
}

static int run_err(char **args) {
  fputs(args[0], stderr);
  return 0;
}

static int run_cat(char **args) {
  char data[4096];
  size_t got;
  (void)args;
  while ((got = fread(data, 1, sizeof data, stdin)) > 0)
    if (put(data, got) != 0)
      return 1;
  return 0;
}

static int run_args(char **args) {
  for (; *args != NULL; args++)
    printf("[%s]\n", *args);
  return 0;
}

static int run_env(char **args) {
  char value[4096];
  DWORD length = GetEnvironmentVariableA(args[0], value, sizeof value);
  return length == 0 || length >= sizeof value ? fail(args[0]) : put(value, length);
}

static int run_hostname(char **args) {
  static char name[] = "COMPUTERNAME";
  char *list[] = {name, NULL};
  (void)args;
  return run_env(list);
}

static int run_exists(char **args) {
  return GetFileAttributesA(args[0]) == INVALID_FILE_ATTRIBUTES ? fail(args[0]) : 0;
}

static int copy_out(HANDLE file) {
  char data[4096];
  DWORD got = 0;
  while (ReadFile(file, data, sizeof data, &got, NULL) && got > 0)
    if (put(data, got) != 0)
      return 1;
  return 0;
}

static int run_read(char **args) {
  HANDLE file = CreateFileA(args[0], GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
  int status;
  if (file == INVALID_HANDLE_VALUE)
    return fail(args[0]);
  status = copy_out(file);
  CloseHandle(file);
  return status;
}

static int run_write(char **args) {
  HANDLE file = CreateFileA(args[0], GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  DWORD written = 0;
  BOOL ok;
  if (file == INVALID_HANDLE_VALUE)
    return fail(args[0]);
  ok = WriteFile(file, args[1], (DWORD)strlen(args[1]), &written, NULL);
  CloseHandle(file);
  return ok ? 0 : fail(args[0]);
}

static int run_remove(char **args) {
  return DeleteFileA(args[0]) ? 0 : fail(args[0]);
}

static HKEY root_of(const char **path) {
  if (_strnicmp(*path, "HKLM\\", 5) == 0) {
    *path += 5;
    return HKEY_LOCAL_MACHINE;
  }
  if (_strnicmp(*path, "HKCU\\", 5) == 0)
    *path += 5;
  return HKEY_CURRENT_USER;
}

static int run_registry(char **args) {
  const char *path = args[0];
  HKEY root = root_of(&path), key;
  char data[2048];
  DWORD type = 0, size = sizeof data - 1;
  LSTATUS status = RegOpenKeyExA(root, path, 0, KEY_READ, &key);
  if (status == ERROR_SUCCESS) {
    status = RegQueryValueExA(key, args[1], NULL, &type, (BYTE *)data, &size);
    RegCloseKey(key);
  }
  SetLastError((DWORD)status);
  if (status != ERROR_SUCCESS)
    return fail(args[1]);
  data[size] = '\0';
  if (type == REG_DWORD) {
    DWORD number;
    memcpy(&number, data, sizeof number);
    printf("dword %lu", number);
  } else {
    printf("%s %s", type == REG_EXPAND_SZ ? "expanded" : "string", data);
  }
  return 0;
}

static int run_pipe(char **args) {
  HANDLE pipe = CreateFileA(args[0], GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
  char data[512];
  DWORD moved = 0;
  int status;
  if (pipe == INVALID_HANDLE_VALUE)
    return fail(args[0]);
  status = !WriteFile(pipe, args[1], (DWORD)strlen(args[1]), &moved, NULL) ||
                   !ReadFile(pipe, data, sizeof data, &moved, NULL)
               ? fail(args[0])
               : put(data, moved);
  CloseHandle(pipe);
  return status;
}

static int run_sleep(char **args) {
  Sleep((DWORD)atol(args[0]));
  return 0;
}

static int run_flood(char **args) {
  static char block[1000];
  memset(block, 'x', sizeof block);
  for (long left = atol(args[0]); left > 0; left -= (long)sizeof block)
    if (put(block, left < (long)sizeof block ? (size_t)left : sizeof block) != 0)
      return 1;
  return 0;
}

static volatile LONG stop_spinning;

static DWORD WINAPI spin(void *argument) {
  (void)argument;
  while (!stop_spinning)
    continue;
  return 0;
}

static int run_spin(char **args) {
  FILETIME created, ended, kernel, user;
  int threads = atoi(args[1]);
  for (int i = 0; i < threads; i++) {
    HANDLE thread = CreateThread(NULL, 0, spin, NULL, 0, NULL);
    if (thread == NULL)
      return fail("thread");
    CloseHandle(thread);
  }
  Sleep((DWORD)atol(args[0]));
  stop_spinning = 1;
  if (!GetProcessTimes(GetCurrentProcess(), &created, &ended, &kernel, &user))
    return fail("times");
  printf("%lu", (unsigned long)((((unsigned long long)user.dwHighDateTime << 32) + user.dwLowDateTime) / 10000));
  return 0;
}

static int run_alloc(char **args) {
  long wanted = atol(args[0]), got = 0;
  for (; got < wanted; got++) {
    char *block = VirtualAlloc(NULL, 1 << 20, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    if (block == NULL)
      break;
    for (size_t i = 0; i < 1 << 20; i += 4096)
      block[i] = 1;
  }
  printf("%ld", got);
  return 0;
}

typedef struct command {
  const char *name;
  int operands; /* at least */
  int (*run)(char **args);
} command;

static const command commands[] = {
    {"exit", 1, run_exit},         {"out", 1, run_out},     {"err", 1, run_err},       {"cat", 0, run_cat},
    {"args", 0, run_args},         {"env", 1, run_env},     {"exists", 1, run_exists}, {"read", 1, run_read},
    {"hostname", 0, run_hostname}, {"write", 2, run_write}, {"remove", 1, run_remove}, {"registry", 2, run_registry},
    {"pipe", 2, run_pipe},         {"sleep", 1, run_sleep}, {"flood", 1, run_flood},   {"spin", 2, run_spin},
    {"alloc", 1, run_alloc},
};

int main(int argc, char **argv) {
  _setmode(0, _O_BINARY);
  _setmode(1, _O_BINARY);
  for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++)
    if (strcmp(argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].operands)
      return commands[i].run(argv + 2);
  fputs("usage: hcsprobe COMMAND [ARGUMENT]...\n", stderr);
  return 2;
}
