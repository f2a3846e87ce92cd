/* SPDX-License-Identifier: Apache-2.0 */
/* Pointers to plain values, which the tables of all sections of the OCI runtime spec share. */
#include "schema/oci_shared.h"
#include "schema/table.h"

const hcsref_type hcsref_oci_int_ptr = POINTER_TO(hcsref_type_int, "*int");

const hcsref_type hcsref_oci_uint16_ptr = POINTER_TO(hcsref_type_uint16, "*uint16");

const hcsref_type hcsref_oci_uint32_ptr = POINTER_TO(hcsref_type_uint32, "*uint32");

const hcsref_type hcsref_oci_uint64_ptr = POINTER_TO(hcsref_type_uint64, "*uint64");

const hcsref_type hcsref_oci_int64_ptr = POINTER_TO(hcsref_type_int64, "*int64");

const hcsref_type hcsref_oci_bool_ptr = POINTER_TO(hcsref_type_bool, "*bool");

static const hcsref_type file_mode = NAMED(HCSREF_UINT32, uint32_t, "fs.FileMode");

const hcsref_type hcsref_oci_file_mode_ptr = POINTER_TO(file_mode, "*fs.FileMode");
