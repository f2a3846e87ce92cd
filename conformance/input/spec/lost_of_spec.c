/* SPDX-License-Identifier: Apache-2.0 */
/* What a spec says that no document of a Windows container has. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go
 * createWindowsContainerDocument reads these sections of a spec, and no others. */
#include "input/spec/lost.h"

#include "compare/text.h"
#include "input/spec/crictl.h"

#include <string.h>

/* One spec. */
typedef struct review {
  hcsref_arena *arena;
  const input_reader *reader;
  hcsref_slice *notes;
  size_t from, to; /* of the notes: those on this spec before its members are looked at */
} review;

static bool is_empty(const kit_json *node) {
  switch (node->kind) {
  case KIT_JSON_NULL:
    return true;
  case KIT_JSON_BOOL:
    return !kit_json_is_true(node);
  case KIT_JSON_NUMBER:
    return hcsref_str_equal(node->raw, HCSREF_LIT("0"));
  case KIT_JSON_STRING:
    return node->text.len == 0;
  case KIT_JSON_ARRAY:
  case KIT_JSON_OBJECT:
  default:
    return node->count == 0;
  }
}

/* The member at a pointer without escapes; null: none, or one that says nothing. */
static const kit_json *find(const kit_json *tree, const char *pointer) {
  while (tree != NULL && *pointer != '\0') {
    char name[32];
    size_t length = strcspn(++pointer, "/");
    memcpy(name, pointer, length);
    name[length] = '\0';
    tree = kit_json_get(tree, name);
    pointer += length;
  }
  return tree != NULL && !is_empty(tree) ? tree : NULL;
}

static bool note(const review *r, hcsref_str where, const char *message) {
  return input_add_note(r->arena, r->notes, where, "%s", message);
}

/* ---- sections that nothing reads --------------------------------------------------------------------------------- */

static bool note_unread(const review *r, const kit_json *tree) {
  static const char *const pointers[] = {"/solaris",
                                         "/vm",
                                         "/zos",
                                         "/freebsd",
                                         "/hooks",
                                         "/domainname",
                                         "/process/capabilities",
                                         "/process/rlimits",
                                         "/process/noNewPrivileges",
                                         "/process/apparmorProfile",
                                         "/process/oomScoreAdj",
                                         "/process/selinuxLabel",
                                         "/process/scheduler",
                                         "/process/ioPriority"};
  /* Source: hcsshim internal/oci/util.go IsLCOW. */
  const kit_json *linux_section = kit_json_get(tree, "linux");
  if (linux_section != NULL && linux_section->kind != KIT_JSON_NULL &&
      !note(r, HCSREF_LIT("/linux"), "hcsshim takes a spec that has this for a Linux container's (LCOW)"))
    return false;
  for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
    if (find(tree, pointers[i]) != NULL &&
        !note(r, hcsref_cstr(pointers[i]), "hcsshim does not read this for a Windows container"))
      return false;
  return true;
}

/* ---- values that some releases, or one of the schemas, read ---- */

static bool note_affinity(const review *r, const kit_json *tree) {
  hcsref_change_info change;
  if (find(tree, "/windows/resources/cpu/affinity") == NULL ||
      input_has_change(r->reader->rules, "hcsshim.cpu.affinity-checked", &change))
    return true;
  return input_add_note(r->arena, r->notes, HCSREF_LIT("/windows/resources/cpu/affinity"),
                        "this release does not apply CPU affinity: hcsshim %s and newer do, to the container's job "
                        "object",
                        change.since);
}

static bool note_credentials(const review *r, const kit_json *tree) {
  const kit_json *spec = find(tree, "/windows/credentialSpec");
  const hcsref_str where = HCSREF_LIT("/windows/credentialSpec");
  if (spec == NULL)
    return true;
  if (spec->kind != KIT_JSON_STRING)
    return note(r, where,
                "hcsshim passes over a credential spec that is an object, in every release: the container runs without "
                "its account. Give the JSON text as a string");
  if (!r->reader->v2 || r->reader->has_ccg_state)
    return true;
  return note(r, where,
              "a document of schema 2 has credentials only with the state that Container Credential Guard gives "
              "(--ccg-state); schema 1 has them as they are");
}

