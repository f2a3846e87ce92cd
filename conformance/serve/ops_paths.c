/* SPDX-License-Identifier: Apache-2.0 */
/* The operations on paths and pipes. Answers list their members in byte order, as the recorded ones do. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/table.h"

/* {"path"}: the params of most, and the answer of most. */
typedef struct one_path {
  hcsref_str path;
} one_path;

static const hcsref_field one_path_fields[] = {FIELD(one_path, path, "path", hcsref_type_string)};
static const hcsref_type one_path_type = OBJECT(one_path, "path", one_path_fields);

/* An operation that only memory can fail. */
static bool done(serve_request *request, bool ok) {
  return ok || hcsref_fail_memory(request->err);
}

static bool clean_path(serve_request *request, const void *params, void *answer) {
  return done(request, hcsref_path_clean_as(request->arena, request->rules, ((const one_path *)params)->path,
                                            &((one_path *)answer)->path));
}

static bool clean_mount_path(serve_request *request, const void *params, void *answer) {
  return done(request, hcsref_clean_mount_path_as(request->arena, request->rules, ((const one_path *)params)->path,
                                                  &((one_path *)answer)->path));
}

static bool sandbox_mount_path(serve_request *request, const void *params, void *answer) {
  return done(request, hcsref_sandbox_mount_path_as(request->arena, request->rules, ((const one_path *)params)->path,
                                                    &((one_path *)answer)->path));
}

typedef struct join_params {
  hcsref_slice parts;
} join_params;

static const hcsref_field join_fields[] = {FIELD(join_params, parts, "parts", hcsref_type_strings)};
static const hcsref_type join_type = OBJECT(join_params, "join-path", join_fields);

static bool join_path(serve_request *request, const void *params, void *answer) {
  const hcsref_slice *parts = &((const join_params *)params)->parts;
  return done(request, hcsref_path_join_as(request->arena, request->rules, parts->items, parts->len,
                                           &((one_path *)answer)->path));
}

typedef struct split_answer {
  hcsref_str base, dir, split_dir, split_file, volume;
  bool is_abs;
} split_answer;

static const hcsref_field split_fields[] = {
    FIELD(split_answer, base, "base", hcsref_type_string),
    FIELD(split_answer, dir, "dir", hcsref_type_string),
    FIELD(split_answer, is_abs, "is_abs", hcsref_type_bool),
    FIELD(split_answer, split_dir, "split_dir", hcsref_type_string),
    FIELD(split_answer, split_file, "split_file", hcsref_type_string),
    FIELD(split_answer, volume, "volume", hcsref_type_string),
};
static const hcsref_type split_type = OBJECT(split_answer, "split-path", split_fields);

static bool split_path(serve_request *request, const void *params, void *answer) {
  hcsref_str path = ((const one_path *)params)->path;
  split_answer *out = answer;
  hcsref_path_split_as(request->rules, path, &out->split_dir, &out->split_file);
  out->is_abs = hcsref_path_is_abs_as(request->rules, path);
  return done(request, hcsref_path_volume_as(request->arena, request->rules, path, &out->volume) &&
                           hcsref_path_base_as(request->arena, request->rules, path, &out->base) &&
                           hcsref_path_dir_as(request->arena, request->rules, path, &out->dir));
}

typedef struct pipe_answer {
  bool is_pipe;
} pipe_answer;

static const hcsref_field pipe_fields[] = {FIELD(pipe_answer, is_pipe, "is_pipe", hcsref_type_bool)};
static const hcsref_type pipe_type = OBJECT(pipe_answer, "is-named-pipe", pipe_fields);

static bool is_named_pipe(serve_request *request, const void *params, void *answer) {
  hcsref_str path = ((const one_path *)params)->path;
  bool by_containerd = hcsref_profile_rules(request->profile, HCSREF_PROGRAM_CONTAINERD) != NULL;
  ((pipe_answer *)answer)->is_pipe =
      by_containerd ? hcsref_is_named_pipe(path) : hcsref_is_shim_pipe(request->rules, path);
  return true;
}

