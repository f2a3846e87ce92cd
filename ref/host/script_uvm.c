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
  bool confidential;
} system_document;

#define FIELD(s, member, type)                                                                                         \
  { #member, sizeof(#member) - 1, offsetof(s, member), &(type), NULL, true, 0, 0, NULL }
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
    FIELD(system_document, confidential, hcsref_type_bool),
};
static const hcsref_type system_type = {
    HCSREF_STRUCT, "hosting_system", sizeof(system_document), NULL, system_fields, COUNT_OF(system_fields), 0, NULL, 0};
static const hcsref_type system_ptr = {
    HCSREF_POINTER, "*hosting_system", sizeof(void *), &system_type, NULL, 0, 0, NULL, 0};

typedef struct scripted_uvm {
  hcsref_hosting_system system;
  const hcsref_script *script;
  system_document document;
  hcsref_index vsmb;
  hcsref_index dir_shares, file_shares; /* share names, by share_key */
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

/* Source: hcsshim internal/uvm vsmb.go getVSMBShareKey. */
static bool share_key(hcsref_arena *arena, hcsref_str path, bool read_only, hcsref_str *key) {
  hcsref_str clean;
  return hcsref_path_clean(arena, path, &clean) &&
         hcsref_format(arena, key, "%v-%s", clean, read_only ? "true" : "false");
}

/* As upstream looks a share up: a file is in the share of its folder. */
static bool by_share(const scripted_uvm *uvm, hcsref_arena *arena, hcsref_str host_path, bool read_only,
                     hcsref_str *guest_path, hcsref_str *message) {
  bool is_dir;
  hcsref_str dir = host_path;
  hcsref_str key, parts[3];
  const hcsref_value *name;
  if (hcsref_script_stat(uvm->script, arena, host_path, &is_dir, message) != HCSREF_PATH_OK)
    return false;
  parts[2] = hcsref_str_from(NULL, 0);
  if (!is_dir)
    hcsref_path_split(host_path, &dir, &parts[2]);
  if (!share_key(arena, dir, read_only, &key))
    return false;
  name = hcsref_index_find(is_dir ? &uvm->dir_shares : &uvm->file_shares, key);
  if (name == NULL)
    return not_attached(message);
  parts[0] = SHARE_PREFIX;
  parts[1] = hcsref_script_text(name);
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

/* A path is refused only where the script says so. */
static bool add_vsmb(void *ctx, hcsref_arena *arena, hcsref_str host_path, bool read_only, hcsref_str *message) {
  const scripted_uvm *uvm = ctx;
  const hcsref_value *answer = hcsref_index_find(&uvm->vsmb, host_path);
  (void)arena;
  (void)read_only;
  return answer == NULL || !hcsref_script_error(answer, message);
}

static const hcsref_hosting_system_ops uvm_ops = {.vsmb_path = vsmb_path, .add_vsmb = add_vsmb};

/* The shares of folders, or those of single files. */
static bool index_shares(hcsref_arena *arena, const hcsref_slice *list, bool file, hcsref_index *index) {
  const share *shares = list->items;
  hcsref_map names = {NULL, 0, 0};
  for (size_t i = 0; i < list->len; i++) {
    hcsref_value_entry *entry;
    if (shares[i].file != file)
      continue;
    entry = hcsref_map_push(arena, &names, sizeof(*entry));
    if (entry == NULL || !share_key(arena, shares[i].host_path, shares[i].read_only, &entry->key))
      return false;
    entry->value.kind = HCSREF_VALUE_STRING;
    entry->value.as.string = shares[i].name;
  }
  return hcsref_index_build(arena, &names, index);
}

static bool index_all_shares(hcsref_arena *arena, scripted_uvm *uvm, hcsref_error *err) {
  const hcsref_slice *list = &uvm->document.vsmb_shares;
  if (!hcsref_script_settle_map(arena, &uvm->document.vsmb, &hcsref_form_share, "vsmb", &uvm->vsmb, err))
    return false;
  return (index_shares(arena, list, false, &uvm->dir_shares) && index_shares(arena, list, true, &uvm->file_shares)) ||
         hcsref_fail_memory(err);
}

static void fill_system(scripted_uvm *uvm, const hcsref_script *script) {
  uvm->script = script;
  uvm->system.id = uvm->document.id;
  uvm->system.os = uvm->document.os;
  uvm->system.processor_count = uvm->document.processor_count;
  uvm->system.process_dump_location = uvm->document.process_dump_location;
  uvm->system.confidential = uvm->document.confidential;
  uvm->system.ops = &uvm_ops;
  uvm->system.ctx = uvm;
}

bool hcsref_script_hosting_system(hcsref_arena *arena, hcsref_script *script, hcsref_str text,
                                  hcsref_hosting_system **out, hcsref_error *err) {
  scripted_uvm *uvm = hcsref_arena_alloc(arena, sizeof(*uvm));
  system_document *document;
  if (uvm == NULL)
    return hcsref_fail_memory(err);
  uvm->document.os = HCSREF_LIT("windows");
  document = text.len == 0 ? NULL : &uvm->document;
  if (document != NULL && !hcsref_json_decode(arena, text, &system_ptr, HCSREF_JSON_WHOLE, &document, err))
    return false;
  if (document == NULL) {
    *out = NULL;
    return true;
  }
  if (!index_all_shares(arena, uvm, err))
    return false;
  fill_system(uvm, script);
  *out = &uvm->system;
  return true;
}
