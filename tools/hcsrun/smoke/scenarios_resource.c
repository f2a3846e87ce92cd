/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: limits and weights of processors, memory and storage. */
#include "smoke/scenarios.h"

#include "platform/platform.h"

#include <stdlib.h>
#include <string.h>

/* Processor time that two busy threads get in a second, in milliseconds. */
static bool spin(scene *s, long *used) {
  outcome o;
  char text[32];
  if (!PROBE(s, &o, "spin", "1000", "2") || o.out.len == 0 || o.out.len >= sizeof text) {
    scene_fail(s, "the processor time could not be measured: %q", o.err);
    return false;
  }
  memcpy(text, o.out.data, o.out.len);
  text[o.out.len] = '\0';
  *used = strtol(text, NULL, 10);
  return true;
}

void scenario_cpu_count(scene *s) {
  static uint64_t one = 1;
  hcsref_oci_windows_resources *r = scene_resources(s);
  long used;
  if (r == NULL)
    return;
  r->cpu->count = &one;
  if (!scene_up(s, false) || !spin(s, &used))
    return;
  EXPECT(s, used > 0 && used <= 1300, "with one processor it used %d ms in a second", (int64_t)used);
}

void scenario_cpu_limit(scene *s) {
  static uint16_t tenth = 1000;
  hcsref_oci_windows_resources *r = scene_resources(s);
  long used, most = (long)platform_cpu_count() * 100 * 2;
  if (r == NULL)
    return;
  r->cpu->maximum = &tenth;
  if (!scene_up(s, false) || !spin(s, &used))
    return;
  EXPECT(s, used <= most, "with a tenth of the processors it used %d ms in a second", (int64_t)used);
}

void scenario_cpu_weight(scene *s) {
  static uint16_t weight = 500;
  hcsref_oci_windows_resources *r = scene_resources(s);
  outcome o;
  if (r == NULL)
    return;
  r->cpu->shares = &weight;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, text_holds(s->c.document, "500"), "the document has no weight: %v", s->c.document);
}

void scenario_memory_limit(scene *s) {
  static uint64_t limit = (uint64_t)256 << 20;
  hcsref_oci_windows_resources *r = scene_resources(s);
  outcome o;
  if (r == NULL)
    return;
  r->memory->limit = &limit;
  if (!scene_up(s, false) || !PROBE(s, &o, "alloc", "2048"))
    return;
  EXPECT(s, !text_is(o.out, "2048"), "it got 2048 MB where the limit is 256");
}

void scenario_storage_qos(scene *s) {
  static uint64_t iops = 1000, bps = (uint64_t)50 << 20;
  hcsref_oci_windows_resources *r = scene_resources(s);
  outcome o;
  if (r == NULL)
    return;
  r->storage->iops = &iops;
  r->storage->bps = &bps;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, text_holds(s->c.document, "1000"), "the document has no limit: %v", s->c.document);
}
