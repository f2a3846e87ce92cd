/* SPDX-License-Identifier: Apache-2.0 */
#include "translate/explain_print.h"

#include <string.h>

static bool find_place(const explain_text *from, hcsref_str where, input_place *place) {
  const hcsref_str bytes = hcsref_str_from(from->text->data, from->text->length);
  hcsref_error err = {0};
  memset(place, 0, sizeof *place);
  if (from->map->bytes.data != bytes.data)
    (void)input_map_read(from->arena, bytes, NULL, from->map, &err);
  return from->map->tree != NULL && input_locate(from->map, where, false, place);
}

static void append_place(hcsref_buf *out, const char *name, const input_place *place, hcsref_str where) {
  hcsref_buf_append(out, hcsref_cstr(name));
  if (place->line != 0) {
    hcsref_buf_append_char(out, ':');
    hcsref_buf_append_uint(out, place->line);
    hcsref_buf_append_char(out, ':');
    hcsref_buf_append_uint(out, place->column);
  }
  hcsref_buf_append_char(out, ' ');
  hcsref_buf_append(out, where);
}

/* POINTER  VALUE  SOURCE  RULE */
static void append_line(hcsref_buf *out, const translation_field *field, bool named, const char *name,
                        const input_place *place) {
  if (named) {
    hcsref_buf_append(out, field->part);
    hcsref_buf_append_char(out, ' ');
  }
  hcsref_buf_append(out, field->pointer.len == 0 ? HCSREF_LIT("(all)") : field->pointer);
  hcsref_buf_append(out, HCSREF_LIT("  "));
  hcsref_buf_append(out, field->value);
  hcsref_buf_append(out, HCSREF_LIT("  "));
  if (field->rule == NULL)
    hcsref_buf_append(out, HCSREF_LIT("(not noted)"));
  else if (name != NULL)
    append_place(out, name, place, field->where);
  else
    hcsref_buf_append(out, field->where.len == 0 ? HCSREF_LIT("constant") : field->where);
  if (field->rule != NULL) {
    hcsref_buf_append(out, HCSREF_LIT("  "));
    hcsref_buf_append(out, hcsref_cstr(field->rule));
  }
  hcsref_buf_append_char(out, '\n');
}

static void append_member(hcsref_buf *out, const char *name, hcsref_str text) {
  hcsref_buf_append(out, HCSREF_LIT(",\""));
  hcsref_buf_append(out, hcsref_cstr(name));
  hcsref_buf_append(out, HCSREF_LIT("\":"));
  hcsref_json_append_string(out, text);
}

/* {"part","pointer","value","source":{"file","line","column","pointer"} or {"host"} or {"option"} or {"spec"} or
 * null,"rule"} */
static void append_object(hcsref_buf *out, const translation_field *field, const char *name, const input_place *place) {
  static const char *const kinds[] = {"host", "option", "stand-in", "spec"};
  hcsref_buf_append(out, HCSREF_LIT("{\"part\":"));
  hcsref_json_append_string(out, field->part);
  append_member(out, "pointer", field->pointer);
  hcsref_buf_append(out, HCSREF_LIT(",\"value\":"));
  hcsref_buf_append(out, field->value);
  hcsref_buf_append(out, HCSREF_LIT(",\"source\":{"));
  if (name != NULL) {
    hcsref_buf_append(out, HCSREF_LIT("\"file\":"));
    hcsref_json_append_string(out, hcsref_cstr(name));
    hcsref_buf_append(out, HCSREF_LIT(",\"line\":"));
    hcsref_buf_append_uint(out, place->line);
    hcsref_buf_append(out, HCSREF_LIT(",\"column\":"));
    hcsref_buf_append_uint(out, place->column);
    append_member(out, "pointer", field->where);
  }
  for (size_t i = 0; name == NULL && i < sizeof kinds / sizeof kinds[0]; i++) {
    const hcsref_str kind = hcsref_cstr(kinds[i]);
    if (!hcsref_str_has_prefix(field->where, kind))
      continue;
    hcsref_buf_append_char(out, '"');
    hcsref_buf_append(out, kind);
    hcsref_buf_append(out, HCSREF_LIT("\":"));
    hcsref_json_append_string(out, hcsref_str_skip(field->where, kind.len + (field->where.len > kind.len)));
  }
  hcsref_buf_append(out, HCSREF_LIT("},\"rule\":"));
  if (field->rule == NULL)
    hcsref_buf_append(out, HCSREF_LIT("null"));
  else
    hcsref_json_append_string(out, hcsref_cstr(field->rule));
  hcsref_buf_append(out, HCSREF_LIT("}\n"));
}

bool explain_append(hcsref_arena *arena, const explain_style *style, const explain_text *texts,
                    const hcsref_slice *fields, hcsref_buf *out, hcsref_error *err) {
  const translation_field *items = fields->items;
  for (size_t i = 0; i < fields->len; i++) {
    const explain_text *about = &texts[items[i].source];
    translation_field field = items[i];
    input_place place = {0};
    bool in_file = field.where.len != 0 && field.where.data[0] == '/';
    if (in_file && !find_place(about, field.where, &place)) {
      in_file = false;
      if (!hcsref_format(arena, &field.where, "spec %v", items[i].where))
        return hcsref_fail_memory(err);
    }
    if (style->json)
      append_object(out, &field, in_file ? about->text->name : NULL, &place);
    else
      append_line(out, &field, style->parts, in_file ? about->text->name : NULL, &place);
  }
  return out->failed ? hcsref_fail_memory(err) : true;
}
