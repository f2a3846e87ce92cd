/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * The codec: constant tables that describe C structs, and the two directions of Go's encoding/json over
 * them, as the release whose rules are given: which fields are known, and how Go writes. One table serves decoding,
 * encoding, type errors, JSON Schema, lint and the fuzzers' mutator.
 *
 * How a Go type looks in C:
 *   bool             bool                      string      hcsref_str
 *   int8 … uint64    int8_t … uint64_t         int, uint   int64_t, uint64_t
 *   float64          double                    *T          T * (null: nil)
 *   []T              hcsref_slice of T         []byte      hcsref_str
 *   [N]T             T[N]                      map[K]T     hcsref_map of {hcsref_str key; T value}
 *   interface{}      hcsref_value              time.Time   hcsref_time
 *   json.RawMessage  hcsref_str (JSON text)    guid.GUID   hcsref_guid
 * The zero bytes of each are Go's zero value.
 */
#ifndef HCSREF_JSON_H
#define HCSREF_JSON_H

#include "hcsref/profile.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Deepest nesting of arrays and objects that is accepted: encoding/json scanner.go maxNestingDepth. */
#define HCSREF_JSON_MAX_DEPTH 10000

/** A Go slice. `items` null: nil; an empty slice that is not nil has a non-null `items`. */
typedef struct hcsref_slice {
  void *items;
  size_t len;
  size_t cap;
} hcsref_slice;

/** A Go map, in the order of insertion. A key that was set again is there again, later: the last one
 * counts (hcsref_map_find, the encoder). `entries` null: nil. */
typedef struct hcsref_map {
  void *entries;
  size_t len;
  size_t cap;
} hcsref_map;

/** The entry of a map[string]string. */
typedef struct hcsref_string_entry {
  hcsref_str key;
  hcsref_str value;
} hcsref_string_entry;

/** Stands for a member of a map[string]struct{}: there is nothing in it. */
typedef struct hcsref_nothing {
  char none;
} hcsref_nothing;

/** An entry of a map[string]struct{}. */
typedef struct hcsref_nothing_entry {
  hcsref_str key;
  hcsref_nothing value;
} hcsref_nothing_entry;

/** The value of `key` in a map[string]string, or null when it is not there. */
HCSREF_API const hcsref_str *hcsref_map_find(const hcsref_map *map, hcsref_str key);

/** A GUID in the order of its text: 8-4-4-4-12 is data[0] … data[15]. */
typedef struct hcsref_guid {
  unsigned char data[16];
} hcsref_guid;

/** 8-4-4-4-12 in lower case. False: out of memory. Source: go-winio pkg/guid GUID.String. */
HCSREF_API bool hcsref_guid_text(hcsref_arena *arena, const hcsref_guid *guid, hcsref_str *out);
/** The name-based GUID of `name` in `space`: RFC 9562, version 5. Source: go-winio pkg/guid NewV5. */
HCSREF_API hcsref_guid hcsref_guid_named(const hcsref_guid *space, hcsref_str name);

/** A time as RFC 3339 has it, split for exact output. The zero bytes stand for Go's zero time,
 * 0001-01-01T00:00:00Z (`set` false). */
typedef struct hcsref_time {
  int32_t year;
  uint8_t month, day, hour, minute, second;
  bool set;
  uint32_t nanosecond;
  int32_t offset_minutes; /* east of UTC */
} hcsref_time;

typedef enum hcsref_value_kind {
  HCSREF_VALUE_NULL,
  HCSREF_VALUE_BOOL,
  HCSREF_VALUE_NUMBER,
  HCSREF_VALUE_STRING,
  HCSREF_VALUE_ARRAY, /* hcsref_slice of hcsref_value */
  HCSREF_VALUE_OBJECT /* hcsref_map of hcsref_value_entry */
} hcsref_value_kind;

/** What Go decodes into an interface{}: any JSON value, numbers as float64. */
typedef struct hcsref_value {
  hcsref_value_kind kind;
  union {
    bool boolean;
    double number;
    hcsref_str string;
    hcsref_slice array;
    hcsref_map object;
  } as;
} hcsref_value;

typedef struct hcsref_value_entry {
  hcsref_str key;
  hcsref_value value;
} hcsref_value_entry;

