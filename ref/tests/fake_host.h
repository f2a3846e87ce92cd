/* SPDX-License-Identifier: Apache-2.0 */
/* A host, and a utility VM, that answer from a table and write down what they were asked. */
#ifndef HCSREF_TESTS_FAKE_HOST_H
#define HCSREF_TESTS_FAKE_HOST_H

#include "hcsref/host.h"
#include "support.h"

#include <stdio.h>

/* One answer: a text, or a failure "!message", "-" (does not exist), "?" (out of memory). The questions are
 * "stat P", "mkdir P", "resolve P", "read P", "id P", "uvm", "vsmb ro P", "vsmb rw P", "add ro P", "add rw P". */
typedef struct fake_answer {
  const char *question, *answer;
} fake_answer;

/* Without an answer: paths are there unless they end in .cim, are their own final paths and are shared under "V:"; an
 * id is 00…0F; no file can be read; the folder of a utility VM is not known. */
typedef struct fake_host {
  int32_t processors;
  uint32_t build;
  hcsref_str cim_volume;      /* empty: no cim is mounted */
  const fake_answer *answers; /* ended by a null question */
  hcsref_host host;
  hcsref_hosting_system vm;
  char log[2048]; /* a question a line */
  size_t log_length;
} fake_host;

static inline const char *fake_ask(fake_host *fake, const char *verb, hcsref_str path) {
  char question[512];
  int length = snprintf(question, sizeof question, "%s%s%.*s", verb, path.len == 0 ? "" : " ", (int)path.len,
                        path.len == 0 ? "" : path.data);
  assert_true(length >= 0 && (size_t)length < sizeof question);
  length = snprintf(fake->log + fake->log_length, sizeof fake->log - fake->log_length, "%s\n", question);
  assert_true(length >= 0 && (size_t)length < sizeof fake->log - fake->log_length);
  fake->log_length += (size_t)length;
  for (const fake_answer *a = fake->answers; a != NULL && a->question != NULL; a++)
    if (strcmp(a->question, question) == 0)
      return a->answer;
  return NULL;
}

/* Takes a failure apart; false when `answer` is one. */
static inline bool fake_succeeds(const char *answer, hcsref_str *message) {
  if (answer == NULL || (answer[0] != '!' && strcmp(answer, "-") != 0 && strcmp(answer, "?") != 0))
    return true;
  if (answer[0] == '!')
    *message = hcsref_cstr(answer + 1);
  return false;
}

static inline int32_t fake_processor_count(void *ctx) {
  return ((fake_host *)ctx)->processors;
}

static inline uint32_t fake_os_build(void *ctx) {
  return ((fake_host *)ctx)->build;
}

static inline bool fake_layer_id(void *ctx, hcsref_arena *arena, hcsref_str folder, hcsref_guid *id,
                                 hcsref_str *message) {
  (void)arena;
  for (unsigned i = 0; i < 16; i++)
    id->data[i] = (unsigned char)(i * 17);
  return fake_succeeds(fake_ask(ctx, "id", folder), message);
}

static inline hcsref_path_status fake_stat(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                           hcsref_str *message) {
  const char *answer = fake_ask(ctx, "stat", path);
  (void)arena;
  (void)is_dir;
  if (answer == NULL && hcsref_str_has_suffix(path, HCSREF_LIT(".cim")))
    answer = "-";
  if (fake_succeeds(answer, message))
    return HCSREF_PATH_OK;
  if (strcmp(answer, "-") != 0)
    return HCSREF_PATH_FAILED;
  *message = HCSREF_LIT("not there");
  return HCSREF_PATH_NOT_EXIST;
}

static inline bool fake_mkdir(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *message) {
  (void)arena;
  return fake_succeeds(fake_ask(ctx, "mkdir", path), message);
}

static inline bool fake_resolve(void *ctx, hcsref_arena *arena, hcsref_str path, int mode, hcsref_str *target,
                                hcsref_str *message) {
  const char *answer = fake_ask(ctx, "resolve", path);
  (void)arena;
  (void)mode;
  *target = answer == NULL ? path : hcsref_cstr(answer);
  return fake_succeeds(answer, message);
}

static inline bool fake_read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data,
                                  hcsref_str *message) {
  const char *answer = fake_ask(ctx, "read", path);
  (void)arena;
  if (answer == NULL)
    answer = "!no such file";
  *data = hcsref_cstr(answer);
  return fake_succeeds(answer, message);
}

static inline bool fake_uvm_folder(void *ctx, hcsref_arena *arena, const hcsref_str *folders, size_t count,
                                   hcsref_str *folder, hcsref_str *message, bool *answered) {
  const char *answer = fake_ask(ctx, "uvm", HCSREF_LIT(""));
  (void)arena;
  (void)folders;
  (void)count;
  *answered = answer != NULL;
  if (answer != NULL)
    *folder = hcsref_cstr(answer);
  return fake_succeeds(answer, message);
}

static inline bool fake_vsmb_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool read_only, hcsref_str *guest,
                                  hcsref_str *message) {
  const char *answer = fake_ask(ctx, read_only ? "vsmb ro" : "vsmb rw", path);
  if (answer == NULL)
    return hcsref_format(arena, guest, "V:%v", path);
  *guest = hcsref_cstr(answer);
  return fake_succeeds(answer, message);
}

/* Only asked for where a cim is; not written down. */
static inline bool fake_cim_volume(void *ctx, hcsref_str *volume) {
  const fake_host *fake = ctx;
  *volume = fake->cim_volume;
  return volume->len != 0;
}

static inline bool fake_add_vsmb(void *ctx, hcsref_arena *arena, hcsref_str path, bool read_only, hcsref_str *message) {
  (void)arena;
  return fake_succeeds(fake_ask(ctx, read_only ? "add ro" : "add rw", path), message);
}

/* Eight processors, Windows Server 2022; a utility VM with two. */
static inline void fake_host_init(fake_host *fake, const fake_answer *answers) {
  static const hcsref_host_ops ops = {fake_processor_count, fake_os_build,  fake_layer_id,   fake_stat,      fake_mkdir,
                                      fake_resolve,         fake_read_file, fake_uvm_folder, fake_cim_volume};
  static const hcsref_hosting_system_ops vm_ops = {.vsmb_path = fake_vsmb_path, .add_vsmb = fake_add_vsmb};
  memset(fake, 0, sizeof *fake);
  fake->processors = 8;
  fake->build = HCSREF_BUILD_LTSC2022;
  fake->answers = answers;
  fake->host.ops = &ops;
  fake->host.ctx = fake;
  fake->vm.id = HCSREF_LIT("vm");
  fake->vm.os = HCSREF_LIT("windows");
  fake->vm.processor_count = 2;
  fake->vm.ops = &vm_ops;
  fake->vm.ctx = fake;
}

#define FAKE_ID "00112233-4455-6677-8899-aabbccddeeff"

#endif
