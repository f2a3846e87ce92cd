/* SPDX-License-Identifier: Apache-2.0 */
/* The texts that encoding/json accepts, and what it says of the rest. */
#include "gojson_sample.h"

/* ---- any JSON value ---------------------------------------------------------------------------------------------- */

static void any_value_survives_in_gos_form(void **state) {
  static const struct {
    const char *in, *out;
  } rows[] = {
      {" null ", "null"},
      {"true", "true"},
      {"\tfalse\r\n", "false"},
      {"1.0", "1"},
      {"-0", "-0"},
      {"1E2", "100"},
      {"1e21", "1e+21"},
      {"18446744073709551615", "18446744073709552000"},
      {"1e-7", "1e-7"},
      {"0.000001", "0.000001"},
      {"1e-400", "0"},
      {"-1e-400", "-0"},
      {"0e999999999999", "0"},
      {"0.1e1", "1"},
      {"[]", "[]"},
      {"{}", "{}"},
      {"[ 1 , [ ] , { } ]", "[1,[],{}]"},
      {"{\"b\":1,\"a\":2,\"b\":3}", "{\"a\":2,\"b\":3}"},
      {"{\"a\":{\"x\":1},\"a\":{\"y\":2}}", "{\"a\":{\"y\":2}}"},
      {"{\"10\":1,\"9\":2,\"\":3}", "{\"\":3,\"10\":1,\"9\":2}"},
      {"\"\\u0041\\n\\/\\b\\f\\r\\t\\\"\\\\\"", "\"A\\n/\\u0008\\u000c\\r\\t\\\"\\\\\""},
      {"\"<>&\\u2028\\u2029\x7F\"", "\"\\u003c\\u003e\\u0026\\u2028\\u2029\x7F\""},
      {"\"\\ud83d\\ude00\"", "\"\xF0\x9F\x98\x80\""},
      {"\"\\uD83D\\uDE00\"", "\"\xF0\x9F\x98\x80\""},
      {"\"\\ud800\"", "\"\xEF\xBF\xBD\""},
      {"\"\\ud800A\"", "\"\xEF\xBF\xBD"
                       "A\""},
      {"\"\\ud800\\u0041\"", "\"\xEF\xBF\xBD"
                             "A\""},
      {"\"\\ud800\\ud800\\udc00\"", "\"\xEF\xBF\xBD\xF0\x90\x80\x80\""},
      {"\"\\udc00\\n\"", "\"\xEF\xBF\xBD\\n\""},
      {"\"a\xFF\xC3\xA9\xE2\x82\"", "\"a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\"\xED\xA0\x80\\n\"", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\\n\""},
      {"\"a long string without any escape at all, well past sixteen bytes\"",
       "\"a long string without any escape at all, well past sixteen bytes\""},
      {"\"C:\\\\Program Files\\\\a\\\\b\\\\c\\\\d\\\\e\\\\f\\\\g\\\\h\\u00e9\\\\i\"",
       "\"C:\\\\Program Files\\\\a\\\\b\\\\c\\\\d\\\\e\\\\f\\\\g\\\\h\xC3\xA9\\\\i\""},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_text(round_trip(*state, &hcsref_type_any, rows[i].in), rows[i].out);
}

static void syntax_errors_are_gos(void **state) {
  static const struct {
    const char *in, *message;
  } rows[] = {
      {"", "unexpected end of JSON input"},
      {" \n", "unexpected end of JSON input"},
      {"{", "unexpected end of JSON input"},
      {"[1", "unexpected end of JSON input"},
      {"\"a", "unexpected end of JSON input"},
      {"{\"a\"", "unexpected end of JSON input"},
      {"{\"a\":", "unexpected end of JSON input"},
      {"{\"a\":1,", "unexpected end of JSON input"},
      {"\xEF\xBB\xBF{}", "invalid character '\xC3\xAF' looking for beginning of value"},
      {"+1", "invalid character '+' looking for beginning of value"},
      {".5", "invalid character '.' looking for beginning of value"},
      {"[1,]", "invalid character ']' looking for beginning of value"},
      {"[,1]", "invalid character ',' looking for beginning of value"},
      {"{\"a\":}", "invalid character '}' looking for beginning of value"},
      {"'a'", "invalid character '\\'' looking for beginning of value"},
      {"\\", "invalid character '\\\\' looking for beginning of value"},
      {"\x01", "invalid character '\\x01' looking for beginning of value"},
      {"{1:2}", "invalid character '1' looking for beginning of object key string"},
      {"{,}", "invalid character ',' looking for beginning of object key string"},
      {"{\"a\":1,}", "invalid character '}' looking for beginning of object key string"},
      {"{\"a\" 1}", "invalid character '1' after object key"},
      {"{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair"},
      {"{\"a\":1]", "invalid character ']' after object key:value pair"},
      {"[1 2]", "invalid character '2' after array element"},
      {"[1}", "invalid character '}' after array element"},
      {"01", "invalid character '1' after top-level value"},
      {"{}x", "invalid character 'x' after top-level value"},
      {"\"a\nb\"", "invalid character '\\n' in string literal"},
      {"\"a\\", "invalid character ' ' in string escape code"},
      {"\"\\x41\"", "invalid character 'x' in string escape code"},
      {"\"\\'\"", "invalid character '\\'' in string escape code"},
      {"\"\\u12", "invalid character ' ' in \\u hexadecimal character escape"},
      {"\"\\u12\"", "invalid character '\"' in \\u hexadecimal character escape"},
      {"\"\\u12G4\"", "invalid character 'G' in \\u hexadecimal character escape"},
      {"-", "invalid character ' ' in numeric literal"},
      {"-a", "invalid character 'a' in numeric literal"},
      {"1.", "invalid character ' ' after decimal point in numeric literal"},
      {"[1.]", "invalid character ']' after decimal point in numeric literal"},
      {"1e", "invalid character ' ' in exponent of numeric literal"},
      {"1e+x", "invalid character 'x' in exponent of numeric literal"},
      {"0x10", "invalid character 'x' after top-level value"},
      {"nul", "invalid character ' ' in literal null (expecting 'l')"},
      {"nil", "invalid character 'i' in literal null (expecting 'u')"},
      {"tRue", "invalid character 'R' in literal true (expecting 'r')"},
      {"trae", "invalid character 'a' in literal true (expecting 'u')"},
      {"trux", "invalid character 'x' in literal true (expecting 'e')"},
      {"fxlse", "invalid character 'x' in literal false (expecting 'a')"},
      {"faxse", "invalid character 'x' in literal false (expecting 'l')"},
      {"falxe", "invalid character 'x' in literal false (expecting 's')"},
      {"falsx", "invalid character 'x' in literal false (expecting 'e')"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str expected;
    assert_true(hcsref_format(*state, &expected, "json-syntax: %s @ ", rows[i].message));
    assert_same(round_trip(*state, &hcsref_type_any, rows[i].in), expected);
  }
}

static void a_stream_gives_its_first_value(void **state) {
  static const struct {
    const char *in, *out;
  } rows[] = {
      {"{} trailing", "{}"},
      {"[1]2", "[1]"},
      {"1x", "1"},
      {"nullx", "null"},
      {"", "json-syntax: EOF @ "},
      {" \t\r\n", "json-syntax: EOF @ "},
      {"nul", "json-syntax: unexpected EOF @ "},
      {"{\"a\":", "json-syntax: unexpected EOF @ "},
      {"1.", "json-syntax: unexpected EOF @ "},
      {"[1,]", "json-syntax: invalid character ']' looking for beginning of value @ "},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_text(round_trip_bytes(*state, &hcsref_type_any, hcsref_cstr(rows[i].in), HCSREF_JSON_STREAM), rows[i].out);
}

static void offsets_count_the_bytes_read(void **state) {
  size_t offset;
  assert_true(hcsref_json_valid(*state, HCSREF_LIT(" [1] "), HCSREF_JSON_WHOLE, &offset, NULL));
  assert_int_equal(offset, 5);
  assert_false(hcsref_json_valid(*state, HCSREF_LIT("[1x]"), HCSREF_JSON_WHOLE, &offset, NULL));
  assert_int_equal(offset, 3);
  assert_false(hcsref_json_valid(*state, HCSREF_LIT("\"a\0b\""), HCSREF_JSON_WHOLE, &offset, NULL));
  assert_int_equal(offset, 3);
}

static void zero_bytes_are_no_end(void **state) {
  assert_text(round_trip_bytes(*state, &hcsref_type_any, HCSREF_LIT("1\0"), HCSREF_JSON_WHOLE),
              "json-syntax: invalid character '\\x00' after top-level value @ ");
  assert_text(round_trip_bytes(*state, &hcsref_type_any, HCSREF_LIT("\"a\0\""), HCSREF_JSON_WHOLE),
              "json-syntax: invalid character '\\x00' in string literal @ ");
  assert_text(round_trip_bytes(*state, &hcsref_type_any, HCSREF_LIT("\"\\\0\""), HCSREF_JSON_WHOLE),
              "json-syntax: invalid character '\\x00' in string escape code @ ");
  assert_text(round_trip(*state, &hcsref_type_any, "\"\\u0000\""), "\"\\u0000\"");
}

/* ---- depth ------------------------------------------------------------------------------------------------------- */

static hcsref_str nested(hcsref_arena *arena, const char *prefix, size_t depth) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, hcsref_cstr(prefix));
  for (size_t i = 0; i < depth; i++)
    hcsref_buf_append_char(&buf, '[');
  for (size_t i = 0; i < depth; i++)
    hcsref_buf_append_char(&buf, ']');
  if (*prefix != '\0')
    hcsref_buf_append_char(&buf, '}');
  return hcsref_buf_str(&buf);
}

static void depth_is_limited_as_in_go(void **state) {
  static const struct {
    const char *prefix;
    size_t depth;
    bool ok;
  } rows[] = {
      {"", HCSREF_JSON_MAX_DEPTH, true},
      {"", HCSREF_JSON_MAX_DEPTH + 1, false},
      {"{\"any\":", HCSREF_JSON_MAX_DEPTH - 1, true},
      {"{\"any\":", HCSREF_JSON_MAX_DEPTH, false},
      {"{\"x\":", HCSREF_JSON_MAX_DEPTH - 1, true},
      {"{\"x\":", HCSREF_JSON_MAX_DEPTH, false},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const hcsref_type *type = *rows[i].prefix == '\0' ? &hcsref_type_any : &type_sample;
    hcsref_str text = nested(*state, rows[i].prefix, rows[i].depth);
    hcsref_str out = round_trip_bytes(*state, type, text, HCSREF_JSON_WHOLE);
    if (rows[i].ok && type == &hcsref_type_any)
      assert_same(out, text);
    else if (rows[i].ok)
      assert_true(hcsref_str_has_prefix(out, HCSREF_LIT("{\"flag\"")));
    else
      assert_text(out, "json-syntax: invalid character '[' exceeded max depth @ ");
  }
}

static void deep_values_are_not_written(void **state) {
  hcsref_value *outer = hcsref_arena_alloc(*state, sizeof(*outer));
  hcsref_value *place = outer;
  hcsref_buf buf = {.arena = *state};
  hcsref_error err;
  for (size_t i = 0; i <= HCSREF_JSON_MAX_DEPTH; i++) {
    place->kind = HCSREF_VALUE_ARRAY;
    place = hcsref_slice_push(*state, &place->as.array, sizeof(*place));
  }
  hcsref_buf_append_char(&buf, 'x');
  assert_false(hcsref_json_append(&buf, &hcsref_type_any, outer, &err));
  assert_string_equal(err.code, "json-depth");
  assert_text(hcsref_buf_str(&buf), "x");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(any_value_survives_in_gos_form), arena_test(syntax_errors_are_gos),
      arena_test(a_stream_gives_its_first_value), arena_test(offsets_count_the_bytes_read),
      arena_test(zero_bytes_are_no_end),          arena_test(depth_is_limited_as_in_go),
      arena_test(deep_values_are_not_written),
  };
  return cmocka_run_group_tests_name("gojson syntax", tests, NULL, NULL);
}
