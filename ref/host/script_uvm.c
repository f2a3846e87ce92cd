/* SPDX-License-Identifier: Apache-2.0 */
/* The scripted utility VM: its facts, and its shares by one of two lists. */
#include "hcsref/path.h"
#include "host/script.h"

/* Source: hcsshim internal/uvm vsmb.go vsmbSharePrefix. */
#define SHARE_PREFIX HCSREF_LIT("\\\\?\\VMSMB\\VSMB-{dcc079ae-60ba-4d07-847c-3493609c0870}")

typedef struct share {
  hcsref_str host_path, name;
  bool read_only, file;
} share;

typedef struct system_document {
  hcsref_str id, os, process_dump_location;
  int32_t processor_count;
  hcsref_map vsmb;          /* of hcsref_value: a guest path or an error for each host path */
  hcsref_slice vsmb_shares; /* of share */
} system_document;

#define FIELD(s, member, type)                                                                                         \
  { #member, sizeof(#member) - 1, offsetof(s, member), &(type), NULL, true }
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const hcsref_field share_fields[] = {
    FIELD(share, host_path, hcsref_type_string),
    FIELD(share, read_only, hcsref_type_bool),
    FIELD(share, name, hcsref_type_string),
    FIELD(share, file, hcsref_type_bool),
};
static const hcsref_type share_type = {HCSREF_STRUCT,          "share", sizeof(share), NULL, share_fields,
                                       COUNT_OF(share_fields), 0,       NULL,          0};
static const hcsref_type shares_type = {HCSREF_SLICE, "[]share", sizeof(hcsref_slice), &share_type, NULL, 0, 0,
                                        NULL,         0};
static const hcsref_type vsmb_type = {
    HCSREF_MAP, "map[string]interface {}", sizeof(hcsref_map), &hcsref_type_any, NULL, 0, 0,
    NULL,       sizeof(hcsref_value_entry)};
static const hcsref_field system_fields[] = {
    FIELD(system_document, id, hcsref_type_string),
    FIELD(system_document, os, hcsref_type_string),
    FIELD(system_document, process_dump_location, hcsref_type_string),
    FIELD(system_document, processor_count, hcsref_type_int32),
    FIELD(system_document, vsmb, vsmb_type),
    FIELD(system_document, vsmb_shares, shares_type),
};
static const hcsref_type system_type = {
    HCSREF_STRUCT, "hosting_system", sizeof(system_document), NULL, system_fields, COUNT_OF(system_fields), 0, NULL, 0};

typedef struct scripted_uvm {
  hcsref_hosting_system system;
  const hcsref_script *script;
  system_document document;
  hcsref_index vsmb;
} scripted_uvm;

static bool not_attached(hcsref_str *message) {
  *message = HCSREF_LIT("not attached");
  return false;
}

static bool by_source(const scripted_uvm *uvm, hcsref_str host_path, hcsref_str *guest_path, hcsref_str *message) {
  const hcsref_value *answer = hcsref_index_find(&uvm->vsmb, host_path);
  if (answer == NULL)
    return not_attached(message);
  if (hcsref_script_error(answer, message))
    return false;
  *guest_path = hcsref_script_text(answer);
  return true;
}

/* The share of that cleaned path, access and kind, or null. A VM has few shares. */
static const share *find_share(const scripted_uvm *uvm, hcsref_str path, bool read_only, bool file) {
  const share *shares = uvm->document.vsmb_shares.items;
  for (size_t i = 0; i < uvm->document.vsmb_shares.len; i++)
    if (shares[i].read_only == read_only && shares[i].file == file && hcsref_str_equal(shares[i].host_path, path))
      return &shares[i];
  return NULL;
}

/* As upstream looks a share up: a file is in the share of its folder. */
static bool by_share(const scripted_uvm *uvm, hcsref_arena *arena, hcsref_str host_path, bool read_only,
                     hcsref_str *guest_path, hcsref_str *message) {
  bool is_dir;
  hcsref_str dir = host_path;
  hcsref_str parts[3];
  const share *found;
  if (hcsref_script_stat(uvm->script, arena, host_path, &is_dir, message) != HCSREF_PATH_OK)
    return false;
  parts[2] = hcsref_str_from(NULL, 0);
  if (!is_dir)
    hcsref_path_split(host_path, &dir, &parts[2]);
  if (!hcsref_path_clean(arena, dir, &dir))
    return false;
  found = find_share(uvm, dir, read_only, !is_dir);
  if (found == NULL)
    return not_attached(message);
  parts[0] = SHARE_PREFIX;
  parts[1] = found->name;
  return hcsref_path_join(arena, parts, COUNT_OF(parts), guest_path);
}

static bool vsmb_path(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *guest_path,
                      hcsref_str *message) {
  const scripted_uvm *uvm = ctx;
  if (host_path.len == 0) {
    *message = HCSREF_LIT("no hostPath passed to GetVSMBUvmPath");
    return false;
  }
  if (uvm->document.vsmb_shares.items == NULL)
    return by_source(uvm, host_path, guest_path, message);
  return by_share(uvm, arena, host_path, read_only, guest_path, message);
}

static const hcsref_hosting_system_ops uvm_ops = {vsmb_path};

static bool check_vsmb(hcsref_arena *arena, const hcsref_map *vsmb, hcsref_error *err) {
  const hcsref_value_entry *entries = vsmb->entries;
  for (size_t i = 0; i < vsmb->len; i++) {
    hcsref_str ignored;
    hcsref_buf where = {.arena = arena};
    if (entries[i].value.kind == HCSREF_VALUE_STRING || hcsref_script_error(&entries[i].value, &ignored))
      continue;
    hcsref_buf_append(&where, HCSREF_LIT("/vsmb"));
    hcsref_buf_append_pointer_token(&where, entries[i].key);
    if (where.failed)
      return hcsref_fail_memory(err);
    return hcsref_fail(arena, err, "host-script", hcsref_buf_str(&where), "the host script's vsmb has no known form");
  }
  return true;
}

/* Upstream keeps shares by their cleaned path. */
static bool clean_shares(hcsref_arena *arena, const hcsref_slice *list) {
  share *shares = list->items;
  for (size_t i = 0; i < list->len; i++)
    if (!hcsref_path_clean(arena, shares[i].host_path, &shares[i].host_path))
      return false;
  return true;
}

bool hcsref_script_hosting_system(hcsref_arena *arena, hcsref_script *script, hcsref_str text,
                                  hcsref_hosting_system **out, hcsref_error *err) {
  scripted_uvm *uvm;
  if (text.len == 0 || hcsref_str_equal(text, HCSREF_LIT("null"))) {
    *out = NULL;
    return true;
  }
  uvm = hcsref_arena_alloc(arena, sizeof(*uvm));
  if (uvm == NULL)
    return hcsref_fail_memory(err);
  uvm->document.os = HCSREF_LIT("windows");
  if (!hcsref_json_decode(arena, text, &system_type, HCSREF_JSON_WHOLE, &uvm->document, err) ||
      !check_vsmb(arena, &uvm->document.vsmb, err))
    return false;
  if (!hcsref_index_build(arena, &uvm->document.vsmb, &uvm->vsmb) || !clean_shares(arena, &uvm->document.vsmb_shares))
    return hcsref_fail_memory(err);
  uvm->script = script;
  uvm->system.id = uvm->document.id;
  uvm->system.os = uvm->document.os;
  uvm->system.processor_count = uvm->document.processor_count;
  uvm->system.process_dump_location = uvm->document.process_dump_location;
  uvm->system.ops = &uvm_ops;
  uvm->system.ctx = uvm;
  *out = &uvm->system;
  return true;
}
