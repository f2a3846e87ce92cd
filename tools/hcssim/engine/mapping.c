/* SPDX-License-Identifier: Apache-2.0 */
/* What a container maps; small steps for all documents. */
#include "engine/state.h"

#include <string.h>

bool sim_refuse(sim_call *call, uint32_t code, const char *path, hcsref_str value, const char *why) {
  return sim_fail(call, code, "The value %q of %s is not valid: %s.", value, path, why);
}

bool sim_keep(sim_call *call, hcsref_arena *arena, hcsref_str text, hcsref_str *out) {
  return hcsref_str_copy(arena, text, out) || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

bool sim_path_exists(sim_call *call, hcsref_str path) {
  const char *text = sim_c_string(&call->arena, path);
  return text != NULL && os_path_exists(text);
}

static bool is_drive_path(hcsref_str path) {
  return path.len >= 3 && path.data[1] == ':' && path.data[2] == '\\' &&
         ((path.data[0] >= 'A' && path.data[0] <= 'Z') || (path.data[0] >= 'a' && path.data[0] <= 'z'));
}

static bool add_mapping(sim_call *call, hcsref_arena *arena, hcsref_slice *list, hcsref_str inside, hcsref_str outside,
                        bool read_only) {
  const sim_mapping *others = list->items;
  sim_mapping *mapping;
  for (size_t i = 0; i < list->len; i++)
    if (hcsref_str_equal_ascii_fold(others[i].inside, inside))
      return sim_refuse(call, 0x800700B7u, "a mapping", inside, "it appears twice");
  mapping = hcsref_slice_push(arena, list, sizeof(*mapping));
  if (mapping == NULL)
    return sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
  mapping->read_only = read_only;
  return sim_keep(call, arena, inside, &mapping->inside) && sim_keep(call, arena, outside, &mapping->outside);
}

bool sim_add_directory(sim_call *call, hcsref_arena *arena, sim_container *out, hcsref_str inside, hcsref_str outside,
                       bool read_only) {
  if (!is_drive_path(inside))
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "ContainerPath", inside, "it is not an absolute path");
  if (!sim_path_exists(call, outside))
    return sim_refuse(call, HCSREF_ERROR_PATH_NOT_FOUND, "HostPath", outside, "it does not exist");
  return add_mapping(call, arena, &out->directories, inside, outside, read_only);
}

bool sim_add_pipe(sim_call *call, hcsref_arena *arena, sim_container *out, hcsref_str name, hcsref_str host) {
  hcsref_str prefix = HCSREF_LIT("\\\\.\\pipe\\");
  if (call->sim->build < HCSREF_BUILD_RS3)
    return sim_fail(call, HCSREF_ERROR_NOT_SUPPORTED, "Pipes need build %u.", (uint64_t)HCSREF_BUILD_RS3);
  if (name.len == 0 || hcsref_str_has_prefix(name, prefix))
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "ContainerPipeName", name, "it must be a bare name");
  if (!hcsref_str_has_prefix(host, prefix))
    return sim_refuse(call, HCSREF_ERROR_INVALID_PARAMETER, "HostPath", host, "it is not a pipe");
  return add_mapping(call, arena, &out->pipes, name, hcsref_str_skip(host, prefix.len), false);
}

bool sim_is_guid(hcsref_str text) {
  for (size_t i = 0; i < text.len; i++) {
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    char c = text.data[i];
    bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (dash ? c != '-' : !hex)
      return false;
  }
  return text.len == 36;
}

bool sim_new_guid(sim_call *call, hcsref_guid *out) {
  if (!os_random(out->data))
    return sim_fail(call, HCSREF_ERROR_NOT_READY, "Random numbers are not available.");
  out->data[6] = (unsigned char)((out->data[6] & 0x0F) | 0x40); /* RFC 9562, version 4 */
  out->data[8] = (unsigned char)((out->data[8] & 0x3F) | 0x80);
  return true;
}

bool sim_check_processor(sim_call *call, int64_t count, int64_t maximum, int64_t weight) {
  if ((count != 0) + (maximum != 0) + (weight != 0) > 1)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER,
                    "Only one of the processor's count, maximum and weight may be given.");
  if (count < 0 || maximum < 0 || maximum > 10000 || weight < 0 || weight > 10000)
    return sim_fail(call, HCSREF_ERROR_INVALID_PARAMETER, "A processor setting is out of its range.");
  return true;
}
