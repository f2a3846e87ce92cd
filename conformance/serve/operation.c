/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/operation.h"

#include <string.h>

static const serve_operations *const groups[] = {
    &serve_path_operations,    &serve_rule_operations,   &serve_cri_operations,   &serve_document_operations,
    &serve_shim_operations,    &serve_docker_operations, &serve_vm_operations,    &serve_update_operations,
    &serve_process_operations, &serve_bridge_operations, &serve_guest_operations,
};

const serve_operation *serve_operation_at(size_t i) {
  for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
    if (i < groups[g]->count)
      return &groups[g]->items[i];
    i -= groups[g]->count;
  }
  return NULL;
}

const serve_operation *serve_find_operation(hcsref_str name) {
  if (name.len == 0)
    return NULL;
  for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++)
    for (size_t i = 0; i < groups[g]->count; i++) {
      const serve_operation *operation = &groups[g]->items[i];
      if (operation->name[0] == name.data[0] && hcsref_str_equal(hcsref_cstr(operation->name), name))
        return operation;
    }
  return NULL;
}

bool serve_performs(const hcsref_profile *profile, const serve_operation *operation) {
  for (int i = 0; i < HCSREF_PROGRAM_COUNT; i++)
    if ((operation->performers >> i & 1u) != 0 && hcsref_profile_rules(profile, (hcsref_program)i) != NULL)
      return true;
  return false;
}

/* Finds the program that performs the operation. */
static bool find_rules(const serve_operation *operation, serve_request *request) {
  int performer = hcsref_profile_performer(request->profile, operation->performers);
  int wanted = 0;
  if (performer < HCSREF_PROGRAM_COUNT) {
    request->rules = hcsref_profile_rules(request->profile, (hcsref_program)performer);
    return true;
  }
  while ((operation->performers >> wanted & 1u) == 0)
    wanted++;
  return hcsref_fail(request->arena, request->err, SERVE_UNSUPPORTED, HCSREF_LIT(""), "profile %v has no %s",
                     hcsref_profile_name(request->profile), hcsref_program_name((hcsref_program)wanted));
}

bool serve_run_operation(const serve_operation *operation, hcsref_str params, serve_request *request) {
  void *in = hcsref_arena_alloc(request->arena, operation->params->size);
  void *out = operation->answer == NULL ? NULL : hcsref_arena_alloc(request->arena, operation->answer->size);
  size_t before = request->reply->len;
  if (in == NULL || (operation->answer != NULL && out == NULL))
    return hcsref_fail_memory(request->err);
  if (!find_rules(operation, request))
    return false;
  if (params.len > 0 && !hcsref_json_decode_as(request->arena, request->rules, params, operation->params,
                                               HCSREF_JSON_WHOLE, in, request->err))
    return false;
  if (!operation->run(request, in, out) ||
      (out != NULL && !hcsref_json_append_as(request->reply, request->rules, operation->answer, out, request->err))) {
    request->reply->len = before;
    return false;
  }
  return true;
}
