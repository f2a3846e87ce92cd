/* SPDX-License-Identifier: Apache-2.0 */
/* Credential specs of security options. Source: moby daemon/oci_windows.go setWindowsCredentialSpec,
 * readCredentialSpecFile, readCredentialSpecRegistry. */
#include "docker/spec.h"

#include "base/letters.h"
#include "host/message.h"

#include "hcsref/path.h"

#include <string.h>

#define SECURITY_OPT "/host_config/SecurityOpt"

/* One security option while it is read. */
typedef struct option {
  hcsref_docker_maker *m;
  size_t index;
  hcsref_str rest; /* what is behind :// */
  hcsref_str spec; /* what is found */
} option;

static bool refuse(const option *o, const char *format, hcsref_str a, hcsref_str b, hcsref_str c) {
  return hcsref_fail_item(o->m->arena, o->m->err, "docker-credential-spec", SECURITY_OPT, o->index, NULL, format, a, b,
                          c);
}

static const hcsref_str nothing = {NULL, 0};

static bool refuse_form(const option *o) {
  return refuse(o,
                "invalid credential spec security option - value must be prefixed by 'file://', 'registry://', or "
                "'raw://' followed by a non-empty value",
                nothing, nothing, nothing);
}

/* ---- file ------------------------------------------------------------------------------------------------- */

static bool fail_file(const option *o, hcsref_str path, hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(o->m->err);
  if (hcsref_has(o->m->rules, HCSREF_CHANGE_MOBY_CREDENTIAL_TEXTS))
    return refuse(o, "failed to load credential spec for container %v: %v", o->m->in->id, message, nothing);
  return refuse(o, "credential spec for container %v could not be read from file %q: %v", o->m->in->id, path, message);
}

/* Upstream compares texts: a folder whose name goes on behind "CredentialSpecs" passes. */
static bool read_from_file(option *o) {
  hcsref_docker_maker *m = o->m;
  const hcsref_host *host = m->host->host;
  bool colon = hcsref_has(m->rules, HCSREF_CHANGE_MOBY_CREDENTIAL_TEXTS);
  hcsref_str parts[2], folder, path, message = hcsref_no_message();
  parts[0] = m->in->root;
  parts[1] = HCSREF_LIT("CredentialSpecs");
  if (!hcsref_path_clean_as(m->arena, m->rules, o->rest, &path) ||
      !hcsref_path_join_as(m->arena, m->rules, parts, 2, &folder))
    return hcsref_fail_memory(m->err);
  if (hcsref_path_is_abs_as(m->rules, path))
    return refuse(o,
                  colon ? "invalid credential spec: file:// path cannot be absolute"
                        : "invalid credential spec - file:// path cannot be absolute",
                  nothing, nothing, nothing);
  parts[0] = folder;
  parts[1] = path;
  if (!hcsref_path_join_as(m->arena, m->rules, parts, 2, &path))
    return hcsref_fail_memory(m->err);
  if (!hcsref_str_has_prefix(path, folder))
    return refuse(o,
                  colon ? "invalid credential spec: file:// path must be under %v"
                        : "invalid credential spec - file:// path must be under %v",
                  folder, nothing, nothing);
  return host->ops->read_file(host->ctx, m->arena, path, &o->spec, &message) || fail_file(o, path, message);
}

/* ---- registry, config, raw ---------------------------------------------------------------------------------- */

static bool read_from_registry(option *o) {
  hcsref_docker_maker *m = o->m;
  hcsref_str message = hcsref_no_message();
  switch (m->host->registry_value(m->host->ctx, m->arena, o->rest, &o->spec, &message)) {
  case HCSREF_DOCKER_REGISTRY_OK:
    return true;
  case HCSREF_DOCKER_REGISTRY_NO_VALUE:
    return refuse(o, "registry credential spec %q for container %v was not found", o->rest, m->in->id, nothing);
  case HCSREF_DOCKER_REGISTRY_NO_KEY:
    return hcsref_is_no_message(message)
               ? hcsref_fail_memory(m->err)
               : refuse(o,
                        "failed handling spec %q for container %v - registry key " HCSREF_DOCKER_REGISTRY_KEY
                        " could not be opened: %v",
                        o->rest, m->in->id, message);
  case HCSREF_DOCKER_REGISTRY_FAILED:
    break;
  }
  return hcsref_is_no_message(message)
             ? hcsref_fail_memory(m->err)
             : refuse(o, "error reading credential spec %q from registry for container %v: %v", o->rest, m->in->id,
                      message);
}

/* Only a swarm's container has configs. */
static bool read_from_config(option *o) {
  const hcsref_str *data;
  if (o->m->in->configs == NULL)
    return refuse_form(o);
  data = hcsref_map_find(o->m->in->configs, o->rest);
  if (data == NULL)
    return refuse(o, "error getting value from config store: config %v not found", o->rest, nothing, nothing);
  o->spec = *data;
  return true;
}

static bool read_raw(option *o) {
  o->spec = o->rest;
  return true;
}

static const struct {
  const char *scheme;
  bool (*read)(option *o);
} schemes[] = {
    {"file", read_from_file}, {"registry", read_from_registry}, {"config", read_from_config}, {"raw", read_raw}};

/* ---- options -------------------------------------------------------------------------------------------------- */

static size_t find(hcsref_str text, hcsref_str part) {
  for (size_t i = 0; i + part.len <= text.len; i++)
    if (memcmp(text.data + i, part.data, part.len) == 0)
      return i;
  return text.len;
}

static bool read_value(option *o, hcsref_str value) {
  size_t at = find(value, HCSREF_LIT("://"));
  hcsref_str scheme = hcsref_str_first(value, at);
  o->rest = hcsref_str_skip(value, at + 3);
  if (o->rest.len == 0)
    return refuse_form(o);
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
    if (hcsref_str_equal_ascii_fold(scheme, hcsref_cstr(schemes[i].scheme)))
      return schemes[i].read(o);
  return refuse_form(o);
}

static bool read_option(option *o, hcsref_str text) {
  hcsref_str key = hcsref_docker_variable(text);
  if (key.len == text.len)
    return refuse(o, "invalid security option: no equals sign in supplied value %v", text, nothing, nothing);
  if (!hcsref_equal_fold(key, HCSREF_LIT("credentialspec")))
    return refuse(o, "security option not supported: %v", key, nothing, nothing);
  return read_value(o, hcsref_str_skip(text, key.len + 1));
}

/* The last one counts, also when it is empty. */
bool hcsref_docker_make_credentials(hcsref_docker_maker *m, hcsref_oci_windows *windows) {
  const hcsref_str *options = m->host_config.security_opt.items;
  option o = {.m = m};
  for (o.index = 0; o.index < m->host_config.security_opt.len; o.index++)
    if (!read_option(&o, options[o.index]))
      return false;
  if (o.spec.len != 0) {
    windows->credential_spec.kind = HCSREF_VALUE_STRING;
    windows->credential_spec.as.string = o.spec;
  }
  return true;
}
