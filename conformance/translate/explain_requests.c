/* SPDX-License-Identifier: Apache-2.0 */
/* Where the fields of what a VM is asked come from. A request says what of the spec it is made for; which of its fields
 * are that place's own, and which the shim's, is the same for each kind. Source: hcsshim internal/uvm vsmb.go,
 * scsi/manager.go, pipes.go, combine_layers.go; internal/hcsoci resources_wcow.go. */
#include "compare/text.h"
#include "hcsref/vm.h"
#include "translate/work.h"

#include <string.h>

typedef enum source { CONSTANT, OF_SPEC, OF_HOST } source;

/* The first row whose words the pointer below the request begins with. */
static const struct {
  const char *begin;
  source from;
  const char *rule;
} rows[] = {
    {"/to", CONSTANT, "who is asked: the compute system of the VM, or its guest"},
    {"/request/ResourcePath", CONSTANT, "Modify: the resource; a disk gets the lowest free place of its controller"},
    {"/request/RequestType", CONSTANT, "Modify: what is to happen to the resource"},
    {"/request/ResourceType", CONSTANT, "Modify: the resource in the guest"},
    {"/request/Settings/Name", CONSTANT, "AddVSMB: s and the number of the share, in hexadecimal digits"},
    {"/request/Settings/Path", OF_SPEC, "AddVSMB, AddVirtualDisk: the folder or the disk"},
    {"/request/Settings/AllowedFiles", OF_SPEC, "AddVSMB: a file is shared with its folder, alone"},
    {"/request/Settings/Options", CONSTANT, "DefaultVSMBOptions: of a layer, of a read-only or a writable mount"},
    {"/request/Settings/Type", OF_SPEC, "the mount's type; the scratch is a virtual disk"},
    {"/request/Settings/ReadOnly", OF_SPEC, "the mount's option ro"},
    {"/request/Settings/ExtensibleVirtualDiskType", OF_SPEC,
     "parseExtensibleVirtualDiskPath: what stands before the path"},
    {"/request/Settings/ContainerPath", CONSTANT, "where the guest mounts the disk: the lowest free number"},
    {"/request/Settings/Lun", CONSTANT, "the place of the disk on its controller"},
    {"/request/Settings/ContainerRootPath", CONSTANT, "CombineLayersWCOW: where the scratch is mounted"},
    {"/request/args", OF_SPEC, "a folder of the sandbox is made in the guest"},
};

#define LAYERS "/request/Settings/Layers/"

/* A pipe's resource has its name. */
static bool names_pipe(hcsref_str below, hcsref_str value) {
  return hcsref_str_equal(below, HCSREF_LIT("/request/ResourcePath")) &&
         hcsref_str_has_prefix(value, HCSREF_LIT("\"VirtualMachine/Devices/MappedPipes/"));
}

/* The layers of a combination are the spec's, in its order; their ids are the host's. */
static bool explain_layer(translation_work *w, hcsref_str below, translation_field *field) {
  size_t digits = 0;
  below = hcsref_str_skip(below, sizeof LAYERS - 1);
  while (digits < below.len && below.data[digits] != '/')
    digits++;
  if (hcsref_str_has_suffix(below, HCSREF_LIT("/Id"))) {
    field->where = HCSREF_LIT("host layer_id");
    field->rule = "LayerID: NameToGuid of the folder's name";
    return true;
  }
  field->rule = "GetVSMBUvmPath: the path of the layer's share in the guest";
  return hcsref_format(w->arena, &field->where, "/windows/layerFolders/%v", hcsref_str_first(below, digits)) ||
         hcsref_fail_memory(w->err);
}

static bool explain_leaf(translation_work *w, const hcsref_vm_request *request, hcsref_str below, hcsref_str pointer,
                         hcsref_str value) {
  translation_field field = {.pointer = pointer, .value = value};
  if (hcsref_str_has_prefix(below, HCSREF_LIT(LAYERS)) && !explain_layer(w, below, &field))
    return false;
  if (names_pipe(below, value)) {
    field.where = request->where;
    field.rule = "AddPipe: the resource of the pipe's name";
  }
  for (size_t i = 0; i < sizeof rows / sizeof rows[0] && field.rule == NULL; i++) {
    if (!hcsref_str_has_prefix(below, hcsref_cstr(rows[i].begin)))
      continue;
    field.rule = rows[i].rule;
    if (rows[i].from == OF_SPEC)
      field.where = request->where;
  }
  return translation_add_field(w, &field);
}

/* `start` is the length of the request's own pointer. NOLINTNEXTLINE(misc-no-recursion) */
static bool explain_tree(translation_work *w, const hcsref_vm_request *request, const kit_json *node,
                         hcsref_str pointer, size_t start) {
  size_t index = 0;
  if (node->first == NULL)
    return explain_leaf(w, request, hcsref_str_skip(pointer, start), pointer, node->raw);
  for (const kit_json *child = node->first; child != NULL; child = child->next, index++) {
    hcsref_buf below = {.arena = w->arena};
    hcsref_buf_append(&below, pointer);
    kit_pointer_append_child(&below, child->key, index);
    if (below.failed)
      return hcsref_fail_memory(w->err);
    if (!explain_tree(w, request, child, hcsref_buf_str(&below), start))
      return false;
  }
  return true;
}

static bool explain_request(translation_work *w, const hcsref_vm_request *request, size_t number,
                            const hcsref_create_request *created) {
  hcsref_str start = {NULL, 0}, whole = {NULL, 0}, to = {NULL, 0}, name = {NULL, 0};
  kit_json *tree = NULL;
  if (!hcsref_format(w->arena, &start, "/%u", (uint64_t)number) ||
      !hcsref_format(w->arena, &whole, "%v/request", start) || !hcsref_format(w->arena, &to, "%v/to", start) ||
      !hcsref_format(w->arena, &name, "\"%s\"", request->to))
    return hcsref_fail_memory(w->err);
  if (!explain_leaf(w, request, HCSREF_LIT("/to"), to, name))
    return false;
  if (strcmp(request->to, "guest-create") == 0)
    return translation_explain_value(w, whole, created->document_type, created->document);
  return kit_json_parse(w->arena, request->text, &tree, w->err) && explain_tree(w, request, tree, whole, start.len);
}

bool translation_explain_requests(translation_work *w, const hcsref_slice *asked,
                                  const hcsref_create_request *created) {
  const hcsref_vm_request *items = asked->items;
  for (size_t i = 0; i < asked->len; i++)
    if (!explain_request(w, &items[i], i, created))
      return false;
  return true;
}
