/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/layers/stack.h"

#include "engine/layers/transport.h"
#include "engine/layers/tree.h"

#include <stdlib.h>
#include <string.h>

typedef struct covering {
  hcsref_str name;
  bool found;
} covering;

/* A line of tombstones.txt covers its own name and all below it. */
static bool covers(void *context, hcsref_str line) {
  covering *c = context;
  c->found = c->name.len >= line.len && hcsref_str_equal_ascii_fold(hcsref_str_first(c->name, line.len), line) &&
             (c->name.len == line.len || c->name.data[line.len] == '\\');
  return !c->found;
}

bool sim_stack_removes(const sim_stack_layer *layer, hcsref_str name) {
  covering c = {name, false};
  sim_tombstones_list(layer->removed, covers, &c);
  return c.found;
}

size_t sim_stack_seen(const sim_stack *stack, hcsref_str name, os_kind *kind) {
  for (size_t i = 0; i < stack->count; i++) {
    *kind = sim_stack_kind_in(stack->call, stack->layers[i].files, name);
    if (*kind != OS_NOTHING)
      return i;
    if (sim_stack_removes(&stack->layers[i], name))
      break;
  }
  *kind = OS_NOTHING;
  return SIM_NO_LAYER;
}

bool sim_stack_files_equal(const char *left, const char *right) {
  size_t left_size = 0, right_size = 0;
  char *one = os_file_read(left, SIM_MAX_TREE_FILE, &left_size);
  char *other = one == NULL ? NULL : os_file_read(right, SIM_MAX_TREE_FILE, &right_size);
  bool equal = other != NULL && left_size == right_size && memcmp(one, other, left_size) == 0;
  free(one);
  free(other);
  return equal;
}

bool sim_stack_layer_read(sim_call *call, hcsref_str folder, sim_stack_layer *out) {
  const char *path = sim_c_string(&call->arena, sim_layer_path(folder));
  out->files = path == NULL ? NULL : sim_stack_path(call, path, HCSREF_LIT("\\Files"));
  if (out->files == NULL)
    return sim_going(call) && sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  return sim_removed_names(call, path, &out->removed);
}

bool sim_stack_open(sim_stack *stack, sim_call *call, const hcsref_str *folders, size_t count) {
  stack->call = call;
  stack->layers = hcsref_arena_array(&call->arena, count, sizeof(*stack->layers));
  if (stack->layers == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  for (stack->count = 0; stack->count < count; stack->count++)
    if (!sim_stack_layer_read(call, folders[stack->count], &stack->layers[stack->count]))
      return false;
  return true;
}
