/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/docker.h"

#include "input/spec/image.h"

#include <string.h>

#define DAEMON_ROOT "C:\\ProgramData\\docker"

/* One container under way. */
typedef struct work {
  hcsref_arena *arena;
  const input_setup *setup;
  const hcsref_profile *profile; /* one that has moby */
  const hcsref_rules *rules;     /* of that */
  const hcsref_host *host;
  const kit_json *container; /* what docker inspect says of it, or the API's body */
  input_spec *out;
  input_source *source;
  hcsref_error *err;
  hcsref_docker_config config, image;
  hcsref_docker_host_config host_config;
  hcsref_docker_input input;
} work;

static bool note(work *w, const char *where, const char *format, hcsref_str text) {
  return input_add_note(w->arena, &w->out->notes, hcsref_cstr(where), format, text) || hcsref_fail_memory(w->err);
}

/* ---- the host ---- */

/* Credential specs are files of the daemon's host: a host that has none gets a stand-in, which is noted. */
static bool read_file(void *ctx, hcsref_arena *arena, hcsref_str path, hcsref_str *data, hcsref_str *message) {
  work *w = ctx;
  if (w->host->ops->read_file(w->host->ctx, arena, path, data, message))
    return true;
  *data = HCSREF_LIT("{credential spec}");
  return note(w, "/HostConfig/SecurityOpt",
              "the credential spec is in %v, which --host can supply; {credential spec} stands in for it", path);
}

static hcsref_docker_registry_status registry_value(void *ctx, hcsref_arena *arena, hcsref_str name, hcsref_str *value,
                                                    hcsref_str *message) {
  work *w = ctx;
  (void)arena;
  (void)message;
  *value = HCSREF_LIT("{credential spec}");
  return note(w, "/HostConfig/SecurityOpt",
              "the credential spec is in the registry (%v); {credential spec} stands in for it", name)
             ? HCSREF_DOCKER_REGISTRY_OK
             : HCSREF_DOCKER_REGISTRY_FAILED;
}

static bool is_client(void *ctx) {
  (void)ctx;
  return false;
}

static int32_t processor_count(void *ctx) {
  const work *w = ctx;
  return w->host->ops->processor_count(w->host->ctx);
}

static uint32_t os_build(void *ctx) {
  const work *w = ctx;
  return w->host->ops->os_build(w->host->ctx);
}

static hcsref_path_status stat_path(void *ctx, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                    hcsref_str *message) {
  const work *w = ctx;
  return w->host->ops->stat(w->host->ctx, arena, path, is_dir, message);
}

static const hcsref_host_ops docker_ops = {
    .processor_count = processor_count, .os_build = os_build, .stat = stat_path, .read_file = read_file};

/* ---- what is known of the container ---- */

/* Puts the member in front of the place of the error. dockerd says "invalid JSON" of requests, which the output of
 * docker inspect is not: these words go. */
static bool fail_in(const work *w, const char *member) {
  static const hcsref_str of_request = {"invalid JSON: ", 14};
  hcsref_str where;
  if (w->out->kind == INPUT_DOCKER_INSPECT && hcsref_str_has_prefix(w->err->message, of_request))
    w->err->message = hcsref_str_skip(w->err->message, of_request.len);
  if (hcsref_format(w->arena, &where, "%s%v", member, w->err->where))
    w->err->where = where;
  return false;
}

static bool read_configs(work *w) {
  const kit_json *config = w->container, *host_config = kit_json_get(w->container, "HostConfig");
  bool inspected = w->out->kind == INPUT_DOCKER_INSPECT;
  if (inspected)
    config = kit_json_get(w->container, "Config");
  if (!hcsref_docker_decode_config(w->arena, config->raw, w->profile, &w->config, w->err))
    return fail_in(w, inspected ? "/Config" : "");
  w->input.config = &w->config;
  if (host_config == NULL)
    return true;
  if (!hcsref_docker_decode_host_config(w->arena, host_config->raw, w->profile, &w->host_config, w->err))
    return fail_in(w, "/HostConfig");
  w->input.host_config = &w->host_config;
  return true;
}

/* nerdctl's config has no command, but what it came to is there, as in docker's. */
static bool take_command(work *w) {
  hcsref_str path = kit_json_get_string(w->container, "Path"), *word;
  const kit_json *args = kit_json_get(w->container, "Args");
  if (w->out->kind != INPUT_DOCKER_INSPECT || w->config.cmd.len != 0 || w->config.entrypoint.len != 0 || path.len == 0)
    return true;
  word = hcsref_slice_push(w->arena, &w->config.cmd, sizeof *word);
  if (word == NULL)
    return hcsref_fail_memory(w->err);
  *word = path;
  for (const kit_json *arg = args == NULL ? NULL : args->first; arg != NULL; arg = arg->next) {
    word = hcsref_slice_push(w->arena, &w->config.cmd, sizeof *word);
    if (word == NULL)
      return hcsref_fail_memory(w->err);
    *word = arg->text;
  }
  return note(w, "/Path", "the config has no command; what it came to is taken: %v", path);
}

