/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: documents that the service is to refuse. */
#include "smoke/scenarios.h"

#include <string.h>

typedef struct change {
  const char *from, *to; /* in the document, once */
  char until;            /* what follows `from` goes up to this character; 0: nothing does */
} change;

static bool apply_change(container *c, void *context) {
  const change *wanted = context;
  size_t length = strlen(wanted->from);
  hcsref_buf out = {&c->arena, NULL, 0, 0, false};
  for (size_t i = 0; i + length <= c->document.len; i++) {
    size_t end = i + length;
    if (memcmp(c->document.data + i, wanted->from, length) != 0)
      continue;
    while (wanted->until != '\0' && end < c->document.len && c->document.data[end] != wanted->until)
      end++;
    hcsref_buf_append(&out, hcsref_str_first(c->document, i));
    hcsref_buf_append(&out, hcsref_cstr(wanted->to));
    hcsref_buf_append(&out, hcsref_str_skip(c->document, end));
    c->document = hcsref_buf_str(&out);
    return !out.failed;
  }
  return hcsref_fail(&c->arena, &c->err, "document", hcsref_str_from(NULL, 0), "no %s in %v", wanted->from,
                     c->document);
}

/* The service is to refuse the changed document; what it said is kept for the report. */
static void refused(scene *s, const char *from, const char *to, char until) {
  change wanted = {from, to, until};
  bool up;
  s->up = true;
  up = container_up_raw(&s->c, s->s, s->spec, apply_change, &wanted);
  EXPECT(s, !up, "it was accepted: %v", s->c.document);
  hcsref_str_copy(&s->arena, s->c.err.message, &s->log);
  EXPECT(s, hcsref_live_last(s->c.live) < 0, "not a refusal by the service: %v", s->c.err.message);
  s->refused.code = hcsref_live_last(s->c.live);
  s->refused.said = s->log;
  hcsref_str_copy(&s->arena, s->c.document, &s->refused.document);
}

void scenario_refuses_unknown_field(scene *s) {
  refused(s, "{", "{\"Nonsense\":1,", '\0');
}

void scenario_refuses_bad_json(scene *s) {
  refused(s, "{", "{{", '\0');
}

void scenario_refuses_no_layers(scene *s) {
  refused(s, "\"Layers\":[", "\"Layers\":[", ']');
}

void scenario_refuses_exclusive_cpu(scene *s) {
  static uint64_t one = 1;
  hcsref_oci_windows_resources *r = scene_resources(s);
  if (r == NULL)
    return;
  r->cpu->count = &one;
  if (s->s->schema1)
    refused(s, "\"ProcessorCount\":1", "\"ProcessorCount\":1,\"ProcessorWeight\":100", '\0');
  else
    refused(s, "\"Count\":1", "\"Count\":1,\"Weight\":100", '\0');
}

void scenario_refuses_missing_mount(scene *s) {
  if (s->s->schema1)
    refused(s, "{", "{\"MappedDirectories\":[{\"HostPath\":\"C:\\\\no\\\\such\",\"ContainerPath\":\"C:\\\\m\"}],",
            '\0');
  else
    refused(s, "\"Container\":{",
            "\"Container\":{\"MappedDirectories\":[{\"HostPath\":\"C:\\\\no\\\\such\",\"ContainerPath\":\"C:\\\\m\"}],",
            '\0');
}
