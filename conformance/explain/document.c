/* SPDX-License-Identifier: Apache-2.0 */
#include "explain/document.h"

#include "explain/entries.h"
#include "explain/pod.h"
#include "explain/tree_walk.h"
#include "input/kind.h"
#include "input/position.h"
#include "io/indent.h"
#include "lint/lint.h"
#include "translate/translation.h"

#include <string.h>

/* Longest translation that is shown. */
#define MOST_SHOWN 16384

/* What lint takes it for, where that is no input of a runtime; null: it is one, or unknown. */
static const char *other_than_input(const kit_json *tree, kit_document *document) {
  if (!kit_document_find(NULL, tree, document) || document->name == NULL || strcmp(document->name, "oci") == 0 ||
      strncmp(document->name, "cri", 3) == 0)
    return NULL;
  return document->what;
}

const char *explain_kind(const kit_json *tree) {
  kit_document document;
  const char *other;
  input_kind kind;
  if (tree->first == NULL)
    return NULL;
  kind = input_kind_of(tree);
  if (kind == INPUT_FOREIGN)
    return input_foreign_of(tree)->what;
  if (kind > INPUT_CRI_POD && kind <= INPUT_KUBERNETES)
    return input_kind_name(kind);
  other = other_than_input(tree, &document);
  if (other != NULL)
    return other;
  /* Where lint takes it for nothing, few of its members are those of a spec or config. */
  return kind == INPUT_UNKNOWN || (document.name == NULL && kind <= INPUT_CRI_POD) ? NULL : input_kind_name(kind);
}

bool explain_is_plural(const char *kind) {
  static const char *const plurals[] = {"properties ",    "statistics ",    "the parameters ",    "requests ",
                                        "HCS documents ", "all documents ", "HNS load balancers "};
  for (size_t i = 0; i < sizeof plurals / sizeof plurals[0]; i++)
    if (strncmp(kind, plurals[i], strlen(plurals[i])) == 0)
      return true;
  return false;
}

/* ---- what lint finds --------------------------------------------------------------------------------------------- */

typedef struct listing {
  explain_page *page;
  uint64_t count;
  const input_map *cut; /* of a document whose end is missing; null: whole */
  size_t open;          /* how many of its containers are not whole */
} listing;

/* Is what the pointer leads to there, and whole? The containers that are not are each the last in the one above. */
static bool is_whole(const listing *l, hcsref_str pointer) {
  input_place place;
  const kit_json *node = l->cut->tree;
  if (!input_locate(l->cut, pointer, false, &place))
    return false;
  for (size_t i = 0; i < l->open; i++, node = node->last) {
    hcsref_str open = {NULL, 0};
    l->page->failed = l->page->failed || !explain_pointer_to(l->page->arena, l->cut->tree, node, &open);
    if (hcsref_str_equal(open, pointer))
      return false;
  }
  return true;
}

static void list_finding(void *context, const kit_finding *finding) {
  listing *l = context;
  if (l->cut != NULL && !is_whole(l, finding->pointer))
    return;
  if (l->count++ >= EXPLAIN_MOST_FINDINGS)
    return;
  explain_say(l->page, "%v: %s: %v [%s]",
              finding->pointer.len == 0 ? HCSREF_LIT("(the whole document)") : finding->pointer,
              kit_severity_name(finding->rule->severity), finding->message, finding->rule->id);
}

/* Lint looks at none of their members. */
static bool has_no_table(const kit_document *document, input_kind kind) {
  return kind == INPUT_DOCKER_INSPECT || kind == INPUT_DOCKER_CREATE ||
         (kind == INPUT_KUBERNETES && document->shape.type == NULL);
}

/* A runtime makes a document of it. */
static bool is_input(const kit_json *tree) {
  kit_document document;
  input_kind kind = input_kind_of(tree);
  return kind >= INPUT_OCI_SPEC && kind <= INPUT_DOCKER_CREATE &&
         (kind > INPUT_CRI_POD || other_than_input(tree, &document) == NULL);
}

static void tell_findings(explain_page *page, const kit_json *tree, listing l) {
  kit_document document;
  if (!kit_document_find(NULL, tree, &document) || document.name == NULL ||
      has_no_table(&document, input_kind_of(tree)))
    return;
  if (page->profile != NULL && kit_document_program(&document) != HCSREF_PROGRAM_COUNT)
    document.rules = hcsref_profile_rules(page->profile, kit_document_program(&document));
  explain_part_begin(page, "findings", "What lint finds in it");
  if (!kit_lint(page->arena, &document, tree, list_finding, &l))
    page->failed = true;
  if (l.count > EXPLAIN_MOST_FINDINGS)
    explain_say(page, "and %u more: give the document to 'hcsproof lint'", l.count - EXPLAIN_MOST_FINDINGS);
  else if (l.count == 0 && l.cut == NULL && !is_input(tree)) /* of those, what becomes of them is said below */
    explain_say(page, "Nothing: it follows the schema and every rule that can be checked without a host.");
}

/* ---- what becomes of an input ------------------------------------------------------------------------------------ */

static void tell_notes(explain_page *page, const hcsref_slice *notes) {
  const input_note *items = notes->items;
  for (size_t i = 0; i < notes->len && i < EXPLAIN_MOST_FINDINGS; i++)
    explain_say(page, "%v%s%v", items[i].where, items[i].where.len == 0 ? "" : ": ", items[i].message);
}

static void tell_refusal(explain_page *page, const hcsref_error *err) {
  if (strcmp(err->code, "out-of-memory") == 0) {
    page->failed = true;
    return;
  }
  explain_part_begin(page, "refused", "No document can be made from it");
  explain_say(page, "%v%s%v [%s]", err->where, err->where.len == 0 ? "" : ": ", err->message, err->code);
  explain_part_begin(page, "rules", "The rule behind it");
  if (explain_has_entry(err->code))
    explain_entry_line(page, err->code);
}