/* What runs Linux containers is another program than the one whose documents these are. */
static bool refuse_linux(const work *w) {
  const hcsref_str platform = kit_json_get_string(w->container, "Platform");
  if (w->out->kind != INPUT_DOCKER_INSPECT || !hcsref_str_equal(platform, HCSREF_LIT("linux")))
    return true;
  return hcsref_fail(
      w->arena, w->err, "not-a-spec", HCSREF_LIT("/Platform"),
      "a Linux container: Windows is handed no document of it; give a container of a dockerd on Windows");
}

/* The folders of volumes; binds and pipes are in the host config. */
static bool read_volumes(work *w) {
  const kit_json *mounts = kit_json_get(w->container, "Mounts");
  if (mounts == NULL)
    return true;
  for (const kit_json *mount = mounts->first; mount != NULL; mount = mount->next) {
    hcsref_docker_volume *volume;
    if (!hcsref_str_equal(kit_json_get_string(mount, "Type"), HCSREF_LIT("volume")))
      continue;
    volume = hcsref_slice_push(w->arena, &w->input.volumes, sizeof *volume);
    if (volume == NULL)
      return hcsref_fail_memory(w->err);
    volume->source = kit_json_get_string(mount, "Source");
    volume->destination = kit_json_get_string(mount, "Destination");
    volume->rw = kit_json_is_true(kit_json_get(mount, "RW"));
  }
  return true;
}

/* Only the container's own folder is told, and only of a container that is there. */
static bool read_layers(work *w) {
  hcsref_str own = kit_json_get_string(kit_json_get(kit_json_get(w->container, "GraphDriver"), "Data"), "dir");
  hcsref_str *folders = hcsref_arena_array(w->arena, 2, sizeof *folders);
  if (folders == NULL)
    return hcsref_fail_memory(w->err);
  folders[0] = HCSREF_LIT("C:\\layers\\base");
  folders[1] = own.len != 0 ? own : HCSREF_LIT("C:\\layers\\scratch");
  w->input.layer_folders.items = folders;
  w->input.layer_folders.len = w->input.layer_folders.cap = 2;
  w->input.base_fs = HCSREF_LIT("\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}\\");
  return note(w, "",
              "nothing here names the image's layers or the file system's volume; %v and a volume stand in for them",
              folders[0]);
}

/* The network that is there by itself, and its driver. What driver another one has, nothing here tells. Source: moby
 * libnetwork drivers/windows EndpointOperInfo. */
static bool is_nat(hcsref_str name) {
  return hcsref_str_equal(name, HCSREF_LIT("nat"));
}

static bool add_network(work *w, hcsref_str name) {
  hcsref_docker_network *network = hcsref_slice_push(w->arena, &w->input.networks, sizeof *network);
  if (network == NULL)
    return hcsref_fail_memory(w->err);
  network->allow_unqualified_dns = is_nat(name);
  return true;
}

/* The API's body, where it names no other, gets the network that is there by itself. */
static bool read_mode(work *w, hcsref_str mode) {
  const bool ours = mode.len == 0 || is_nat(mode) || hcsref_str_equal(mode, HCSREF_LIT("default"));
  return w->out->kind != INPUT_DOCKER_CREATE || !ours || add_network(w, HCSREF_LIT("nat"));
}

static bool read_networks(work *w) {
  static const char shared[] = "container:";
  const kit_json *networks = kit_json_get(kit_json_get(w->container, "NetworkSettings"), "Networks");
  hcsref_str mode = w->host_config.network_mode;
  if (hcsref_str_has_prefix(mode, HCSREF_LIT("container:")))
    w->input.network_shared_container_id = hcsref_str_skip(mode, sizeof shared - 1);
  if (!read_mode(w, mode))
    return false;
  if (networks == NULL || networks->count == 0)
    return true;
  for (const kit_json *network = networks->first; network != NULL; network = network->next)
    if (!add_network(w, network->key))
      return false;
  return note(w, "/NetworkSettings/Networks",
              "the document also names the endpoint of each network (%v), which is unknown here",
              HCSREF_LIT("hnsdiag list endpoints"));
}

