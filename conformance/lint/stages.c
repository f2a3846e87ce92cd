/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/stages.h"

#include "translate/translation.h"

#include <string.h>

/* A document that goes through the stages. */
typedef struct passage {
  hcsref_arena *arena;
  const kit_document *document;
  void (*found)(void *context, const kit_finding *finding);
  void *context;
} passage;

static const struct {
  const char *name;
  bool made;   /* the spec that is translated is made of it */
  bool listed; /* what prints it prints several at once */
} translated[] = {{"oci", false, false},           {"cri", true, false}, {"cri-pod", true, false},
                  {"crictl-inspect", false, true}, {"ctr", false, true}, {"docker", true, true}};

static size_t find(const kit_document *document) {
  size_t i = 0;
  while (i < sizeof translated / sizeof translated[0] &&
         (document->name == NULL || strcmp(document->name, translated[i].name) != 0))
    i++;
  return i;
}

bool lint_is_translated(const kit_document *document) {
  size_t i = find(document);
  return i < sizeof translated / sizeof translated[0] && (!document->list || translated[i].listed);
}

static void tell(const passage *p, const char *rule, hcsref_str pointer, hcsref_str message) {
  kit_finding finding = {.rule = kit_rule_find(rule), .pointer = pointer, .message = message};
  p->found(p->context, &finding);
}

/* Errors that say that something besides the document was not given. */
static bool is_not_the_documents(const hcsref_error *err) {
  static const char *const codes[] = {"command-missing", "unsupported"};
  for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
    if (strcmp(err->code, codes[i]) == 0)
      return true;
  return false;
}

/* ---- errors and notes ---- */

/* An error of a spec that was made here is nowhere in the file. */
static bool tell_refusal(const passage *p, const hcsref_error *err, const input_item *item, bool made) {
  hcsref_str pointer = made && translated[find(p->document)].made ? item->place : err->where, message;
  if (strcmp(err->code, "out-of-memory") == 0)
    return false;
  if (is_not_the_documents(err))
    return true;
  if (strcmp(err->code, TRANSLATION_HOST_PROCESS) == 0) {
    tell(p, "no-document", pointer, err->message);
    return true;
  }
  if (!hcsref_format(p->arena, &message, "%v (%s)", err->message, err->code))
    return false;
  tell(p, "refused", pointer, message);
  return true;
}

static void tell_notes(const passage *p, const hcsref_slice *notes) {
  const input_note *items = notes->items;
  for (size_t i = 0; i < notes->len; i++)
    if (items[i].where.len != 0 && items[i].source == INPUT_OPERAND)
      tell(p, "translate-note", items[i].where, items[i].message);
}

static bool pass_item(const passage *p, const translation *t, const input_item *item) {
  hcsref_buf out = {.arena = p->arena};
  hcsref_error err = {0};
  translation_source source = TRANSLATION_SPEC;
  translation_remarks remarks = {0};
  input_spec read;
  if (!translation_read(t, p->arena, item, &read, &source, &err))
    return source != TRANSLATION_SPEC || tell_refusal(p, &err, item, false);
  tell_notes(p, &read.notes);
  if (!translation_run(t, p->arena, &read, &out, &remarks, &source, &err))
    return source != TRANSLATION_SPEC || tell_refusal(p, &err, item, true);
  tell_notes(p, &remarks.notes);
  return true;
}

static bool pass(const passage *p, const translation *t, hcsref_str text) {
  hcsref_slice items = {0};
  if (!translation_split(t, p->arena, text, &items, NULL))
    return false;
  for (size_t i = 0; i < items.len; i++)
    if (!pass_item(p, t, (const input_item *)items.items + i))
      return false;
  return true;
}

bool lint_stages(hcsref_arena *arena, const kit_document *document, hcsref_str text, const hcsref_profile *profile,
                 void (*found)(void *context, const kit_finding *finding), void *context) {
  passage p = {arena, document, found, context};
  translation t = {.id = HCSREF_LIT("c"), .owner = HCSREF_LIT("hcsproof"), .schema = TRANSLATION_BY_BUILD};
  translation_source source;
  hcsref_error err = {0};
  t.profile = profile;
  t.envelope = true;
  t.linted = true;
  if (!translation_prepare(&t, arena, &source, &err))
    return strcmp(err.code, "out-of-memory") != 0;
  return pass(&p, &t, text);
}
