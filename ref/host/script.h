/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the scripted host. */
#ifndef HCSREF_HOST_SCRIPT_H
#define HCSREF_HOST_SCRIPT_H

#include "hcsref/script.h"
#include "host/forms.h"

/* The `host` object of a case, as decoded. */
typedef struct script_document {
  int32_t *processor_count;
  uint32_t *os_build;
  hcsref_map layer_ids, resolve, files, paths; /* of hcsref_value */
  hcsref_value uvm_folder;
  hcsref_str cim_volume;
} script_document;

extern const hcsref_type hcsref_type_script_document;

struct hcsref_script {
  script_document document;
  hcsref_index layer_ids, resolve, files, paths;
  hcsref_arena *arena; /* of the script: what was asked is written down there */
  bool keep_calls;
  hcsref_slice calls, made;
  hcsref_str new_folder; /* what begins with it is not there; empty: none */
};

/* Writes down what was asked, when calls are kept. False: out of memory; the list would not be whole then. */
bool hcsref_script_note(hcsref_script *script, const char *format, ...);
/* What Go's os package says of a path that is not there, on Windows. */
void hcsref_script_not_found(hcsref_arena *arena, const char *operation, hcsref_str path, hcsref_str *message);

/* os.Stat by `files` and `paths`, without writing down that it was asked. */
hcsref_path_status hcsref_script_stat(const hcsref_script *script, hcsref_arena *arena, hcsref_str path, bool *is_dir,
                                      hcsref_str *message);

#endif
