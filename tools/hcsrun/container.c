/* SPDX-License-Identifier: Apache-2.0 */
/* A container from its spec to its end. */
#include "claim.h"

#include <string.h>

static bool begin(container *c, session *s) {
  memset(c, 0, sizeof(*c));
  c->session = s;
  hcsref_arena_init(&c->arena, NULL, 0);
  if (!claim_new(s, &c->arena, &c->claim, &c->err))
    return false;
  c->name_space = c->claim.name_space_text;
  c->live = hcsref_live_new(&s->windows.api, &s->settings);
  return c->live != NULL || hcsref_fail_memory(&c->err);
}

/* The layers and the scratch as the spec names them. */
static bool fill_layers(container *c, hcsref_oci_spec *spec) {
  hcsref_slice *folders = &spec->windows->layer_folders;
  memset(folders, 0, sizeof(*folders));
  for (size_t i = 0; i <= c->session->layer_count; i++) {
    hcsref_str *entry = hcsref_slice_push(&c->arena, folders, sizeof(*entry));
    if (entry == NULL)
      return hcsref_fail_memory(&c->err);
    *entry = i < c->session->layer_count ? c->session->layers[i] : c->claim.scratch;
  }
  return true;
}

static bool translate(container *c, hcsref_oci_spec *spec, bool network) {
  hcsref_create_options options;
  hcsref_create_request request;
  hcsref_host host = hcsref_windows_host(&c->session->windows);
  memset(&options, 0, sizeof options);
  options.profile = c->session->profile;
  options.id = c->claim.id;
  options.owner = c->session->owner;
  options.has_schema = true;
  options.schema.major = c->session->schema1 ? 1 : 2;
  options.schema.minor = c->session->schema1 ? 0 : 1;
  if (network) {
    options.network_namespace = c->name_space;
    if (spec->windows->network == NULL)
      spec->windows->network = hcsref_arena_alloc(&c->arena, sizeof(*spec->windows->network));
    if (spec->windows->network == NULL)
      return hcsref_fail_memory(&c->err);
  }
  return hcsref_create_document(&c->arena, spec, &options, &host, &request, &c->err) &&
         hcsref_json_encode(&c->arena, request.document_type, request.document, &c->document, &c->err);
}

/* Running it as process-isolated would be something else than was asked for. */
static bool can_run(container *c, const hcsref_oci_spec *spec) {
  if (hcsref_is_host_process(spec, hcsref_profile_rules(c->session->profile, HCSREF_PROGRAM_HCSSHIM)))
    return hcsref_fail(
        &c->arena, &c->err, "host-process", HCSREF_LIT("/annotations/microsoft.com~1hostprocess-container"),
        "a HostProcess container runs in a job object on the host, not in a container that hcsrun makes");
  return spec->windows->hyperv == NULL ||
         hcsref_fail(&c->arena, &c->err, "hypervisor-isolated", HCSREF_LIT("/windows/hyperv"),
                     "a container with Hyper-V isolation needs a utility VM, which hcsrun does not make");
}

static bool prepare(container *c, session *s, hcsref_oci_spec *spec, bool network) {
  hcsref_str volume;
  if (!begin(c, s) || !can_run(c, spec) || !fill_layers(c, spec) ||
      !hcsref_live_mount(c->live, s->layers, s->layer_count, c->claim.scratch, true, &volume, &c->err))
    return false;
  spec->root->path = volume;
  return (!network || hcsref_live_namespace(c->live, &c->claim.name_space, NULL, 0, &c->name_space, &c->err)) &&
         translate(c, spec, network);
}

bool container_up(container *c, session *s, hcsref_oci_spec *spec, bool network) {
  return prepare(c, s, spec, network) && hcsref_live_create(c->live, c->claim.id, c->document, &c->err) &&
         hcsref_live_start(c->live, &c->err);
}

bool container_up_raw(container *c, session *s, hcsref_oci_spec *spec, bool (*change)(container *c, void *context),
                      void *context) {
  return prepare(c, s, spec, false) && change(c, context) &&
         hcsref_live_create(c->live, c->claim.id, c->document, &c->err) && hcsref_live_start(c->live, &c->err);
}

