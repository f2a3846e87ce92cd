/* SPDX-License-Identifier: Apache-2.0 */
/* A scripted VM host, and what several tests of VMs need. */
#ifndef HCSREF_TESTS_VM_STAGE_H
#define HCSREF_TESTS_VM_STAGE_H

#include "support.h"

#include "hcsref/profile.h"
#include "hcsref/script.h"
#include "hcsref/uvm.h"
#include "hcsref/vm.h"

#define V0_11  "hcsshim-0.11.7+go-1.22.12"
#define V0_12  "hcsshim-0.12.9+go-1.22.12"
#define V0_13  "hcsshim-0.13.0+go-1.24.4"
#define V0_14  "hcsshim-0.14.1+go-1.24.4"
#define V_MAIN "hcsshim-7c9ff7f48+go-1.26.10"

typedef struct vm_stage {
  hcsref_arena arena; /* of the test itself */
  const hcsref_profile *profile;
  hcsref_vm_script *script;
  hcsref_vm_host host;
  hcsref_error err;
} vm_stage;

static inline void vm_decode(hcsref_arena *arena, const char *text, const hcsref_type *type, void *out) {
  hcsref_error err = {0};
  if (!hcsref_json_decode(arena, hcsref_cstr(text), type, HCSREF_JSON_WHOLE, out, &err))
    fail_msg("%.*s in %s", (int)err.message.len, err.message.data, text);
}

static inline void vm_stage_init(vm_stage *s, const char *profile, const char *host) {
  memset(s, 0, sizeof *s);
  hcsref_arena_init(&s->arena, NULL, 0);
  s->profile = hcsref_profile_find(&s->arena, hcsref_cstr(profile), &s->err);
  if (s->profile == NULL)
    fail_msg("%s: %.*s", profile, (int)s->err.message.len, s->err.message.data);
  if (!hcsref_vm_script_load(&s->arena, hcsref_cstr(host), &s->script, &s->err))
    fail_msg("%.*s", (int)s->err.message.len, s->err.message.data);
  hcsref_script_keep_calls(hcsref_vm_script_base(s->script));
  s->host = hcsref_vm_script_host(s->script);
}

static inline void vm_stage_free(vm_stage *s) {
  hcsref_arena_free(&s->arena);
}

/* What was asked from number `first` on: a line "TO TEXT" for each. */
static inline hcsref_str vm_requests(vm_stage *s, size_t first) {
  const hcsref_slice *requests = hcsref_vm_script_requests(s->script);
  const hcsref_vm_request *items = requests->items;
  hcsref_buf buf = {.arena = &s->arena};
  for (size_t i = first; i < requests->len; i++) {
    hcsref_buf_append(&buf, hcsref_cstr(items[i].to));
    hcsref_buf_append_char(&buf, ' ');
    hcsref_buf_append(&buf, items[i].text);
    hcsref_buf_append_char(&buf, '\n');
  }
  assert_false(buf.failed);
  return hcsref_buf_str(&buf);
}

static inline size_t vm_count(const vm_stage *s) {
  return hcsref_vm_script_requests(s->script)->len;
}

/* The calls of the host, one a line. */
static inline hcsref_str vm_calls(vm_stage *s) {
  const hcsref_slice *calls = hcsref_script_calls(hcsref_vm_script_base(s->script));
  const hcsref_str *items = calls->items;
  hcsref_buf buf = {.arena = &s->arena};
  for (size_t i = 0; i < calls->len; i++) {
    hcsref_buf_append(&buf, items[i]);
    hcsref_buf_append_char(&buf, '\n');
  }
  return hcsref_buf_str(&buf);
}

#endif
