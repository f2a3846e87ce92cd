/* SPDX-License-Identifier: Apache-2.0 */
/* Source: Go fmt %+v of a specs.Mount, whose fields are those of the runtime-spec that hcsshim vendors. */
#include "hcs/show_mount.h"

static void append_strings(hcsref_buf *buf, const hcsref_slice *strings) {
  const hcsref_str *items = strings->items;
  hcsref_buf_append_char(buf, '[');
  for (size_t i = 0; i < strings->len; i++) {
    if (i != 0)
      hcsref_buf_append_char(buf, ' ');
    hcsref_buf_append(buf, items[i]);
  }
  hcsref_buf_append_char(buf, ']');
}

static void append_number(hcsref_buf *buf, const char *name, uint32_t number) {
  hcsref_buf_append(buf, hcsref_cstr(name));
  hcsref_buf_append_uint(buf, number);
}

static void append_mappings(hcsref_buf *buf, const hcsref_slice *mappings) {
  const hcsref_oci_linux_id_mapping *items = mappings->items;
  hcsref_buf_append_char(buf, '[');
  for (size_t i = 0; i < mappings->len; i++) {
    append_number(buf, i == 0 ? "{ContainerID:" : " {ContainerID:", items[i].container_id);
    append_number(buf, " HostID:", items[i].host_id);
    append_number(buf, " Size:", items[i].size);
    hcsref_buf_append_char(buf, '}');
  }
  hcsref_buf_append_char(buf, ']');
}

bool hcsref_show_mount(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_oci_mount *mount, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, HCSREF_LIT("{Destination:"));
  hcsref_buf_append(&buf, mount->destination);
  hcsref_buf_append(&buf, HCSREF_LIT(" Type:"));
  hcsref_buf_append(&buf, mount->type);
  hcsref_buf_append(&buf, HCSREF_LIT(" Source:"));
  hcsref_buf_append(&buf, mount->source);
  hcsref_buf_append(&buf, HCSREF_LIT(" Options:"));
  append_strings(&buf, &mount->options);
  if (hcsref_has(rules, HCSREF_CHANGE_SPEC_MOUNT_MAPPINGS)) {
    hcsref_buf_append(&buf, HCSREF_LIT(" UIDMappings:"));
    append_mappings(&buf, &mount->uid_mappings);
    hcsref_buf_append(&buf, HCSREF_LIT(" GIDMappings:"));
    append_mappings(&buf, &mount->gid_mappings);
  }
  hcsref_buf_append_char(&buf, '}');
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}
