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

bool sim_stack_removes(const sim_stack *stack, size_t layer, hcsref_str name) {
  sim_stack_layer *l = &stack->layers[layer];
  covering c = {name, false};
  if (!l->removed.is_read)
    l->removed.is_read = sim_removed_names(stack->call, l->folder, &l->removed.text);
  if (l->removed.is_read)
    sim_tombstones_list(l->removed.text, covers, &c);
  return c.found;
}

static bool is_line(void *context, hcsref_str line) {
  covering *c = context;
  c->found = hcsref_str_equal_ascii_fold(c->name, line);
  return !c->found;
}

/* ImportLayer put every name of the parents into each folder that the layer itself came with. A folder that it made for
 * a parent's is on the list, and empty. */
static bool find_whole(const sim_stack *stack, sim_stack_layer *l, hcsref_str folder) {
  covering c = {folder, false};
  if (!l->placeholders.is_read)
    l->placeholders.is_read =
        sim_list_read(stack->call, l->folder, HCSREF_LIT("\\" SIM_PLACEHOLDERS), &l->placeholders.text);
  if (!l->placeholders.is_read || l->placeholders.text.len == 0 ||
      sim_stack_kind_in(stack->call, l->files, folder) != OS_FOLDER)
    return false;
  sim_tombstones_list(l->placeholders.text, is_line, &c);
  return !c.found;
}

bool sim_stack_is_whole(const sim_stack *stack, size_t layer, hcsref_str folder) {
  sim_stack_layer *l = &stack->layers[layer];
  if (!l->was_asked || !hcsref_str_equal(l->asked, folder)) {
    l->whole = find_whole(stack, l, folder);
    l->asked = folder;
    l->was_asked = true;
  }
  return l->whole;
}

static hcsref_str folder_of(hcsref_str name) {
  size_t end = name.len;
  while (end > 0 && name.data[end - 1] != '\\')
    end--;
  return hcsref_str_first(name, end > 0 ? end - 1 : 0);
}

size_t sim_stack_seen(const sim_stack *stack, hcsref_str name, os_kind *kind) {
  for (size_t i = 0; i < stack->count; i++) {
    *kind = sim_stack_kind_in(stack->call, stack->layers[i].files, name);
    if (*kind != OS_NOTHING)
      return i;
    if (sim_stack_is_whole(stack, i, folder_of(name)) || sim_stack_removes(stack, i, name))
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

static bool open_layer(sim_call *call, hcsref_str folder, sim_stack_layer *out) {
  memset(out, 0, sizeof(*out));
  out->folder = sim_c_string(&call->arena, sim_layer_path(folder));
  out->files = out->folder == NULL ? NULL : sim_stack_path(call, out->folder, HCSREF_LIT("\\Files"));
  return out->files != NULL || (sim_going(call) && sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory."));
}

bool sim_stack_open(sim_stack *stack, sim_call *call, const hcsref_str *folders, size_t count) {
  stack->call = call;
  stack->layers = hcsref_arena_array(&call->arena, count, sizeof(*stack->layers));
  if (stack->layers == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  for (stack->count = 0; stack->count < count; stack->count++)
    if (!open_layer(call, folders[stack->count], &stack->layers[stack->count]))
      return false;
  return true;
}
