/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that an annotation or the spec may limit. */
#ifndef HCSREF_HCS_LIMIT_H
#define HCSREF_HCS_LIMIT_H

#include "hcs/annotations.h"

#include "hcsref/oci.h"

/* An annotation that is not 0, else what the spec says (null: nothing), cut to 32 bits. Source: hcsshim
 * internal/oci/annotations.go ParseAnnotationsCPUCount and its like. */
int32_t hcsref_limit_of(const hcsref_annotations *annotations, hcsref_annotation which, const uint64_t *of_spec);
/* The annotation alone; false when it is absent, unreadable or 0. */
bool hcsref_annotated_limit(const hcsref_annotations *annotations, hcsref_annotation which, int32_t *out);
/* Where the value of hcsref_limit_of stands: the annotation, else `of_spec`, a pointer into the spec. */
hcsref_str hcsref_limit_place(const hcsref_annotations *annotations, hcsref_annotation which, const char *of_spec);
/* The resources that the spec asks for, or null. */
const hcsref_oci_windows_resources *hcsref_resources_of(const hcsref_oci_spec *spec);

#endif
