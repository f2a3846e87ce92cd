/* SPDX-License-Identifier: Apache-2.0 */
#include "check/recording/line.h"

const kit_rule check_rules[] = {
    [LINE_IS_WRONG] = {"recording-line", KIT_ERROR, "Every line is a JSON object as the simulated service writes it."},
    [LINE_NOT_JSON] = {"document-json", KIT_ERROR, "Every document is JSON."},
    [LINE_REFUSED] = {"refused", KIT_ERROR, "The service accepts the document that creates a system."},
    [LINE_DIFFERS] = {"reference", KIT_ERROR, "The document is the one that the reference makes from the bundle."},
    [LINE_NO_REFERENCE] = {"reference-refuses", KIT_ERROR, "The reference can make a document from the bundle."},
    [LINE_UNKNOWN_CLIENT] = {"client-unknown", KIT_NOTE, "The release that a client says it is has a profile."},
    [LINE_LEFT_OPEN] = {"handle-left", KIT_WARNING, "A process closes its handles to the service before it ends."},
    [LINE_PARENT] =
        {"layer-parent", KIT_ERROR,
         "Each parent of a layer has a path of its own, and as id what NameToGuid gives for its folder's name."},
    {NULL, KIT_WARNING, NULL},
};

/* Of a document that was recorded as it is, and not as a string. */
static input_place place_of(const check_line *s, const kit_finding *f) {
  input_map map = *s->map;
  input_place place = {0, 0, 0, 0};
  uintptr_t text = (uintptr_t)map.text.data, document;
  if (s->document == NULL)
    return place;
  document = (uintptr_t)s->document->raw.data;
  if (document < text || document - text >= map.text.len)
    return place;
  map.tree = s->document;
  (void)input_locate(&map, f->pointer, f->key, &place);
  return place;
}

void line_found(void *context, const kit_finding *f) {
  const check_line *s = context;
  check_finding finding = {f->rule, s->line, s->call, s->id, f->pointer, f->message, place_of(s, f), s->text, 0};
  finding.start = (size_t)(s->text.data - s->map->text.data);
  /* Without the memory to scrub it nothing is shown. */
  if (!s->request->keep_secrets &&
      (!scrub_mask(&s->secrets, s->text, &finding.text) || !scrub_message(&s->secrets, f->message, &finding.message))) {
    finding.message = HCSREF_LIT(SCRUBBED);
    finding.place.line = 0;
  }
  s->request->found(s->request->context, &finding);
}

void line_tell(check_line *s, int rule, hcsref_str pointer, hcsref_str message) {
  kit_finding finding = {.rule = &check_rules[rule], .pointer = pointer, .message = message};
  line_found(s, &finding);
}

void line_remember(const check_line *s, remembered *list, uint64_t *count, uint64_t handle) {
  remembered *entry = &list[(*count)++ % LINE_RECENT];
  entry->process = s->process;
  entry->handle = handle;
  entry->line = s->line;
}

remembered *line_recall(remembered *list, uint64_t process, uint64_t handle) {
  for (size_t i = 0; i < LINE_RECENT && handle != 0; i++)
    if (list[i].process == process && list[i].handle == handle)
      return &list[i];
  return NULL;
}

uint64_t line_number(const kit_json *object, const char *name) {
  uint64_t value = 0;
  (void)kit_json_uint(kit_json_get(object, name), &value);
  return value;
}
