/* SPDX-License-Identifier: Apache-2.0 */
/* One annotation that stands for several. Source: hcsshim internal/oci/annotations.go ProcessAnnotations. */
#include "uvm/read.h"

#define UNSAFE_KEY      "io.microsoft.disable-unsafe-operations"
#define DISABLE_HPC_KEY "microsoft.com/disable-hostprocess-container"
#define HPC_KEY         "microsoft.com/hostprocess-container"
#define PREFIX          "unable to process OCI Spec annotations: "

/* The last one since 0.13. */
static const char *const targets[] = {"io.microsoft.container.wcow.gmsa.disable",
                                      "io.microsoft.virtualmachine.fileshares.disablewritable",
                                      "io.microsoft.virtualmachine.wcow.virtualSMB.nodirectmap", DISABLE_HPC_KEY};

/* What contradicts, as the release tells it: everything since 0.14, before only the last of it. */
typedef struct conflicts {
  hcsref_buf text;
  size_t count;
} conflicts;

typedef struct annotation_value {
  const char *key;
  hcsref_str value;
} annotation_value;

static void append_value(hcsref_buf *text, const annotation_value *annotation) {
  hcsref_buf_append_quoted(text, hcsref_cstr(annotation->key));
  hcsref_buf_append(text, HCSREF_LIT(" = "));
  hcsref_buf_append_quoted(text, annotation->value);
}

static void tell(const hcsref_shim_call *call, conflicts *found, const char *what, const char *more,
                 const annotation_value *first, const annotation_value *second) {
  hcsref_buf *text = &found->text;
  const bool all = hcsref_has(call->rules, HCSREF_CHANGE_ANNOTATION_ALL_ERRORS);
  if (!all)
    text->len = 0;
  else if (found->count > 0)
    hcsref_buf_append_char(text, '\n');
  found->count++;
  hcsref_buf_append(text, hcsref_cstr(what));
  if (!all)
    return;
  hcsref_buf_append(text, hcsref_cstr(more));
  append_value(text, first);
  hcsref_buf_append(text, HCSREF_LIT(" and "));
  append_value(text, second);
}

static bool set_annotation(const hcsref_shim_call *call, const char *key, hcsref_str value) {
  hcsref_string_entry *entry = hcsref_map_push(call->arena, &call->spec->annotations, sizeof *entry);
  if (entry == NULL)
    return hcsref_fail_memory(call->err);
  entry->key = hcsref_cstr(key);
  entry->value = value;
  return true;
}

static size_t target_count(const hcsref_shim_call *call) {
  const size_t all = sizeof(targets) / sizeof(targets[0]);
  return hcsref_has(call->rules, HCSREF_CHANGE_HOSTPROCESS_DISABLE) ? all : all - 1;
}

/* The text is copied as it is; one that is there already and differs is a conflict. */
static bool expand(const hcsref_shim_call *call, hcsref_str value, conflicts *found) {
  const annotation_value source = {UNSAFE_KEY, value};
  for (size_t i = 0; i < target_count(call); i++) {
    const hcsref_str *there = hcsref_vm_annotation(call, targets[i]);
    if (there == NULL) {
      if (!set_annotation(call, targets[i], value))
        return false;
    } else if (!hcsref_str_equal(*there, value)) {
      const annotation_value target = {targets[i], *there};
      tell(call, found, "annotation expansion conflict", ": ", &source, &target);
    }
  }
  return true;
}

static void check_host_process(const hcsref_shim_call *call, conflicts *found) {
  annotation_value disabled = {DISABLE_HPC_KEY, HCSREF_LIT("")}, wanted = {HPC_KEY, HCSREF_LIT("")};
  if (!hcsref_has(call->rules, HCSREF_CHANGE_HOSTPROCESS_DISABLE) ||
      !hcsref_vm_read_bool(call, DISABLE_HPC_KEY, false) || !hcsref_vm_read_bool(call, HPC_KEY, false))
    return;
  disabled.value = *hcsref_vm_annotation(call, DISABLE_HPC_KEY);
  wanted.value = *hcsref_vm_annotation(call, HPC_KEY);
  tell(call, found, "specified annotations conflict", ": host process container annotations ", &disabled, &wanted);
}

bool hcsref_call_expand_annotations(hcsref_shim_call *call) {
  const hcsref_str *value = hcsref_vm_annotation(call, UNSAFE_KEY);
  conflicts found = {.text = {.arena = call->arena}};
  if (value != NULL && !expand(call, *value, &found))
    return false;
  check_host_process(call, &found);
  if (found.text.failed)
    return hcsref_fail_memory(call->err);
  return found.count == 0 || hcsref_fail(call->arena, call->err, "annotations-conflict", HCSREF_LIT("/annotations"),
                                         PREFIX "%v", hcsref_buf_str(&found.text));
}