typedef enum hcsref_kind {
  HCSREF_BOOL,
  HCSREF_INT8,
  HCSREF_INT16,
  HCSREF_INT32,
  HCSREF_INT64,
  HCSREF_UINT8,
  HCSREF_UINT16,
  HCSREF_UINT32,
  HCSREF_UINT64,
  HCSREF_FLOAT64,
  HCSREF_STRING,
  HCSREF_BYTES,
  HCSREF_STRUCT,
  HCSREF_POINTER,
  HCSREF_SLICE,
  HCSREF_ARRAY,
  HCSREF_MAP,
  HCSREF_ANY,
  HCSREF_RAW,
  HCSREF_TIME,
  HCSREF_GUID
} hcsref_kind;

typedef struct hcsref_type hcsref_type;

/** One field of a struct. `aliases`: further names, ended by null, that are accepted on input only
 * (protobuf-JSON spellings of CRI), letter for letter; null for none. `since`, `until`: the change of upstream that
 * brought the field and the one that took it away, as numbers of the table of changes; 0 for none. `embedded`: the name
 * of the Go struct that the field belongs to, which is embedded in this one; null for this one's own. */
typedef struct hcsref_field {
  const char *name;
  size_t name_len;
  size_t offset;
  const hcsref_type *type;
  const char *const *aliases;
  bool omit_empty;
  uint16_t since, until;
  const char *embedded;
} hcsref_field;

/** Does a program with these rules know the field? `rules` null: the baseline's hcsshim. */
HCSREF_API bool hcsref_field_known(const hcsref_field *field, const hcsref_rules *rules);

/** A Go type and the C shape of it. */
struct hcsref_type {
  hcsref_kind kind;
  const char *go_name;        /**< as Go prints it: "specs.Spec", "[]string", "map[string]string" */
  size_t size;                /**< sizeof the C shape */
  const hcsref_type *elem;    /**< of POINTER, SLICE, ARRAY, MAP */
  const hcsref_field *fields; /**< of STRUCT, in declaration order, embedded ones in place */
  size_t field_count;
  size_t length;          /**< of ARRAY */
  const hcsref_type *key; /**< of MAP: null for string keys, else an integer type (kept as its text) */
  size_t entry_size;      /**< of MAP: sizeof {hcsref_str key; T value}; the value follows the key */
};

/* Basic types and the commonest compounds, shared by all tables. */
HCSREF_API extern const hcsref_type hcsref_type_bool, hcsref_type_int32, hcsref_type_int64, hcsref_type_int,
    hcsref_type_uint8, hcsref_type_uint16, hcsref_type_uint32, hcsref_type_uint64, hcsref_type_uint,
    hcsref_type_float64, hcsref_type_string, hcsref_type_any, hcsref_type_raw, hcsref_type_time, hcsref_type_guid,
    hcsref_type_bytes;
HCSREF_API extern const hcsref_type hcsref_type_strings;    /* []string */
HCSREF_API extern const hcsref_type hcsref_type_string_map; /* map[string]string */

/** Which texts are accepted. */
typedef enum hcsref_json_mode {
  HCSREF_JSON_WHOLE, /**< json.Unmarshal: one value and nothing else but white space */
  HCSREF_JSON_STREAM /**< json.Decoder.Decode: the first value; what follows is ignored */
} hcsref_json_mode;

/** Decodes `text` into `*out`, which must hold a value of `type` (zero bytes for a fresh one): like Go, a
 * decoded object merges into what is there. Strings of the result may point into `text`, which must live as
 * long as they do; everything else is in `arena`. On failure `*out` is untouched; what its pointers and slices of an
 * earlier decoding lead to may have been decoded into.
 *
 * Errors: code "json-syntax" (text not JSON), "json-type" (the first value of a wrong kind or range),
 * "json-value" (a bad time, GUID or base64 text), "out-of-memory"; the messages are Go's, `where` points at the
 * value. Source: encoding/json decode.go Unmarshal, stream.go Decode. */
HCSREF_API bool hcsref_json_decode(hcsref_arena *arena, hcsref_str text, const hcsref_type *type, hcsref_json_mode mode,
                                   void *out, hcsref_error *err);

/** hcsref_json_decode as a program with these rules decodes; null: as the baseline's hcsshim, which is what the
 * functions without rules mean. */
HCSREF_API bool hcsref_json_decode_as(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str text,
                                      const hcsref_type *type, hcsref_json_mode mode, void *out, hcsref_error *err);

