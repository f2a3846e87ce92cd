/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a script that may have several forms: a text, or an object that says what goes wrong. */
#ifndef HCSREF_HOST_FORMS_H
#define HCSREF_HOST_FORMS_H

#include "host/index.h"

/* A form, and what to say of a value that does not have it. */
typedef struct script_form {
  bool (*fits)(const hcsref_value *value);
  const char *rule;
} script_form;

extern const script_form hcsref_form_layer_id, hcsref_form_resolve, hcsref_form_file, hcsref_form_path,
    hcsref_form_uvm_folder, hcsref_form_share, hcsref_form_vm_file, hcsref_form_text, hcsref_form_answer;

/* Leaves of an object, and of the objects in it, what means something, so that a member is found at once whatever else
 * a script says; then checks the form. `list` and `key` say where the value is; `key` null: at `list` itself. Error
 * "host-script". */
bool hcsref_script_settle(hcsref_arena *arena, hcsref_value *value, const script_form *form, const char *list,
                          const hcsref_str *key, hcsref_error *err);
/* hcsref_script_settle for each value of `map`, and their index. */
bool hcsref_script_settle_map(hcsref_arena *arena, const hcsref_map *map, const script_form *form, const char *list,
                              hcsref_index *index, hcsref_error *err);

/* The member `name` of a settled object, or null. */
const hcsref_value *hcsref_script_member(const hcsref_value *object, const char *name);
/* The text of a string, of anything else the empty one. */
hcsref_str hcsref_script_text(const hcsref_value *value);
/* The text of an {"error": …} object, if that is what it is. */
bool hcsref_script_error(const hcsref_value *value, hcsref_str *message);

#endif
