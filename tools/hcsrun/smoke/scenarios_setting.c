/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios: what else the document sets: registry values, devices, the network. */
#include "smoke/scenarios.h"

#include <stdio.h>

#define DUMPS "HKLM\\Software\\Microsoft\\Windows\\Windows Error Reporting\\LocalDumps"

void scenario_dump_settings(scene *s) {
  outcome o;
  char folder[160];
  if (!spec_annotate(&s->arena, s->spec, "io.microsoft.container.processdumplocation", "C:\\dumps\\{container_id}") ||
      !spec_annotate(&s->arena, s->spec, "io.microsoft.wcow.processdumptype", "mini") ||
      !spec_annotate(&s->arena, s->spec, "io.microsoft.wcow.processdumpcount", "7") || !scene_up(s, false))
    return;
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 have no registry values");
    return;
  }
  snprintf(folder, sizeof folder, "string C:\\dumps\\%.*s", (int)s->c.claim.id.len, s->c.claim.id.data);
  if (!PROBE(s, &o, "registry", DUMPS, "DumpFolder"))
    return;
  EXPECT(s, text_is(o.out, folder), "DumpFolder is %q (%q) instead of %q", o.out, o.err, hcsref_cstr(folder));
  if (!PROBE(s, &o, "registry", DUMPS, "DumpType"))
    return;
  EXPECT(s, text_is(o.out, "dword 1"), "DumpType is %q", o.out);
  if (!PROBE(s, &o, "registry", DUMPS, "DumpCount"))
    return;
  EXPECT(s, text_is(o.out, "dword 7"), "DumpCount is %q", o.out);
}

void scenario_kill_timeout(scene *s) {
  outcome o;
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 have no registry values");
    return;
  }
  if (!scene_up(s, false) ||
      !PROBE(s, &o, "registry", "HKLM\\System\\ControlSet001\\Control", "WaitToKillServiceTimeout"))
    return;
  EXPECT(s, text_is(o.out, "string 2147483647"), "WaitToKillServiceTimeout is %q (%q)", o.out, o.err);
}

void scenario_device_class(scene *s) {
  hcsref_oci_windows_device *device = hcsref_slice_push(&s->arena, &s->spec->windows->devices, sizeof(*device));
  outcome o;
  if (device == NULL)
    return;
  device->id = HCSREF_LIT("86E0D1E0-8089-11D0-9CE4-08003E301F73"); /* serial ports */
  device->id_type = HCSREF_LIT("class");
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 have no such devices");
    return;
  }
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, text_holds(s->c.document, "86E0D1E0-8089-11D0-9CE4-08003E301F73"), "the document has no device");
}

void scenario_network_attached(scene *s) {
  outcome o;
  if (s->s->schema1) {
    scene_skip(s, "documents of schema 1 name endpoints, not namespaces");
    return;
  }
  if (s->s->windows.api.network == NULL) {
    scene_skip(s, "computenetwork.dll is missing");
    return;
  }
  if (!scene_up(s, true) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, s->c.name_space.len > 0 && text_holds(s->c.document, "\"Namespace\""), "the document has no namespace");
}

void scenario_network_absent(scene *s) {
  outcome o;
  if (!scene_up(s, false) || !PROBE(s, &o, "exit", "0"))
    return;
  EXPECT(s, !text_holds(s->c.document, "\"Namespace\""), "the document has a namespace");
}
