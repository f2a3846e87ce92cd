/* SPDX-License-Identifier: Apache-2.0 */
/* A VM with a container. */
#ifndef HCSREF_TESTS_VM_CONTAINER_STAGE_H
#define HCSREF_TESTS_VM_CONTAINER_STAGE_H

#include "vm_stage.h"

#include <stdio.h>

#define FILES                                                                                                          \
  "\"files\":{\"L\":{\"dir\":true},\"B\":{\"dir\":true},\"S\":{\"dir\":true},\"S\\\\sandbox.vhdx\":\"\","              \
  "\"C:\\\\d\":{\"dir\":true},\"C:\\\\f\\\\a.txt\":\"\",\"C:\\\\f\":{\"dir\":true}},"                                  \
  "\"layer_ids\":{\"L\":\"aaaaaaaa-0000-5000-8000-000000000001\",\"B\":\"aaaaaaaa-0000-5000-8000-000000000002\"}"
#define HOST                  "{" FILES "}"
#define HOST_REFUSING(number) "{" FILES ",\"modify_errors\":{\"" #number "\":\"no\"}}"

typedef struct run {
  vm_stage stage;
  hcsref_vm_facts facts;
  hcsref_vm *vm;
  hcsref_oci_spec spec;
  hcsref_vm_container *container;
  bool made;
} run;

static inline void begin(run *r, const char *profile, const char *host) {
  memset(r, 0, sizeof *r);
  vm_stage_init(&r->stage, profile, host);
  r->facts.id = HCSREF_LIT("p@vm");
  r->facts.processor_count = 2;
  if (!hcsref_vm_open(&r->stage.arena, r->stage.profile, &r->facts, &r->stage.host, &r->vm, &r->stage.err))
    fail_msg("%s", r->stage.err.code);
}

static inline void make(run *r, const char *spec) {
  vm_decode(&r->stage.arena, spec, &hcsref_type_oci_spec, &r->spec);
  r->made = hcsref_vm_create_container(r->vm, HCSREF_LIT("c"), &r->spec, &r->container, &r->stage.err);
}

static inline bool contains(hcsref_str text, const char *part) {
  const hcsref_str wanted = hcsref_cstr(part);
  for (size_t i = 0; i + wanted.len <= text.len; i++)
    if (memcmp(text.data + i, wanted.data, wanted.len) == 0)
      return true;
  return false;
}

#define assert_contains(text, part)                                                                                    \
  do {                                                                                                                 \
    const hcsref_str whole_ = (text);                                                                                  \
    if (!contains(whole_, part))                                                                                       \
      fail_msg("no %s in\n%.*s", part, (int)whole_.len, whole_.data);                                                  \
  } while (0)

#endif
