/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/layers/names.h"

#include "engine/layers/transport.h"
#include "engine/layers/tree.h"

#include <stdlib.h>
#include <string.h>

char *sim_stack_path(sim_call *call, const char *folder, hcsref_str name) {
  hcsref_str text = {NULL, 0};
  char *path = hcsref_format(&call->arena, &text, "%s%v", folder, name) ? sim_c_string(&call->arena, text) : NULL;
  if (path == NULL)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  for (char *at = path == NULL ? NULL : path + strlen(folder); at != NULL && *at != '\0'; at++)
    *at = *at == '\\' ? '/' : *at;
  return path;
}

os_kind sim_stack_kind_in(sim_call *call, const char *folder, hcsref_str name) {
  const char *path = sim_stack_path(call, folder, name);
  return path == NULL ? OS_NOTHING : os_path_kind(path);
}

bool sim_list_read(sim_call *call, const char *folder, hcsref_str name, hcsref_str *text) {
  const char *path = sim_stack_path(call, folder, name);
  size_t size = 0;
  char *data;
  bool ok;
  *text = hcsref_str_from(NULL, 0);
  if (path == NULL)
    return false;
  data = os_path_kind(path) == OS_FILE ? os_file_read(path, SIM_MAX_TREE_FILE, &size) : NULL;
  ok = data == NULL || hcsref_str_copy(&call->arena, hcsref_str_from(data, size), text) ||
       sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  free(data);
  return ok;
}

typedef struct looking {
  sim_call *call;
  const char *files;
  hcsref_buf *removed;
} looking;

static bool look(void *context, hcsref_str name) {
  const looking *l = context;
  if (sim_stack_kind_in(l->call, l->files, name) == OS_NOTHING) {
    hcsref_buf_append(l->removed, name);
    hcsref_buf_append_char(l->removed, '\n');
  }
  return sim_going(l->call);
}

bool sim_removed_names(sim_call *call, const char *folder, hcsref_str *text) {
  hcsref_buf removed = {.arena = &call->arena};
  hcsref_str placeholders;
  looking l = {.call = call, .removed = &removed};
  if (!sim_list_read(call, folder, HCSREF_LIT("\\tombstones.txt"), text) ||
      !sim_list_read(call, folder, HCSREF_LIT("\\" SIM_PLACEHOLDERS), &placeholders) ||
      (l.files = sim_stack_path(call, folder, HCSREF_LIT("\\Files"))) == NULL)
    return false;
  if (placeholders.len == 0)
    return true;
  hcsref_buf_append(&removed, text->len == 0 ? SIM_LIST_HEADER : *text);
  if (removed.len > 0 && removed.data[removed.len - 1] != '\n')
    hcsref_buf_append_char(&removed, '\n');
  sim_tombstones_list(placeholders, look, &l);
  if (sim_going(call) && removed.failed)
    sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  *text = hcsref_buf_str(&removed);
  return sim_going(call);
}
