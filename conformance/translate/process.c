/* SPDX-License-Identifier: Apache-2.0 */
/* The process of a container: its parameters, or dockerd's. */
#include "translate/work.h"

#include "hcsref/process.h"

static bool append_docker_process(translation_work *w, const hcsref_oci_spec *spec, hcsref_buf *out) {
  hcsref_v1_process_config process = {0};
  if (!hcsref_docker_process(w->arena, spec, NULL, &process, w->err) || !translation_begin_notes(w))
    return false;
  if (w->provenance != NULL)
    hcsref_docker_explain_process(spec->process, "/process", &process, w->provenance);
  return translation_append_value(w, &hcsref_type_v1_process_config, &process, out);
}

/* Source: hcsshim internal/cmd/cmd.go Start. */
void translation_note_process(const translation_work *w, const hcsref_oci_process *from,
                              hcsref_v2_process_parameters *to) {
  static const char as_is[] = "Cmd.Start: as it is", pipes[] = "Cmd.Start: all three streams are connected";
  const bool line = from != NULL && from->command_line.len != 0;
  const struct {
    const void *field;
    size_t size;
    const char *rule, *where;
  } notes[] = {
      {&to->command_line, sizeof to->command_line, line ? as_is : "Cmd.Start: escaped and joined by spaces",
       line ? "/process/commandLine" : "/process/args"},
      {&to->working_directory, sizeof to->working_directory, as_is, "/process/cwd"},
      {&to->environment, sizeof to->environment, "Cmd.Start: split at the first =; empty values are left out",
       "/process/env"},
      {&to->user, sizeof to->user, as_is, "/process/user/username"},
      {&to->emulate_console, sizeof to->emulate_console, as_is, "/process/terminal"},
      {&to->console_size, sizeof to->console_size, as_is, "/process/consoleSize"},
      {&to->create_std_in_pipe, sizeof to->create_std_in_pipe, pipes, ""},
      {&to->create_std_out_pipe, sizeof to->create_std_out_pipe, pipes, ""},
      {&to->create_std_err_pipe, sizeof to->create_std_err_pipe, pipes, ""},
  };
  for (size_t i = 0; w->provenance != NULL && i < sizeof(notes) / sizeof(notes[0]); i++)
    hcsref_provenance_note(w->provenance, notes[i].field, notes[i].size, notes[i].rule, "%s", notes[i].where);
}

bool translation_append_process(translation_work *w, hcsref_buf *out) {
  const hcsref_process_streams streams = {true, true, true};
  hcsref_oci_spec *spec = translation_decode_plain(w);
  hcsref_v2_process_parameters *process;
  if (spec == NULL)
    return false;
  if (w->dockerd != NULL)
    return append_docker_process(w, spec, out);
  if (spec->process == NULL && w->t->part == TRANSLATION_PART_ALL)
    return translation_append_null(out);
  if (!hcsref_process_document(w->arena, w->profile, spec->process, spec, &streams, &process, w->err) ||
      !translation_begin_notes(w))
    return false;
  translation_note_process(w, spec->process, process);
  return translation_append_value(w, &hcsref_type_v2_process_parameters, process, out);
}
