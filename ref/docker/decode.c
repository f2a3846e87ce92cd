/* SPDX-License-Identifier: Apache-2.0 */
/* The API's body, which the daemon decodes at once: its errors name the request. Until 28 a command may be one word
 * instead of a list; since 29 ports and addresses are parsed on the way. Source: moby runconfig/config.go loadJSON (29:
 * daemon/internal/runconfig), api/types/container/create_request.go, config.go; api/types/strslice/strslice.go
 * UnmarshalJSON; api/types/network/port.go. */
#include "docker/address.h"
#include "docker/port.h"
#include "docker/spec.h"

/* What decodes one part of the body, or an image's config. */
typedef struct part {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_json_around around; /* without a holder: an image */
  hcsref_error *err;
} part;

static const hcsref_rules *rules_of(hcsref_arena *arena, const hcsref_profile *profile, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_MOBY);
  if (rules == NULL)
    (void)hcsref_fail(arena, err, "profile-lacks-program", HCSREF_LIT(""), "the profile has no moby");
  return rules;
}

static bool has(const part *p, hcsref_change change) {
  return hcsref_has(p->rules, change);
}

/* Part of a request. `field`: null for the config, whose members are the request's own. */
static part part_of_request(hcsref_arena *arena, const hcsref_rules *rules, const char *field, hcsref_error *err) {
  part p = {arena, rules, {NULL, field == NULL ? "Config" : NULL, field, false}, err};
  p.around.holder = has(&p, HCSREF_CHANGE_MOBY_CREATE_REQUEST) ? "CreateRequest" : "ContainerConfigWrapper";
  return p;
}

/* ---- errors --------------------------------------------------------------------------------------------------- */

static bool is_for_want_of_memory(const hcsref_error *err) {
  return hcsref_str_equal(hcsref_cstr(err->code), HCSREF_LIT("out-of-memory"));
}

/* What the API says before Go's words since 23. */
static bool refuse(const part *p) {
  hcsref_str message;
  if (p->err == NULL || p->around.holder == NULL || !has(p, HCSREF_CHANGE_MOBY_INVALID_JSON) ||
      is_for_want_of_memory(p->err))
    return false;
  if (!hcsref_format(p->arena, &message, "invalid JSON: %v", p->err->message))
    return hcsref_fail_memory(p->err);
  p->err->message = message;
  return false;
}

static bool decode(const part *p, const hcsref_json_around *around, hcsref_str text, const hcsref_type *type,
                   void *out) {
  return hcsref_json_decode_part(p->arena, p->rules, around, text, type, HCSREF_JSON_WHOLE, out, p->err);
}

/* ---- commands and capabilities ---------------------------------------------------------------------------------- */

static bool fail_in(const part *p, const char *member) {
  hcsref_str where;
  if (p->err != NULL && hcsref_format(p->arena, &where, "/%s%v", member, p->err->where))
    p->err->where = where;
  return false;
}

/* A list, or one word. What is neither is told as no word. */
static bool decode_words(const part *p, const hcsref_json_around *around, hcsref_str json, hcsref_slice *out) {
  hcsref_str word = {NULL, 0}, *only;
  hcsref_error no_list = {0};
  if (hcsref_json_decode(p->arena, json, &hcsref_type_strings, HCSREF_JSON_WHOLE, out, &no_list))
    return true;
  if (is_for_want_of_memory(&no_list))
    return hcsref_fail_memory(p->err);
  if (!decode(p, around, json, &hcsref_type_string, &word))
    return false;
  only = hcsref_slice_push(p->arena, out, sizeof *only);
  if (only == NULL)
    return hcsref_fail_memory(p->err);
  *only = word;
  return true;
}

/* A member that was kept as its text. */
static bool decode_list(const part *p, const hcsref_json_around *around, const char *member, hcsref_str json,
                        hcsref_slice *out) {
  if (json.len == 0)
    return true;
  if (has(p, HCSREF_CHANGE_MOBY_TYPED_API))
    return decode(p, around, json, &hcsref_type_strings, out) || fail_in(p, member);
  return decode_words(p, around, json, out) || fail_in(p, member);
}

static bool decode_command(const part *p, const char *member, hcsref_str json, hcsref_slice *out) {
  const hcsref_json_around around = {p->around.holder, p->around.embedded, member, false};
  return decode_list(p, p->around.holder == NULL ? NULL : &around, member, json, out);
}

static bool decode_capabilities(const part *p, const char *member, const char *path, hcsref_str json,
                                hcsref_slice *out) {
  const hcsref_json_around around = {"HostConfig", NULL, path, false};
  return decode_list(p, &around, member, json, out);
}

/* ---- ports and addresses, since 29 ------------------------------------------------------------------------------ */

/* A text that its Go type refuses; `where` has been written. */
static bool refuse_text(const part *p, hcsref_buf *where, hcsref_str message) {
  if (p->err == NULL)
    return false;
  if (where->failed || message.data == NULL)
    return hcsref_fail_memory(p->err);
  p->err->code = "json-value";
  p->err->message = message;
  p->err->where = hcsref_buf_str(where);
  return false;
}

static bool is_address(const part *p, hcsref_str text, hcsref_buf *where) {
  hcsref_address_fault fault;
  hcsref_str message = {NULL, 0};
  if (text.len == 0 || hcsref_parse_address(text, &fault))
    return true;
  (void)hcsref_format(p->arena, &message, fault.at.len == 0 ? "ParseAddr(%q): %s" : "ParseAddr(%q): %s (at %q)", text,
                      fault.what, fault.at);
  return refuse_text(p, where, message);
}