/* What docker inspect prints has been completed already. */
static bool read_image(work *w) {
  input_image_text image;
  if (w->out->kind != INPUT_DOCKER_CREATE || w->setup->image.data == NULL)
    return true;
  *w->source = INPUT_IMAGE;
  if (!input_read_image(w->arena, w->setup->image, &image, w->err) ||
      !hcsref_docker_decode_image(w->arena, image.config, w->profile, &w->image, w->err))
    return false;
  w->input.image_config = &w->image;
  w->input.image_os = image.os;
  *w->source = INPUT_OPERAND;
  return true;
}

static bool read_container(work *w) {
  hcsref_str id = kit_json_get_string(w->container, "Id");
  w->input.id = id.len != 0 ? id : w->setup->id;
  w->input.image_os = kit_json_get_string(w->container, "Platform");
  w->input.default_isolation = HCSREF_LIT("process");
  w->input.root = HCSREF_LIT(DAEMON_ROOT);
  w->input.created = w->out->kind == INPUT_DOCKER_INSPECT;
  return refuse_linux(w) && read_configs(w) && take_command(w) && read_image(w) && read_volumes(w) && read_layers(w) &&
         read_networks(w);
}

/* ---- the spec ---- */

/* Errors of the builder begin with the parts of its request; here they are members of the container. */
static bool fail_built(const work *w) {
  const bool inspected = w->out->kind == INPUT_DOCKER_INSPECT;
  const bool lacks_command = hcsref_str_equal(w->err->where, HCSREF_LIT("/config/Cmd"));
  if (lacks_command && !inspected && w->setup->image.data == NULL &&
      !hcsref_format(w->arena, &w->err->message, "%v; --image gives the command of the image", w->err->message))
    return hcsref_fail_memory(w->err);
  if (hcsref_str_has_prefix(w->err->where, HCSREF_LIT("/image")))
    *w->source = INPUT_IMAGE;
  const struct {
    const char *part, *member;
  } parts[] = {{"/host_config", "/HostConfig"}, {"/config", inspected ? "/Config" : ""}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    hcsref_str part = hcsref_cstr(parts[i].part);
    if (!hcsref_str_has_prefix(w->err->where, part))
      continue;
    w->err->where = hcsref_str_skip(w->err->where, part.len);
    return fail_in(w, parts[i].member);
  }
  return false;
}

static bool make_spec(work *w) {
  hcsref_host host = {&docker_ops, w};
  const hcsref_docker_host docker = {&host, is_client, registry_value, w};
  hcsref_docker_result result;
  const hcsref_str *warnings;
  if (!hcsref_docker_to_oci(w->arena, &w->input, w->profile, &docker, &result, w->err))
    return fail_built(w);
  warnings = result.warnings.items;
  for (size_t i = 0; i < result.warnings.len; i++)
    if (!note(w, "/HostConfig", "%v", warnings[i]))
      return false;
  w->out->id = w->input.id;
  return hcsref_json_encode_as(w->arena, w->rules, &hcsref_type_oci_spec, result.spec, &w->out->text, w->err);
}

/* The baseline has no dockerd that was asked for. */
static bool is_baseline(const hcsref_profile *profile) {
  return profile == NULL || hcsref_str_equal(hcsref_profile_name(profile), HCSREF_LIT("baseline"));
}

/* dockerd's own document needs no other program. A profile without moby is completed, and of one that has a shim the
 * document is the shim's: docker with containerd behind it. */
static bool complete_profile(work *w) {
  const hcsref_profile *given = is_baseline(w->setup->profile) ? NULL : w->setup->profile;
  bool behind = given != NULL && hcsref_profile_rules(given, HCSREF_PROGRAM_MOBY) == NULL;
  w->profile = given;
  if (given == NULL || behind)
    w->profile = hcsref_profile_find(w->arena, HCSREF_LIT(INPUT_NEWEST_MOBY), w->err);
  if (w->profile == NULL)
    return false;
  w->rules = hcsref_profile_rules(w->profile, HCSREF_PROGRAM_MOBY);
  w->out->dockerd = behind ? NULL : w->profile;
  if (behind)
    return note(w, "", "the spec is made as by %v, for a dockerd that uses containerd",
                hcsref_profile_name(w->profile));
  return given != NULL ||
         note(w, "", "translated as %v does; --profile chooses another release", hcsref_profile_name(w->profile));
}

bool input_read_docker(hcsref_arena *arena, const input_setup *setup, const kit_json *tree, const hcsref_host *host,
                       input_spec *out, input_source *source, hcsref_error *err) {
  work *w = hcsref_arena_alloc(arena, sizeof *w);
  if (w == NULL)
    return hcsref_fail_memory(err);
  w->arena = arena;
  w->setup = setup;
  w->host = host;
  w->out = out;
  w->source = source;
  w->err = err;
  w->container = out->container = tree;
  return complete_profile(w) && read_container(w) && make_spec(w);
}