static void tell_translation(explain_page *page, const hcsref_profile *profile, hcsref_str json, bool first_schema) {
  hcsref_buf pretty = {.arena = page->arena};
  indent_json(&pretty, json);
  page->failed = page->failed || pretty.failed;
  explain_part_begin(page, "translated",
                     first_schema ? "The container document made from it (schema 1, on a stand-in host)"
                                  : "The container document made from it (schema 2, on a stand-in host)");
  explain_say(page, "As %v makes it:", hcsref_profile_name(profile));
  explain_show(page, hcsref_str_first(hcsref_buf_str(&pretty), MOST_SHOWN));
  if (pretty.len > MOST_SHOWN)
    explain_say(page, "(it goes on: see 'hcsproof translate')");
}

/* For a config without a command, which its image has and nobody pasted. */
#define STAND_IN_IMAGE "{\"config\":{\"Cmd\":[\"cmd\"]}}"

static void translate(explain_page *page, hcsref_str text, input_kind kind) {
  bool first_schema = kind == INPUT_DOCKER_INSPECT || kind == INPUT_DOCKER_CREATE; /* dockerd makes no other */
  bool needs_image = kind == INPUT_CRI_CONTAINER || kind == INPUT_CRI_POD || kind == INPUT_DOCKER_CREATE;
  const hcsref_profile *profile =
      page->profile != NULL ? page->profile : hcsref_profile_find(page->arena, HCSREF_LIT("newest"), NULL);
  translation t = {.profile = profile,
                   .id = HCSREF_LIT("container"),
                   .owner = HCSREF_LIT("hcsproof"),
                   .schema = first_schema ? TRANSLATION_V1 : TRANSLATION_V2};
  translation_source source = TRANSLATION_SPEC;
  hcsref_buf out = {.arena = page->arena};
  translation_remarks remarks = {0};
  hcsref_slice items = {0};
  hcsref_error err = {0};
  input_spec read;
  bool ok;
  memset(&read, 0, sizeof(read));
  if (needs_image) {
    t.given[TRANSLATION_IMAGE] = true;
    t.text[TRANSLATION_IMAGE] = HCSREF_LIT(STAND_IN_IMAGE);
  }
  if (profile == NULL) {
    page->failed = true;
    return;
  }
  explain_part_begin(page, "notes", "Notes");
  ok = translation_prepare(&t, page->arena, &source, &err) && translation_split(&t, page->arena, text, &items, &err) &&
       translation_read(&t, page->arena, items.items, &read, &source, &err) &&
       translation_run(&t, page->arena, &read, &out, &remarks, &source, &err);
  if (items.len > 1)
    explain_say(page, "The first of %u is translated: 'hcsproof translate' takes all.", (uint64_t)items.len);
  tell_notes(page, &read.notes);
  tell_notes(page, &remarks.notes);
  if (ok)
    tell_translation(page, profile, hcsref_buf_str(&out), first_schema);
  else
    tell_refusal(page, &err);
}

/* ---- what it tells of its system --------------------------------------------------------------------------------- */

/* What a reader would otherwise take for a defect, or pass over. */
static void tell_state(explain_page *page, const kit_json *tree) {
  const kit_json *containers = kit_json_get(tree, "Containers"), *environment = kit_json_get(tree, "Environment");
  explain_part_begin(page, "state", "What it shows");
  if (kit_json_get(tree, "CompartmentId") != NULL && containers != NULL && containers->kind == KIT_JSON_ARRAY &&
      containers->first != NULL && containers->first->kind == KIT_JSON_STRING)
    explain_say(page, "/Containers: %v: the namespace is still in use: a container is attached to it.",
                hcsref_str_first(containers->first->text, 100));
  if (kit_json_get(environment, "<scrubbed>") != NULL)
    explain_say(page, "/Environment: hcsshim's log leaves it out (<scrubbed>): the process had other variables.");
}

void explain_foreign(explain_page *page, const input_foreign *foreign) {
  explain_part_begin(page, "foreign", "Why it is not checked");
  explain_say(page, "Neither the Host Compute Service nor a shim reads it: %s.", foreign->reader);
  explain_say(page, "Instead, %s.", foreign->instead);
}

/* A GMSACredentialSpec, whose content kubelet hands on. */
static bool has_credential_spec(const kit_json *tree) {
  return kit_json_get(tree, "credspec") != NULL;
}

void explain_document(explain_page *page, hcsref_str text, const kit_json *tree) {
  input_kind kind = input_kind_of(tree);
  tell_findings(page, tree, (listing){.page = page});
  tell_state(page, tree);
  if (kind == INPUT_KUBERNETES && !has_credential_spec(tree)) {
    explain_pod(page, tree);
    explain_part_begin(page, "refused", "No document can be made from it");
    explain_say(page, "No runtime reads a Pod, or another object of Kubernetes: kubelet makes a pod and a container "
                      "config of it. Give what became of it: 'crictl inspect ID' prints that.");
  } else if (kind == INPUT_FOREIGN) {
    explain_foreign(page, input_foreign_of(tree));
  } else if (is_input(tree)) {
    translate(page, text, kind);
  }
}

void explain_cut_document(explain_page *page, const input_found *found) {
  input_map map;
  hcsref_error err = {0};
  if (input_map_read(page->arena, found->text, NULL, &map, &err))
    tell_findings(page, map.tree, (listing){.page = page, .cut = &map, .open = found->open});
  else
    page->failed = page->failed || strcmp(err.code, "out-of-memory") == 0;
}