typedef struct mapping_params {
  hcsref_str source, destination, hosting_system;
} mapping_params;

static const hcsref_field mapping_fields[] = {
    FIELD(mapping_params, source, "source", hcsref_type_string),
    FIELD(mapping_params, destination, "destination", hcsref_type_string),
    FIELD(mapping_params, hosting_system, "hosting_system", hcsref_type_raw),
};
static const hcsref_type mapping_type = OBJECT(mapping_params, "map-named-pipe", mapping_fields);

static const hcsref_field mapping_answer_fields[] = {
    FIELD(hcsref_named_pipe, container_pipe, "container_pipe", hcsref_type_string),
    FIELD(hcsref_named_pipe, host_path, "host_path", hcsref_type_string),
    OMIT(hcsref_named_pipe, in_vm, "uvm_pipe", hcsref_type_bool),
};
static const hcsref_type mapping_answer_type = OBJECT(hcsref_named_pipe, "mapping", mapping_answer_fields);

/* What is no pipe mount is told apart by a payload of its own, so it is put together here. */
static bool map_named_pipe(serve_request *request, const void *params, void *answer) {
  const mapping_params *in = params;
  const hcsref_hosting_system *vm = NULL;
  hcsref_named_pipe pipe;
  bool is_pipe;
  (void)answer;
  if (!serve_load_hosting_system(request, in->hosting_system, "/hosting_system", &vm) ||
      !done(request,
            hcsref_map_named_pipe(request->arena, request->rules, vm, in->source, in->destination, &is_pipe, &pipe)))
    return false;
  if (is_pipe)
    return hcsref_json_append_as(request->reply, request->rules, &mapping_answer_type, &pipe, request->err);
  hcsref_buf_append(request->reply, HCSREF_LIT("{\"is_pipe\":false}"));
  return done(request, !request->reply->failed);
}

typedef struct location_answer {
  hcsref_str path;
  uint16_t index;
} location_answer;

static const hcsref_field location_fields[] = {
    FIELD(location_answer, index, "index", hcsref_type_uint16),
    FIELD(location_answer, path, "path", hcsref_type_string),
};
static const hcsref_type location_type = OBJECT(location_answer, "device-location", location_fields);

static bool device_location(serve_request *request, const void *params, void *answer) {
  location_answer *out = answer;
  return done(request, hcsref_device_location_as(request->arena, request->rules, ((const one_path *)params)->path,
                                                 &out->path, &out->index));
}

typedef struct volume_answer {
  hcsref_str message, v1_volume_path, v2_storage_path;
  bool valid;
} volume_answer;

static const hcsref_field volume_fields[] = {
    OMIT(volume_answer, message, "message", hcsref_type_string),
    OMIT(volume_answer, v1_volume_path, "v1_volume_path", hcsref_type_string),
    OMIT(volume_answer, v2_storage_path, "v2_storage_path", hcsref_type_string),
    FIELD(volume_answer, valid, "valid", hcsref_type_bool),
};
static const hcsref_type volume_type = OBJECT(volume_answer, "volume-path", volume_fields);

/* Source: hcsshim hcsoci/hcsdoc_wcow.go createWindowsContainerDocument, the process-isolated branch. */
static bool volume_path(serve_request *request, const void *params, void *answer) {
  hcsref_str path = ((const one_path *)params)->path;
  bool slash = hcsref_str_has_suffix(path, HCSREF_LIT("\\"));
  volume_answer *out = answer;
  out->valid = hcsref_is_volume_path(path);
  if (!out->valid)
    return done(request, hcsref_format(request->arena, &out->message,
                                       "invalid container spec - Root.Path '%v' must be a volume GUID path in the "
                                       "format '\\\\?\\Volume{GUID}\\'",
                                       path));
  out->v1_volume_path = slash ? hcsref_str_first(path, path.len - 1) : path;
  return done(request, hcsref_format(request->arena, &out->v2_storage_path, "%v\\", out->v1_volume_path));
}

