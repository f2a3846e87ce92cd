/* SPDX-License-Identifier: Apache-2.0 */
/* The API's body, which the daemon decodes at once: its errors name the request. Until 28 a command may be one word
 * instead of a list; since 29 ports and addresses are parsed on the way. Source: moby runconfig/config.go loadJSON (29:
 * daemon/internal/runconfig), api/types/container/create_request.go, config.go; api/types/strslice/strslice.go
 * UnmarshalJSON; api/types/network/port.go. */
#include "docker/address.h"
#include "docker/port.h"
#include "docker/spec.h"

#include <string.h>

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
  part p = {arena, rules, {.embedded = field == NULL ? "Config" : NULL, .field = field}, err};
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

/* ---- commands and capabilities, until 28 ------------------------------------------------------------------------ */

/* A member whose Go type reads its text itself, and the list that comes of it. */
typedef struct word_list {
  const char *name, *path; /* path: where errors say that it is */
  hcsref_slice *list;
} word_list;

typedef struct word_lists {
  const part *p;
  const char *holder; /* the struct whose members they are; null: an image's */
  const word_list *lists;
  size_t len;
} word_lists;

/* A list, or one word. What is neither is told as no word. Source: moby strslice.go UnmarshalJSON, which makes a new
 * list each time. */
static bool decode_words(const part *p, const hcsref_json_around *around, hcsref_str json, hcsref_slice *out,
                         hcsref_error *err) {
  hcsref_slice list = {0};
  hcsref_str word = {NULL, 0}, *only;
  hcsref_error no_list = {0};
  if (!hcsref_json_decode(p->arena, json, &hcsref_type_strings, HCSREF_JSON_WHOLE, &list, &no_list)) {
    if (is_for_want_of_memory(&no_list))
      return hcsref_fail_memory(err);
    if (!hcsref_json_decode_part(p->arena, p->rules, around, json, &hcsref_type_string, HCSREF_JSON_WHOLE, &word, err))
      return false;
    only = hcsref_slice_push(p->arena, &list, sizeof *only);
    if (only == NULL)
      return hcsref_fail_memory(err);
    *only = word;
  }
  *out = list;
  return true;
}

static bool read_words(void *context, const hcsref_field *field, hcsref_str text, hcsref_error *err) {
  const word_lists *all = context;
  for (size_t i = 0; i < all->len; i++) {
    const word_list *one = &all->lists[i];
    const hcsref_json_around around = {.holder = all->holder, .embedded = all->p->around.embedded, .field = one->path};
    if (strcmp(one->name, field->name) == 0)
      return decode_words(all->p, all->holder == NULL ? NULL : &around, text, one->list, err);
  }
  return true;
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

/* Decodes with the words that are read on the way. */
static bool decode(const part *p, word_lists *words, bool *found, hcsref_str text, const hcsref_type *type, void *out) {
  hcsref_json_around around = p->around;
  around.found = found;
  around.method = read_words;
  around.context = words;
  return hcsref_json_decode_part(p->arena, p->rules, &around, text, type, HCSREF_JSON_WHOLE, out, p->err);
}

static bool decode_config(const part *p, hcsref_str text, hcsref_docker_config *config) {
  hcsref_slice cmd = {0}, entrypoint = {0}, shell = {0};
  const word_list lists[] = {
      {"Cmd", "Cmd", &cmd}, {"Entrypoint", "Entrypoint", &entrypoint}, {"Shell", "Shell", &shell}};
  word_lists words = {p, p->around.holder, lists, sizeof lists / sizeof *lists};
  bool found = false;
  if (!decode(p, &words, &found, text, &hcsref_type_docker_config, config))
    return false;
  config->without_members = !found;
  if (has(p, HCSREF_CHANGE_MOBY_TYPED_API))
    return check_exposed_ports(p, &config->exposed_ports);
  config->cmd = cmd;
  config->entrypoint = entrypoint;
  config->shell = shell;
  return true;
}

static bool decode_host_config(const part *p, hcsref_str text, hcsref_docker_host_config *config) {
  hcsref_slice add = {0}, drop = {0};
  const word_list lists[] = {{"CapAdd", "HostConfig.CapAdd", &add}, {"CapDrop", "HostConfig.CapDrop", &drop}};
  word_lists words = {p, "HostConfig", lists, sizeof lists / sizeof *lists};
  if (!decode(p, &words, NULL, text, &hcsref_type_docker_host_config, config))
    return false;
  if (has(p, HCSREF_CHANGE_MOBY_TYPED_API))
    return check_dns(p, &config->dns) && check_bindings(p, &config->port_bindings);
  config->cap_add = add;
  config->cap_drop = drop;
  return true;
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
  const part p = {arena, rules_of(arena, profile, err), {.holder = NULL}, err};
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
