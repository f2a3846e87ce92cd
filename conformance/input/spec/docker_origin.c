/* SPDX-License-Identifier: Apache-2.0 */
#include "input/spec/docker_origin.h"

/* A part of a spec, and the members that it may come from: the first that is there and says something. Config is the
 * body itself in the API's call. */
typedef struct correspondence {
  const char *spec;
  const char *members[2];
} correspondence;

#define HOST   "/HostConfig/"
#define CONFIG "/Config/"

static const correspondence pairs[] = {
    {"/windows/resources/cpu/count", {HOST "NanoCpus", HOST "CpuCount"}},
    {"/windows/resources/cpu/maximum", {HOST "NanoCpus", HOST "CpuPercent"}},
    {"/windows/resources/cpu/shares", {HOST "CpuShares", NULL}},
    {"/windows/resources/memory", {HOST "Memory", NULL}},
    {"/windows/resources/storage/iops", {HOST "IOMaximumIOps", NULL}},
    {"/windows/resources/storage/bps", {HOST "IOMaximumBandwidth", NULL}},
    {"/windows/hyperv", {HOST "Isolation", NULL}},
    {"/windows/credentialSpec", {HOST "SecurityOpt", NULL}},
    {"/windows/devices", {HOST "Devices", NULL}},
    {"/windows/network/DNSSearchList", {HOST "DnsSearch", NULL}},
    {"/windows/network/networkSharedContainerName", {HOST "NetworkMode", NULL}},
    {"/mounts", {"/Mounts", HOST "Binds"}},
    {"/mounts", {HOST "Mounts", NULL}},
    {"/annotations", {HOST "Annotations", NULL}},
    {"/hostname", {CONFIG "Hostname", NULL}},
    {"/process/args", {CONFIG "Entrypoint", CONFIG "Cmd"}},
    {"/process/commandLine", {CONFIG "Entrypoint", CONFIG "Cmd"}},
    {"/process/env", {CONFIG "Env", NULL}},
    {"/process/cwd", {CONFIG "WorkingDir", NULL}},
    {"/process/user", {CONFIG "User", NULL}},
    {"/process/terminal", {CONFIG "Tty", NULL}},
};

static bool says_something(const kit_json *node) {
  if (node == NULL || node->kind == KIT_JSON_NULL)
    return false;
  if (node->kind == KIT_JSON_ARRAY || node->kind == KIT_JSON_OBJECT)
    return node->count != 0;
  return !hcsref_str_equal(node->raw, HCSREF_LIT("0")) && !hcsref_str_equal(node->raw, HCSREF_LIT("\"\""));
}

/* The member, or an empty text when it says nothing. */
static hcsref_str find_member(const kit_json *container, const char *member) {
  hcsref_str pointer = hcsref_cstr(member);
  const kit_json *node;
  const size_t host = sizeof(HOST) - 1, config = sizeof(CONFIG) - 1;
  if (hcsref_str_has_prefix(pointer, HCSREF_LIT(HOST))) {
    node = kit_json_get(kit_json_get(container, "HostConfig"), member + host);
  } else if (hcsref_str_has_prefix(pointer, HCSREF_LIT(CONFIG))) {
    const kit_json *inside = kit_json_get(container, "Config");
    node = kit_json_get(inside != NULL ? inside : container, member + config);
    if (inside == NULL)
      pointer = hcsref_str_skip(pointer, config - 1);
  } else {
    node = kit_json_get(container, member + 1);
  }
  return says_something(node) ? pointer : HCSREF_LIT("");
}

static bool is_at(hcsref_str where, hcsref_str place) {
  return hcsref_str_has_prefix(where, place) && (where.len == place.len || where.data[place.len] == '/');
}

hcsref_str input_find_docker_origin(const kit_json *container, hcsref_str where) {
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    if (!is_at(where, hcsref_cstr(pairs[i].spec)))
      continue;
    for (size_t j = 0; j < 2 && pairs[i].members[j] != NULL; j++) {
      hcsref_str found = find_member(container, pairs[i].members[j]);
      if (found.len != 0)
        return found;
    }
  }
  return HCSREF_LIT("");
}