/** What is around a text that is decoded alone although a Go program decodes more at once: type errors name it. */
typedef struct hcsref_json_around {
  const char *holder;   /**< the struct that holds the value: "CreateRequest" */
  const char *embedded; /**< a struct embedded in it, to which the value belongs, or null */
  const char *field;    /**< the field that holds the value; null: the members of the text are those of `embedded` */
  bool text;            /**< the value is JSON in a string, which a method of its type reads (UnmarshalText) */
  /** Set when the text was decoded: does a field take one of its members? Go makes a struct that is embedded as a
   * pointer only then. Null: nobody asks. */
  bool *found;
  /** Reads each member that the struct keeps as its text, in the order of the text, as the UnmarshalJSON of its Go type
   * does. False with *err: the decoding ends with that error, whatever else is wrong. Null: there is no such type. */
  bool (*method)(void *context, const hcsref_field *field, hcsref_str text, hcsref_error *err);
  void *context; /**< of the method */
} hcsref_json_around;

/** hcsref_json_decode_as of a part of a larger value; `around` null: of a value that is alone. */
HCSREF_API bool hcsref_json_decode_part(hcsref_arena *arena, const hcsref_rules *rules,
                                        const hcsref_json_around *around, hcsref_str text, const hcsref_type *type,
                                        hcsref_json_mode mode, void *out, hcsref_error *err);

/** Appends what json.Marshal writes for `*value`. Errors: "json-value" (a number that is not finite),
 * "json-depth" (nesting past HCSREF_JSON_MAX_DEPTH), "out-of-memory"; `buf` then ends where it did before. */
HCSREF_API bool hcsref_json_append(hcsref_buf *buf, const hcsref_type *type, const void *value, hcsref_error *err);

/** The same as a program with these rules encodes. */
HCSREF_API bool hcsref_json_append_as(hcsref_buf *buf, const hcsref_rules *rules, const hcsref_type *type,
                                      const void *value, hcsref_error *err);

/** hcsref_json_append into a text of its own in `arena`. */
HCSREF_API bool hcsref_json_encode(hcsref_arena *arena, const hcsref_type *type, const void *value, hcsref_str *out,
                                   hcsref_error *err);
/** The same as a program with these rules encodes. */
HCSREF_API bool hcsref_json_encode_as(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_type *type,
                                      const void *value, hcsref_str *out, hcsref_error *err);

/** Appends `s` as a JSON string the way encoding/json does (HTML characters escaped, bad UTF-8 as \ufffd). */
HCSREF_API void hcsref_json_append_string(hcsref_buf *buf, hcsref_str s);
/** The same as a program with these rules does. */
HCSREF_API void hcsref_json_append_string_as(hcsref_buf *buf, const hcsref_rules *rules, hcsref_str s);

/** Is `text` one JSON value and nothing else? On failure the error is Go's syntax error and `offset` (may be
 * null) the number of bytes read up to and with the offending one. */
HCSREF_API bool hcsref_json_valid(hcsref_arena *arena, hcsref_str text, hcsref_json_mode mode, size_t *offset,
                                  hcsref_error *err);

/** The field that Go would set for `key` of a struct type: exact name first, then the first in order that is
 * equal under simple case folding (with U+212A and U+017F); null when there is none. */
HCSREF_API const hcsref_field *hcsref_type_field(const hcsref_type *type, hcsref_str key);
/** The same among the fields that a program with these rules knows. */
HCSREF_API const hcsref_field *hcsref_type_field_as(const hcsref_type *type, const hcsref_rules *rules, hcsref_str key);

/** Would "omitempty" leave this value out? Source: encode.go isEmptyValue. */
HCSREF_API bool hcsref_json_is_empty(const hcsref_type *type, const void *value);

/** Appends one element of `elem` to a slice and returns its zeroed place, or null when out of memory. */
HCSREF_API void *hcsref_slice_push(hcsref_arena *arena, hcsref_slice *slice, size_t elem_size);
/** The same for a map entry; the caller fills in key and value. */
HCSREF_API void *hcsref_map_push(hcsref_arena *arena, hcsref_map *map, size_t entry_size);
/** Makes a nil slice an empty one that is not nil. */
HCSREF_API void hcsref_slice_make_empty(hcsref_slice *slice);

#ifdef __cplusplus
}
#endif

#endif