bool container_down(container *c, hcsref_arena *arena, hcsref_str *message) {
  bool ok = c->live == NULL || hcsref_live_close(c->live, arena, message);
  claim_end(&c->claim, ok); /* what is left keeps its note: cleanup will find it */
  hcsref_arena_free(&c->arena);
  c->live = NULL;
  return ok;
}

/* ---- specs ---- */

hcsref_oci_spec *spec_new(hcsref_arena *arena) {
  hcsref_oci_spec *spec = hcsref_arena_alloc(arena, sizeof(*spec));
  if (spec == NULL)
    return NULL;
  spec->oci_version = HCSREF_LIT("1.1.0");
  spec->root = hcsref_arena_alloc(arena, sizeof(*spec->root));
  spec->windows = hcsref_arena_alloc(arena, sizeof(*spec->windows));
  spec->process = hcsref_arena_alloc(arena, sizeof(*spec->process));
  return spec->root == NULL || spec->windows == NULL || spec->process == NULL ? NULL : spec;
}

bool spec_add_mount(hcsref_arena *arena, hcsref_oci_spec *spec, hcsref_str source, hcsref_str destination,
                    bool read_only) {
  hcsref_oci_mount *mount = hcsref_slice_push(arena, &spec->mounts, sizeof(*mount));
  hcsref_str *option;
  if (mount == NULL)
    return false;
  mount->source = source;
  mount->destination = destination;
  if (!read_only)
    return true;
  option = hcsref_slice_push(arena, &mount->options, sizeof(*option));
  if (option != NULL)
    *option = HCSREF_LIT("ro");
  return option != NULL;
}

bool spec_annotate(hcsref_arena *arena, hcsref_oci_spec *spec, const char *name, const char *value) {
  hcsref_string_entry *entry = hcsref_map_push(arena, &spec->annotations, sizeof(*entry));
  if (entry == NULL)
    return false;
  entry->key = hcsref_cstr(name);
  entry->value = hcsref_cstr(value);
  return true;
}

/* ---- processes ---- */

static hcsref_str command_line(hcsref_arena *arena, const process_options *options) {
  hcsref_buf line = {arena, NULL, 0, 0, false};
  if (options->command_line.len > 0)
    return options->command_line;
  for (size_t i = 0; i < options->argument_count; i++) {
    if (i > 0)
      hcsref_buf_append_char(&line, ' ');
    hcsref_append_argument(&line, options->arguments[i]);
  }
  return hcsref_buf_str(&line);
}

static bool set_console_size(hcsref_arena *arena, const hcsref_oci_box *console, hcsref_v1_process_config *v1,
                             hcsref_v2_process_parameters *v2) {
  int32_t *height, *width;
  if (console == NULL)
    return true;
  height = hcsref_slice_push(arena, &v2->console_size, sizeof(*height));
  if (height == NULL)
    return false;
  *height = (int32_t)console->height;
  width = hcsref_slice_push(arena, &v2->console_size, sizeof(*width));
  if (width == NULL)
    return false;
  *width = (int32_t)console->width;
  v1->console_size[0] = console->height;
  v1->console_size[1] = console->width;
  return true;
}

/* Source: hcsshim internal/cmd/cmd.go. */
bool process_document(const container *c, hcsref_arena *arena, const process_options *options, hcsref_str *out) {
  hcsref_v2_process_parameters v2;
  hcsref_v1_process_config v1;
  memset(&v2, 0, sizeof v2);
  memset(&v1, 0, sizeof v1);
  v1.command_line = v2.command_line = command_line(arena, options);
  v1.environment = v2.environment = options->environment;
  v1.working_directory = v2.working_directory = options->folder.len > 0 ? options->folder : HCSREF_LIT("C:\\");
  v1.user = v2.user = options->user;
  v1.create_std_in_pipe = v2.create_std_in_pipe = options->in;
  v1.create_std_out_pipe = v2.create_std_out_pipe = true;
  v1.create_std_err_pipe = v2.create_std_err_pipe = !options->terminal;
  v1.emulate_console = v2.emulate_console = options->terminal;
  if (!set_console_size(arena, options->console, &v1, &v2))
    return false;
  return c->session->schema1 ? hcsref_json_encode(arena, &hcsref_type_v1_process_config, &v1, out, NULL)
                             : hcsref_json_encode(arena, &hcsref_type_v2_process_parameters, &v2, out, NULL);
}