/* Linux' ids; containerd writes zeros. */
static bool note_ids(const review *r, const kit_json *tree) {
  static const char *const pointers[] = {"/process/user/uid", "/process/user/gid"};
  for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
    if (find(tree, pointers[i]) != NULL &&
        !note(r, hcsref_cstr(pointers[i]), "Windows has no such ids: the user is process.user.username"))
      return false;
  return true;
}

/* Source: hcsshim internal/oci/annotations.go parseAnnotationsUint64 and its siblings log and go on. */
static bool note_annotations(const review *r, const kit_json *tree) {
  static const char *const numbers[] = {"processor.count",
                                        "processor.limit",
                                        "processor.weight",
                                        "memory.sizeinmb",
                                        "storage.qos.bandwidthmaximum",
                                        "storage.qos.iopsmaximum"};
  const hcsref_str prefix = HCSREF_LIT("io.microsoft.container.");
  const kit_json *annotations = find(tree, "/annotations");
  for (const kit_json *item = annotations == NULL ? NULL : annotations->first; item != NULL; item = item->next) {
    hcsref_buf pointer = {.arena = r->arena};
    bool number = false, digits = item->kind == KIT_JSON_STRING && item->text.len > 0;
    for (size_t i = 0; hcsref_str_has_prefix(item->key, prefix) && i < sizeof(numbers) / sizeof(numbers[0]); i++)
      number = number || hcsref_str_equal(hcsref_str_skip(item->key, prefix.len), hcsref_cstr(numbers[i]));
    for (size_t i = 0; digits && i < item->text.len; i++)
      digits = item->text.data[i] >= '0' && item->text.data[i] <= '9';
    if (!number || digits || item->kind != KIT_JSON_STRING)
      continue;
    hcsref_buf_append(&pointer, HCSREF_LIT("/annotations"));
    kit_pointer_append(&pointer, item->key);
    if (pointer.failed ||
        !note(r, hcsref_buf_str(&pointer), "is not a number: hcsshim logs that and goes on without it"))
      return false;
  }
  return true;
}

static bool note_by_schema(const review *r, const kit_json *tree) {
  if (find(tree, "/windows/resources/storage/sandboxSize") != NULL &&
      !note(r, HCSREF_LIT("/windows/resources/storage/sandboxSize"),
            "is the size that the scratch layer gets when it is made: no document has it"))
    return false;
  return !r->reader->v2 || find(tree, "/windows/network/endpointList") == NULL ||
         note(r, HCSREF_LIT("/windows/network/endpointList"),
              "schema 2 has no endpoints, but a network namespace (windows.network.networkNamespace)");
}

/* ---- mounts ---- */

/* Folders that an image has and that Windows is known not to let be replaced. Source: containerd issue #6712,
 * kubernetes issue #108868: "The parameter is incorrect". */
static bool hides_image(hcsref_str destination) {
  static const char *const folders[] = {"C:\\Users", "C:\\Windows", "C:\\Windows\\System32", "C:\\Program Files",
                                        "C:\\ProgramData"};
  hcsref_str path = destination;
  while (path.len > 3 && path.data[path.len - 1] == '\\')
    path.len--;
  for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
    if (hcsref_str_equal_ascii_fold(path, hcsref_cstr(folders[i])))
      return true;
  return false;
}

static bool note_mounts(const review *r, const kit_json *tree) {
  const kit_json *mounts = find(tree, "/mounts");
  size_t index = 0;
  if (mounts == NULL || mounts->kind != KIT_JSON_ARRAY)
    return true;
  for (const kit_json *mount = mounts->first; mount != NULL; mount = mount->next, index++) {
    hcsref_str where, destination = kit_json_get_string(mount, "destination");
    if (!hides_image(destination))
      continue;
    if (!hcsref_format(r->arena, &where, "/mounts/%u/destination", (uint64_t)index) ||
        !input_add_note(r->arena, r->notes, where,
                        "%v is a folder of the image, which the mount would hide: Windows is known to refuse that "
                        "(\"The parameter is incorrect\")",
                        destination))
      return false;
  }
  return true;
}

/* ---- members that the release does not know ---- */

bool input_field_release(hcsref_arena *arena, const hcsref_field *field, hcsref_str *out) {
  hcsref_change_info change;
  *out = hcsref_cstr(NULL);
  if (field == NULL || field->since == 0)
    return true;
  change = hcsref_change_at((size_t)field->since - 1);
  return hcsref_format(arena, out, "; %s %s and newer do", change.part, change.since);
}

