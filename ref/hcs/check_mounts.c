/* SPDX-License-Identifier: Apache-2.0 */
/* What hcsshim asks of mounts before it sets any of them up. Source: hcsshim internal/hcsoci/resources_wcow.go
 * setupMounts. */
#include "hcs/mount_type.h"
#include "hcsref/pipeline.h"
#include "schema/need_spec.h"

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

/* A specs.Mount as Go's %+v shows it. */
static bool show_mount(hcsref_arena *arena, const hcsref_oci_mount *mount, hcsref_str *out) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, HCSREF_LIT("{Destination:"));
  hcsref_buf_append(&buf, mount->destination);
  hcsref_buf_append(&buf, HCSREF_LIT(" Type:"));
  hcsref_buf_append(&buf, mount->type);
  hcsref_buf_append(&buf, HCSREF_LIT(" Source:"));
  hcsref_buf_append(&buf, mount->source);
  hcsref_buf_append(&buf, HCSREF_LIT(" Options:"));
  append_strings(&buf, &mount->options);
  hcsref_buf_append(&buf, HCSREF_LIT(" UIDMappings:"));
  append_mappings(&buf, &mount->uid_mappings);
  hcsref_buf_append(&buf, HCSREF_LIT(" GIDMappings:"));
  append_mappings(&buf, &mount->gid_mappings);
  hcsref_buf_append_char(&buf, '}');
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

static bool check_mount(hcsref_arena *arena, const hcsref_oci_mount *mount, size_t index, hcsref_error *err) {
  hcsref_str shown;
  if (mount->destination.len == 0 || mount->source.len == 0) {
    if (!show_mount(arena, mount, &shown))
      return hcsref_fail_memory(err);
    return hcsref_fail_item(arena, err, "mount-incomplete", "/mounts", index,
                            mount->destination.len == 0 ? "destination" : "source",
                            "invalid OCI spec - a mount must have both source and a destination: %v", shown);
  }
  if (mount->type.len == 0 || hcsref_is_disk_mount(mount->type))
    return true;
  return hcsref_fail_item(arena, err, "mount-type", "/mounts", index, "type",
                          "invalid OCI spec - Type '%v' not supported", mount->type);
}

bool hcsref_check_mounts(hcsref_arena *arena, const hcsref_oci_spec *spec, hcsref_error *err) {
  const hcsref_oci_mount *mounts;
  if (!hcsref_need_spec(arena, spec, err))
    return false;
  mounts = spec->mounts.items;
  for (size_t i = 0; i < spec->mounts.len; i++)
    if (!check_mount(arena, &mounts[i], i, err))
      return false;
  return true;
}
