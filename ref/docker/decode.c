/* SPDX-License-Identifier: Apache-2.0 */
/* The API's bodies. Until 28 a command may be one word instead of a list. Source: moby api/types/strslice/strslice.go
 * UnmarshalJSON; api/types/container/config.go since 29. */
#include "docker/spec.h"

static bool fail_in(hcsref_arena *arena, const char *member, hcsref_error *err) {
  hcsref_str where;
  if (err != NULL && hcsref_format(arena, &where, "/%s%v", member, err->where))
    err->where = where;
  return false;
}

static bool decode_list(hcsref_arena *arena, const hcsref_rules *rules, const char *member, hcsref_str json,
                        hcsref_slice *out, hcsref_error *err) {
  hcsref_str word = {NULL, 0}, *only;
  hcsref_error ignored;
  if (json.len == 0)
    return true;
  if (hcsref_has(rules, HCSREF_CHANGE_MOBY_TYPED_API) || json.data[0] != '"')
    return hcsref_json_decode(arena, json, &hcsref_type_strings, HCSREF_JSON_WHOLE, out, err) ||
           fail_in(arena, member, err);
  if (!hcsref_json_decode(arena, json, &hcsref_type_string, HCSREF_JSON_WHOLE, &word, &ignored))
    return hcsref_fail_memory(err);
  only = hcsref_slice_push(arena, out, sizeof *only);
  if (only == NULL)
    return hcsref_fail_memory(err);
  *only = word;
  return true;
}

static const hcsref_rules *rules_of(hcsref_arena *arena, const hcsref_profile *profile, hcsref_error *err) {
  const hcsref_rules *rules = hcsref_profile_rules(profile, HCSREF_PROGRAM_MOBY);
  if (rules == NULL)
    (void)hcsref_fail(arena, err, "profile-lacks-program", HCSREF_LIT(""), "the profile has no moby");
  return rules;
}

bool hcsref_docker_decode_config(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                 hcsref_docker_config *out, hcsref_error *err) {
  hcsref_docker_config config = {0};
  hcsref_slice shell = {0};
  const hcsref_rules *rules = rules_of(arena, profile, err);
  if (rules == NULL ||
      !hcsref_json_decode_as(arena, rules, text, &hcsref_type_docker_config, HCSREF_JSON_WHOLE, &config, err) ||
      !decode_list(arena, rules, "Cmd", config.cmd_json, &config.cmd, err) ||
      !decode_list(arena, rules, "Entrypoint", config.entrypoint_json, &config.entrypoint, err) ||
      !decode_list(arena, rules, "Shell", config.shell_json, &shell, err))
    return false;
  *out = config;
  return true;
}

bool hcsref_docker_decode_host_config(hcsref_arena *arena, hcsref_str text, const hcsref_profile *profile,
                                      hcsref_docker_host_config *out, hcsref_error *err) {
  hcsref_docker_host_config config = {0};
  const hcsref_rules *rules = rules_of(arena, profile, err);
  if (rules == NULL ||
      !hcsref_json_decode_as(arena, rules, text, &hcsref_type_docker_host_config, HCSREF_JSON_WHOLE, &config, err) ||
      !decode_list(arena, rules, "CapAdd", config.cap_add_json, &config.cap_add, err) ||
      !decode_list(arena, rules, "CapDrop", config.cap_drop_json, &config.cap_drop, err))
    return false;
  *out = config;
  return true;
}
