/* SPDX-License-Identifier: Apache-2.0 */
/** @file One translation under way: what the files of this folder share. */
#ifndef HCSPROOF_TRANSLATE_WORK_H
#define HCSPROOF_TRANSLATE_WORK_H

#include "input/spec/origin.h"
#include "translate/host.h"
#include "translate/translation.h"

typedef struct translation_work {
  const translation *t;
  hcsref_arena *arena;
  const input_spec *read;
  hcsref_slice *notes;           /**< of input_note; null: nobody reads them, so that nothing is assumed */
  hcsref_slice *fields;          /**< of translation_field; null: not asked for */
  const char *part;              /**< the name of the part under way */
  hcsref_provenance *provenance; /**< what the reference notes of it; null: not asked for */
  hcsref_error *err;
  translation_source *source;
  translation_facts facts;
  translation_hosts hosts;
  hcsref_hosting_system *system;       /**< null: none was given */
  const hcsref_profile *profile;       /**< one that has the program that translates */
  const hcsref_profile *dockerd;       /**< dockerd makes the document, as this profile does; null: the shim does */
  const hcsref_rules *rules;           /**< of the program that translates */
  hcsref_str text;                     /**< the spec, after stage 1 */
  input_mount_order mount_order;       /**< of the config that the spec was made of */
  hcsref_slice noted;                  /**< of size_t: the numbers of notes by their hash, from 1; 0: free */
  const char *layers_from, *root_from; /**< what stands in the place of the spec's; null: those */
} translation_work;

/** Notes something, when anybody reads notes. False, with the error set: out of memory. */
bool translation_note(translation_work *w, const char *where, const char *format, ...);

/** The spec as the program that translates reads it, with the layers and the root that were given, or stand-ins for
 * missing ones. Null, with the error set, on failure. */
hcsref_oci_spec *translation_decode(translation_work *w);
/** The same without what a document needs beyond a spec. */
hcsref_oci_spec *translation_decode_plain(translation_work *w);
/** The options of the shim's call. `schema` is one document's. */
void translation_fill_options(const translation_work *w, const hcsref_oci_spec *spec, translation_schema schema,
                              hcsref_create_options *options);
/** The network namespace: the option's, else the spec's. */
hcsref_str translation_namespace(const translation_work *w, const hcsref_oci_spec *spec);
/** Does it ask for Hyper-V isolation? */
bool translation_is_isolated(const hcsref_oci_spec *spec);
/** Is it a HostProcess container, of which the host gets no document? */
bool translation_is_job(const translation_work *w, const hcsref_oci_spec *spec);

/** Appends a document to `out`, or explains its fields. */
bool translation_append_value(translation_work *w, const hcsref_type *type, const void *value, hcsref_buf *out);
/** Stands for what does not come of the spec. */
bool translation_append_null(hcsref_buf *out);
/** Was something given that the spec goes through stage 1 with? */
bool translation_wants_stage_1(const translation *t);
/** Explains a value whose fields are below `below`, a JSON pointer. */
bool translation_explain_value(translation_work *w, hcsref_str below, const hcsref_type *type, const void *value);
/** Adds a field to what is explained, of the part under way. */
bool translation_add_field(translation_work *w, const translation_field *field);
/** Explains what a VM was asked: slice of hcsref_vm_request. `created` is the container that it was asked for. */
bool translation_explain_requests(translation_work *w, const hcsref_slice *asked, const hcsref_create_request *created);
/** Explains a spec. */
bool translation_explain_spec(translation_work *w, const kit_json *tree);
/** Notes where the parameters of a process come from, when anybody asks. */
void translation_note_process(const translation_work *w, const hcsref_oci_process *from,
                              hcsref_v2_process_parameters *to);
/** Notes of the document that is made next. False, with the error set: out of memory. */
bool translation_begin_notes(translation_work *w);

/* Each appends what it is called to `out`. */
bool translation_append_document(translation_work *w, translation_schema schema, bool envelope, hcsref_buf *out);
bool translation_append_dockerd(translation_work *w, hcsref_buf *out);
bool translation_append_part(translation_work *w, translation_part part, hcsref_buf *out);
bool translation_append_options(translation_work *w, hcsref_buf *out);
bool translation_append_vm(translation_work *w, hcsref_buf *out);
bool translation_append_requests(translation_work *w, hcsref_buf *out);
bool translation_append_process(translation_work *w, hcsref_buf *out);
bool translation_append_job(translation_work *w, hcsref_buf *out);
/** The container document of a VM that the same call makes: {"SchemaVersion",…,"Container"} with `envelope`, else the
 * container alone. */
bool translation_append_hosted(translation_work *w, hcsref_oci_spec *spec, bool envelope, hcsref_buf *out);

#endif
