/* SPDX-License-Identifier: Apache-2.0 */
/* Capabilities are of no use to a Windows container, but a name that is not known is refused. Source: moby
 * oci/caps/utils.go NormalizeLegacyCapabilities. */
#include "docker/spec.h"

/* Until 20.10 those of Linux were known on Windows, too; later none is. Source: moby 20.10 oci/caps/utils.go init,
 * whose list ends there where the kernel cannot be asked. */
static const char *const known[] = {
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
};

/* In capital letters, with CAP_ in front. Only ASCII letters are made capital: no capability has others, and a name
 * that has is refused all the same. */
static bool normalize(hcsref_arena *arena, hcsref_str name, hcsref_str *out) {
  char *text;
  if (!hcsref_str_equal_ascii_fold(hcsref_str_first(name, 4), HCSREF_LIT("CAP_")) &&
      !hcsref_format(arena, &name, "CAP_%v", name))
    return false;
  text = hcsref_arena_alloc(arena, name.len);
  if (text == NULL)
    return false;
  for (size_t i = 0; i < name.len; i++)
    text[i] = (char)(name.data[i] >= 'a' && name.data[i] <= 'z' ? name.data[i] - 32 : name.data[i]);
  *out = hcsref_str_from(text, name.len);
  return true;
}

static bool is_known(const hcsref_docker_maker *m, hcsref_str name) {
  if (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_NO_LCOW))
    return false;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (hcsref_str_equal(name, hcsref_cstr(known[i])))
      return true;
  return false;
}

static bool check_list(const hcsref_docker_maker *m, const hcsref_slice *list, const char *where, const char *format) {
  const hcsref_str *names = list->items;
  for (size_t i = 0; i < list->len; i++) {
    hcsref_str name;
    if (hcsref_str_equal_ascii_fold(names[i], HCSREF_LIT("ALL")))
      continue;
    if (!normalize(m->arena, names[i], &name))
      return hcsref_fail_memory(m->err);
    if (!is_known(m, name))
      return hcsref_fail_item(m->arena, m->err, "docker-config", where, i, NULL, format, name);
  }
  return true;
}

bool hcsref_docker_check_capabilities(const hcsref_docker_maker *m) {
  const hcsref_docker_host_config *h = &m->host_config;
  return check_list(m, &h->cap_add, "/host_config/CapAdd", "invalid CapAdd: unknown capability: %q") &&
         check_list(m, &h->cap_drop, "/host_config/CapDrop", "invalid CapDrop: unknown capability: %q");
}
