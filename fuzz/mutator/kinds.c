/* SPDX-License-Identifier: Apache-2.0 */
#include "mutator/kinds.h"

#include "mutator/table.h"

#define SCALARS(X)                                                                                                     \
  X(flag, bool, hcsref_type_bool)                                                                                      \
  X(i8, int8_t, int8_shape)                                                                                            \
  X(i16, int16_t, int16_shape)                                                                                         \
  X(i32, int32_t, hcsref_type_int32)                                                                                   \
  X(i64, int64_t, hcsref_type_int64)                                                                                   \
  X(u8, uint8_t, hcsref_type_uint8)                                                                                    \
  X(u16, uint16_t, hcsref_type_uint16)                                                                                 \
  X(u32, uint32_t, hcsref_type_uint32)                                                                                 \
  X(u64, uint64_t, hcsref_type_uint64)                                                                                 \
  X(real, double, hcsref_type_float64)                                                                                 \
  X(text, hcsref_str, hcsref_type_string)                                                                              \
  X(bytes, hcsref_str, hcsref_type_bytes)                                                                              \
  X(any, hcsref_value, hcsref_type_any)                                                                                \
  X(raw, hcsref_str, hcsref_type_raw)                                                                                  \
  X(time, hcsref_time, hcsref_type_time)                                                                               \
  X(id, hcsref_guid, hcsref_type_guid)

static const hcsref_type int8_shape = {HCSREF_INT8, "int8", sizeof(int8_t), NULL, NULL, 0, 0, NULL, 0};
static const hcsref_type int16_shape = {HCSREF_INT16, "int16", sizeof(int16_t), NULL, NULL, 0, 0, NULL, 0};

/* A key that is kept as its text, and a number. */
typedef struct numbered {
  hcsref_str key;
  int16_t value;
} numbered;

typedef struct kinds {
#define MEMBERS(name, c_type, type) c_type name, *name##_pointer, name##_omitted;
  SCALARS(MEMBERS)
#undef MEMBERS
  hcsref_slice list, lists, list_omitted;
  hcsref_map map, by_number, map_omitted;
  uint16_t fixed[3];
  struct kinds *inner;
} kinds;

#define POINTERS(name, c_type, type) static const hcsref_type name##_pointer_shape = POINTER(type);
SCALARS(POINTERS)
#undef POINTERS

static const hcsref_type bytes_list = LIST(hcsref_type_bytes);
static const hcsref_type lists_shape = LIST(bytes_list);
static const hcsref_type fixed_shape = {
    HCSREF_ARRAY, "[3]uint16", 3 * sizeof(uint16_t), &hcsref_type_uint16, NULL, 0, 3, NULL, 0};
static const hcsref_type numbered_shape = {HCSREF_MAP, "map[int32]int16",  sizeof(hcsref_map), &int16_shape, NULL, 0,
                                           0,          &hcsref_type_int32, sizeof(numbered)};
static const hcsref_type inner_shape = POINTER(kinds_type);

#define OMITTED(member, name, type)                                                                                    \
  { name, sizeof(name) - 1, offsetof(kinds, member), &(type), NULL, true, 0, 0, NULL }

static const char *const aliases[] = {"last", "LAST", NULL};

static const hcsref_field fields[] = {
#define ROWS(name, c_type, type)                                                                                       \
  FIELD(kinds, name, #name, type), FIELD(kinds, name##_pointer, #name "*", name##_pointer_shape),                      \
      OMITTED(name##_omitted, #name "?", type),
    SCALARS(ROWS)
#undef ROWS
        FIELD(kinds, list, "list", bytes_list),
    FIELD(kinds, lists, "lists", lists_shape),
    OMITTED(list_omitted, "list?", hcsref_type_strings),
    FIELD(kinds, map, "map", hcsref_type_string_map),
    FIELD(kinds, by_number, "by<number>", numbered_shape),
    OMITTED(map_omitted, "map?", hcsref_type_string_map),
    FIELD(kinds, fixed, "fixed", fixed_shape),
    {"inner", 5, offsetof(kinds, inner), &inner_shape, aliases, true, 0, 0, NULL},
};

const hcsref_type kinds_type = OBJECT(kinds, fields);