static bool is_port(const part *p, hcsref_str text, hcsref_buf *where) {
  hcsref_docker_port port;
  hcsref_str number, message = {NULL, 0};
  const char *fault = hcsref_docker_parse_port(text, &port, &number);
  if (fault == NULL)
    return true;
  (void)hcsref_format(p->arena, &message, "invalid port '%v': %s", number, fault);
  return refuse_text(p, where, message);
}

static hcsref_buf place_of(const part *p, const char *member, hcsref_str key) {
  hcsref_buf where = {.arena = p->arena};
  hcsref_buf_append(&where, hcsref_cstr(member));
  hcsref_buf_append_pointer_token(&where, key);
  return where;
}

static bool check_exposed_ports(const part *p, const hcsref_map *ports) {
  const char *entry = ports->entries;
  for (size_t i = 0; i < ports->len; i++, entry += sizeof(hcsref_nothing_entry)) {
    const hcsref_str key = ((const hcsref_nothing_entry *)(const void *)entry)->key;
    hcsref_buf where = place_of(p, "/ExposedPorts", key);
    if (!is_port(p, key, &where))
      return false;
  }
  return true;
}

static bool check_host_addresses(const part *p, const hcsref_docker_port_entry *entry) {
  const hcsref_docker_port_binding *bindings = entry->value.items;
  for (size_t i = 0; i < entry->value.len; i++) {
    hcsref_buf where = place_of(p, "/PortBindings", entry->key);
    hcsref_buf_append_char(&where, '/');
    hcsref_buf_append_uint(&where, i);
    hcsref_buf_append(&where, HCSREF_LIT("/HostIp"));
    if (!is_address(p, bindings[i].host_ip, &where))
      return false;
  }
  return true;
}

static bool check_bindings(const part *p, const hcsref_map *bindings) {
  const hcsref_docker_port_entry *entries = bindings->entries;
  for (size_t i = 0; i < bindings->len; i++) {
    hcsref_buf where = place_of(p, "/PortBindings", entries[i].key);
    if (!is_port(p, entries[i].key, &where) || !check_host_addresses(p, &entries[i]))
      return false;
  }
  return true;
}

static bool check_dns(const part *p, const hcsref_slice *servers) {
  const hcsref_str *items = servers->items;
  for (size_t i = 0; i < servers->len; i++) {
    hcsref_buf where = {.arena = p->arena};
    hcsref_buf_append(&where, HCSREF_LIT("/Dns/"));
    hcsref_buf_append_uint(&where, i);
    if (!is_address(p, items[i], &where))
      return false;
  }
  return true;
}

/* ---- the parts --------------------------------------------------------------------------------------------------- */

static bool decode_config(const part *p, hcsref_str text, hcsref_docker_config *config) {
  hcsref_slice shell = {0};
  return decode(p, p->around.holder == NULL ? NULL : &p->around, text, &hcsref_type_docker_config, config) &&
         decode_command(p, "Cmd", config->cmd_json, &config->cmd) &&
         decode_command(p, "Entrypoint", config->entrypoint_json, &config->entrypoint) &&
         decode_command(p, "Shell", config->shell_json, &shell) &&
         (!has(p, HCSREF_CHANGE_MOBY_TYPED_API) || check_exposed_ports(p, &config->exposed_ports));
}

static bool decode_host_config(const part *p, hcsref_str text, hcsref_docker_host_config *config) {
  return decode(p, &p->around, text, &hcsref_type_docker_host_config, config) &&
         decode_capabilities(p, "CapAdd", "HostConfig.CapAdd", config->cap_add_json, &config->cap_add) &&
         decode_capabilities(p, "CapDrop", "HostConfig.CapDrop", config->cap_drop_json, &config->cap_drop) &&
         (!has(p, HCSREF_CHANGE_MOBY_TYPED_API) ||
          (check_dns(p, &config->dns) && check_bindings(p, &config->port_bindings)));
}

bool hcsref_docker_decode_config(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                 hcsref_docker_config *out, hcsref_error *err) {
  hcsref_docker_config config = {0};
  const hcsref_rules *rules = rules_of(arena, profile, err);
  part p;
  if (rules == NULL)
    return false;
  p = part_of_request(arena, rules, NULL, err);
  if (!decode_config(&p, text, &config))
    return refuse(&p);
  *out = config;
  return true;
}

bool hcsref_docker_decode_image(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                hcsref_docker_config *out, hcsref_error *err) {
  hcsref_docker_config config = {0};
  const part p = {arena, rules_of(arena, profile, err), {NULL, NULL, NULL, false}, err};
  if (p.rules == NULL || !decode_config(&p, text, &config))
    return false;
  *out = config;
  return true;
}

bool hcsref_docker_decode_host_config(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                      hcsref_docker_host_config *out, hcsref_error *err) {
  hcsref_docker_host_config config = {0};
  const hcsref_rules *rules = rules_of(arena, profile, err);
  part p;
  if (rules == NULL)
    return false;
  p = part_of_request(arena, rules, "HostConfig", err);
  if (!decode_host_config(&p, text, &config))
    return refuse(&p);
  *out = config;
  return true;
}
