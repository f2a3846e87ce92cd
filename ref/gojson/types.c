/* SPDX-License-Identifier: Apache-2.0 */
/* The basic types that every table is made of. */
#include "hcsref/json.h"

#define BASIC(kind, c_type, go_name)                                                                                   \
  { kind, go_name, sizeof(c_type), NULL, NULL, 0, 0, NULL, 0 }

const hcsref_type hcsref_type_bool = BASIC(HCSREF_BOOL, bool, "bool");
const hcsref_type hcsref_type_int32 = BASIC(HCSREF_INT32, int32_t, "int32");
const hcsref_type hcsref_type_int64 = BASIC(HCSREF_INT64, int64_t, "int64");
const hcsref_type hcsref_type_int = BASIC(HCSREF_INT64, int64_t, "int");
const hcsref_type hcsref_type_uint8 = BASIC(HCSREF_UINT8, uint8_t, "uint8");
const hcsref_type hcsref_type_uint16 = BASIC(HCSREF_UINT16, uint16_t, "uint16");
const hcsref_type hcsref_type_uint32 = BASIC(HCSREF_UINT32, uint32_t, "uint32");
const hcsref_type hcsref_type_uint64 = BASIC(HCSREF_UINT64, uint64_t, "uint64");
const hcsref_type hcsref_type_uint = BASIC(HCSREF_UINT64, uint64_t, "uint");
const hcsref_type hcsref_type_float64 = BASIC(HCSREF_FLOAT64, double, "float64");
const hcsref_type hcsref_type_string = BASIC(HCSREF_STRING, hcsref_str, "string");
const hcsref_type hcsref_type_any = BASIC(HCSREF_ANY, hcsref_value, "interface {}");
const hcsref_type hcsref_type_raw = BASIC(HCSREF_RAW, hcsref_str, "json.RawMessage");
const hcsref_type hcsref_type_time = BASIC(HCSREF_TIME, hcsref_time, "time.Time");
const hcsref_type hcsref_type_guid = BASIC(HCSREF_GUID, hcsref_guid, "guid.GUID");
const hcsref_type hcsref_type_bytes = BASIC(HCSREF_BYTES, hcsref_str, "[]uint8");

const hcsref_type hcsref_type_strings = {
    HCSREF_SLICE, "[]string", sizeof(hcsref_slice), &hcsref_type_string, NULL, 0, 0, NULL, 0};
const hcsref_type hcsref_type_string_map = {
    HCSREF_MAP, "map[string]string",        sizeof(hcsref_map), &hcsref_type_string, NULL, 0, 0,
    NULL,       sizeof(hcsref_string_entry)};
