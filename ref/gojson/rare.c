/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars that documents hardly have. Source: encoding/json encode.go floatEncoder, encodeByteSlice, marshalerEncoder,
 * textMarshalerEncoder. */
#include "gojson/number.h"
#include "gojson/text.h"
#include "gojson/write.h"

static bool unsupported(const hcsref_buf *buf, const char *message, hcsref_error *err) {
  return hcsref_fail(buf->arena, err, "json-value", HCSREF_LIT(""), "%s", message);
}

static bool append_null(hcsref_buf *buf) {
  hcsref_buf_append(buf, HCSREF_LIT("null"));
  return true;
}

static bool append_double(hcsref_buf *buf, double value, hcsref_error *err) {
  char text[HCSREF_DOUBLE_TEXT];
  if (!(value - value == 0.0))
    return unsupported(buf, "json: unsupported value: not a finite number", err);
  hcsref_buf_append(buf, hcsref_str_from(text, hcsref_format_double(value, text)));
  return true;
}

static bool append_bytes(hcsref_buf *buf, const hcsref_str *bytes) {
  if (bytes->data == NULL)
    return append_null(buf);
  hcsref_buf_append_char(buf, '"');
  hcsref_base64_append(buf, *bytes);
  hcsref_buf_append_char(buf, '"');
  return true;
}

static bool append_raw(hcsref_buf *buf, const hcsref_str *raw, hcsref_error *err) {
  if (raw->data == NULL)
    return append_null(buf);
  return hcsref_append_compact(buf, *raw) || unsupported(buf, "json: a raw message is not valid JSON", err);
}

static bool append_guid(hcsref_buf *buf, const hcsref_guid *guid) {
  hcsref_buf_append_char(buf, '"');
  hcsref_guid_append(buf, guid);
  hcsref_buf_append_char(buf, '"');
  return true;
}

bool hcsref_append_rare(hcsref_buf *buf, const hcsref_type *type, const void *value, hcsref_error *err) {
  switch (type->kind) {
  case HCSREF_FLOAT64:
    return append_double(buf, *(const double *)value, err);
  case HCSREF_BYTES:
    return append_bytes(buf, value);
  case HCSREF_RAW:
    return append_raw(buf, value, err);
  case HCSREF_GUID:
    return append_guid(buf, value);
  default:
    hcsref_time_append(buf, value);
    return true;
  }
}