static const hcsref_type *pointed_at(const hcsref_type *type) {
  while (type != NULL && type->kind == HCSREF_POINTER)
    type = type->elem;
  return type;
}

/* A field of any release. */
static const hcsref_field *any_field(const hcsref_type *type, hcsref_str key) {
  for (size_t i = 0; i < type->field_count; i++)
    if (hcsref_str_equal_ascii_fold(key, hcsref_str_from(type->fields[i].name, type->fields[i].name_len)))
      return &type->fields[i];
  return NULL;
}

static bool is_noted(const review *r, hcsref_str where) {
  const input_note *notes = r->notes->items;
  for (size_t i = r->from; i < r->to; i++)
    if (hcsref_str_equal(notes[i].where, where))
      return true;
  return false;
}

static bool note_unknown(const review *r, const hcsref_type *type, const kit_json *member, hcsref_str where) {
  hcsref_str release;
  if (is_empty(member) || is_noted(r, where))
    return true;
  return input_field_release(r->arena, any_field(type, member->key), &release) &&
         input_add_note(r->arena, r->notes, where, "is ignored: this release has no such field%v", release);
}

/* Tables are not deeper than this; "any JSON" ends the way down. */
#define DEEPEST 16

static bool note_members(const review *r, const kit_json *node, const hcsref_type *type, hcsref_str where,
                         unsigned depth) {
  size_t index = 0;
  bool list;
  type = pointed_at(type);
  if (type == NULL || depth == DEEPEST)
    return true;
  list = type->kind == HCSREF_SLICE && node->kind == KIT_JSON_ARRAY;
  if (!list && (type->kind != HCSREF_STRUCT || type->field_count == 0 || node->kind != KIT_JSON_OBJECT))
    return true;
  for (const kit_json *child = node->first; child != NULL; child = child->next, index++) {
    const hcsref_field *field = list ? NULL : hcsref_type_field_as(type, r->reader->rules, child->key);
    hcsref_buf pointer = {.arena = r->arena};
    const hcsref_type *inner;
    bool ok;
    hcsref_buf_append(&pointer, where);
    kit_pointer_append_child(&pointer, child->key, index);
    if (pointer.failed)
      return false;
    inner = list ? type->elem : field == NULL ? NULL : field->type;
    ok = inner != NULL ? note_members(r, child, inner, hcsref_buf_str(&pointer), depth + 1)
                       : note_unknown(r, type, child, hcsref_buf_str(&pointer));
    if (!ok)
      return false;
  }
  return true;
}

/* What nothing reads is said of the section, not of its members as well. */
static bool note_unknown_members(const review *r, const kit_json *tree) {
  for (const kit_json *child = tree->first; child != NULL; child = child->next) {
    const hcsref_field *field = hcsref_type_field_as(&hcsref_type_oci_spec, r->reader->rules, child->key);
    hcsref_buf pointer = {.arena = r->arena};
    kit_pointer_append(&pointer, child->key);
    if (pointer.failed)
      return false;
    if (is_noted(r, hcsref_buf_str(&pointer)))
      continue;
    if (!(field == NULL ? note_unknown(r, &hcsref_type_oci_spec, child, hcsref_buf_str(&pointer))
                        : note_members(r, child, field->type, hcsref_buf_str(&pointer), 1)))
      return false;
  }
  return true;
}

bool input_note_lost_of_spec(hcsref_arena *arena, const input_reader *reader, hcsref_str spec, hcsref_slice *notes) {
  review r = {arena, reader, notes, notes->len, 0};
  hcsref_error err = {0};
  kit_json *tree;
  if (!kit_json_parse(arena, spec, &tree, &err))
    return strcmp(err.code, "out-of-memory") != 0;
  if (tree->kind != KIT_JSON_OBJECT)
    return true;
  if (!note_unread(&r, tree) || !note_affinity(&r, tree) || !note_credentials(&r, tree) || !note_by_schema(&r, tree) ||
      !note_ids(&r, tree) || !note_annotations(&r, tree))
    return false;
  r.to = notes->len;
  return note_mounts(&r, tree) && note_unknown_members(&r, tree);
}