typedef struct mounts_params {
  hcsref_slice mounts; /* []string */
} mounts_params;

static const hcsref_field mounts_fields[] = {FIELD(mounts_params, mounts, "mounts", hcsref_type_strings)};
static const hcsref_type mounts_type = OBJECT(mounts_params, "sort-mounts", mounts_fields);

typedef struct order_answer {
  hcsref_slice mounts, order, parts;
} order_answer;

static const hcsref_type numbers_type = LIST(hcsref_type_int, "[]int");
static const hcsref_field order_fields[] = {
    FIELD(order_answer, mounts, "mounts", hcsref_type_strings),
    FIELD(order_answer, order, "order", numbers_type),
    FIELD(order_answer, parts, "parts", numbers_type),
};
static const hcsref_type order_type = OBJECT(order_answer, "order", order_fields);

/* Puts one more mount at the end of the answer. */
static bool push_mount(serve_request *request, order_answer *out, hcsref_str path, size_t index, size_t parts) {
  hcsref_str *mount = hcsref_slice_push(request->arena, &out->mounts, sizeof(*mount));
  int64_t *order = hcsref_slice_push(request->arena, &out->order, sizeof(*order));
  int64_t *count = hcsref_slice_push(request->arena, &out->parts, sizeof(*count));
  if (mount == NULL || order == NULL || count == NULL)
    return hcsref_fail_memory(request->err);
  *mount = path;
  *order = (int64_t)index;
  *count = (int64_t)parts;
  return true;
}

static bool sort_mounts(serve_request *request, const void *params, void *answer) {
  const hcsref_slice *mounts = &((const mounts_params *)params)->mounts;
  const hcsref_str *paths = mounts->items;
  order_answer *out = answer;
  size_t *order = hcsref_arena_array(request->arena, mounts->len, sizeof(*order));
  size_t *parts = hcsref_arena_array(request->arena, mounts->len, sizeof(*parts));
  hcsref_slice_make_empty(&out->mounts);
  hcsref_slice_make_empty(&out->order);
  hcsref_slice_make_empty(&out->parts);
  if (order == NULL || parts == NULL)
    return hcsref_fail_memory(request->err);
  if (!hcsref_cri_mount_order(request->arena, request->profile, paths, mounts->len, order, parts, request->err))
    return false;
  for (size_t i = 0; i < mounts->len; i++)
    if (!push_mount(request, out, paths[order[i]], order[i], parts[i]))
      return false;
  return true;
}

static const serve_operation operations[] = {
    {"clean-path", SERVE_BY(GO), &one_path_type, &one_path_type, clean_path},
    {"clean-mount-path", SERVE_BY(CONTAINERD), &one_path_type, &one_path_type, clean_mount_path},
    {"join-path", SERVE_BY(GO), &join_type, &one_path_type, join_path},
    {"split-path", SERVE_BY(GO), &one_path_type, &split_type, split_path},
    {"is-named-pipe", SERVE_BY(CONTAINERD) | SERVE_BY(HCSSHIM), &one_path_type, &pipe_type, is_named_pipe},
    {"map-named-pipe", SERVE_BY(HCSSHIM), &mapping_type, NULL, map_named_pipe},
    {"sandbox-mount-path", SERVE_BY(HCSSHIM), &one_path_type, &one_path_type, sandbox_mount_path},
    {"sort-mounts", SERVE_BY(CONTAINERD), &mounts_type, &order_type, sort_mounts},
    {"device-location", SERVE_BY(HCSSHIM), &one_path_type, &location_type, device_location},
    {"volume-path", SERVE_BY(HCSSHIM), &one_path_type, &volume_type, volume_path},
};

const serve_operations serve_path_operations = {operations, sizeof(operations) / sizeof(operations[0])};
