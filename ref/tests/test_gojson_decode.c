/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding: what encoding/json makes of an accepted text. */
#include "gojson_sample.h"

#include "hcsref/bridge_messages.h"

/* ---- types ------------------------------------------------------------------------------------------------------- */

static void wrong_kinds_and_ranges_are_named(void **state) {
  static const struct {
    const char *in, *message;
  } rows[] = {
      {"1", "json: cannot unmarshal number into Go value of type main.Sample @ "},
      {"[]", "json: cannot unmarshal array into Go value of type main.Sample @ "},
      {"\"x\"", "json: cannot unmarshal string into Go value of type main.Sample @ "},
      {"true", "json: cannot unmarshal bool into Go value of type main.Sample @ "},
      {"{\"flag\":1}", "json: cannot unmarshal number into Go struct field Sample.flag of type bool @ /flag"},
      {"{\"text\":5}", "json: cannot unmarshal number into Go struct field Sample.text of type string @ /text"},
      {"{\"text\":{}}", "json: cannot unmarshal object into Go struct field Sample.text of type string @ /text"},
      {"{\"text\":[1,{\"a\":[]}]}",
       "json: cannot unmarshal array into Go struct field Sample.text of type string @ /text"},
      {"{\"i8\":128}", "json: cannot unmarshal number 128 into Go struct field Sample.i8 of type int8 @ /i8"},
      {"{\"i16\":-32769}", "json: cannot unmarshal number -32769 into Go struct field Sample.i16 of type int16 @ /i16"},
      {"{\"i32\":1e2}", "json: cannot unmarshal number 1e2 into Go struct field Sample.i32 of type int32 @ /i32"},
      {"{\"i64\":9223372036854775808}",
       "json: cannot unmarshal number 9223372036854775808 into Go struct field Sample.i64 of type int64 @ /i64"},
      {"{\"u8\":256}", "json: cannot unmarshal number 256 into Go struct field Sample.u8 of type uint8 @ /u8"},
      {"{\"u16\":-0}", "json: cannot unmarshal number -0 into Go struct field Sample.u16 of type uint16 @ /u16"},
      {"{\"u32\":1.0}", "json: cannot unmarshal number 1.0 into Go struct field Sample.u32 of type uint32 @ /u32"},
      {"{\"u64\":18446744073709551616}",
       "json: cannot unmarshal number 18446744073709551616 into Go struct field Sample.u64 of type uint64 @ /u64"},
      {"{\"u64\":\"1\"}", "json: cannot unmarshal string into Go struct field Sample.u64 of type uint64 @ /u64"},
      {"{\"real\":1e999}",
       "json: cannot unmarshal number 1e999 into Go struct field Sample.real of type float64 @ /real"},
      {"{\"real\":true}", "json: cannot unmarshal bool into Go struct field Sample.real of type float64 @ /real"},
      {"{\"any\":[1e999]}",
       "json: cannot unmarshal number 1e999 into Go struct field Sample.any of type float64 @ /any/0"},
      {"{\"in\":{\"a\":\"x\"}}", "json: cannot unmarshal string into Go struct field In.in.a of type int32 @ /in/a"},
      {"{\"ptr\":[]}", "json: cannot unmarshal array into Go struct field Sample.ptr of type main.In @ /ptr"},
      {"{\"opt\":65536}", "json: cannot unmarshal number 65536 into Go struct field Sample.opt of type uint16 @ /opt"},
      {"{\"strings\":[\"a\",1]}",
       "json: cannot unmarshal number into Go struct field Sample.strings of type string @ /strings/1"},
      {"{\"strings\":[\"a\",\"b\" , \"c\",null,true]}",
       "json: cannot unmarshal bool into Go struct field Sample.strings of type string @ /strings/4"},
      {"{\"strings\":\"a\"}",
       "json: cannot unmarshal string into Go struct field Sample.strings of type []string @ /strings"},
      {"{\"inners\":[{},{\"b\":true}]}",
       "json: cannot unmarshal bool into Go struct field In.inners.b of type int32 @ /inners/1/b"},
      {"{\"pair\":{}}", "json: cannot unmarshal object into Go struct field Sample.pair of type [2]int32 @ /pair"},
      {"{\"map\":{\"a/b~c\":1}}",
       "json: cannot unmarshal number into Go struct field Sample.map of type string @ /map/a~1b~0c"},
      {"{\"map\":[]}", "json: cannot unmarshal array into Go struct field Sample.map of type map[string]string @ /map"},
      {"{\"innerMap\":{\"k\":{\"a\":\"\"}}}",
       "json: cannot unmarshal string into Go struct field In.innerMap.a of type int32 @ /innerMap/k/a"},
      {"{\"byNumber\":{\"x\":{}}}",
       "json: cannot unmarshal number x into Go struct field Sample.byNumber of type int @ /byNumber/x"},
      {"{\"byNumber\":{\"x\":{\"a\":true}}}",
       "json: cannot unmarshal bool into Go struct field In.byNumber.a of type int32 @ /byNumber/x/a"},
      {"{\"guid\":1}", "json: cannot unmarshal number into Go struct field Sample.guid of type guid.GUID @ /guid"},
      {"{\"bytes\":true}", "json: cannot unmarshal bool into Go struct field Sample.bytes of type []uint8 @ /bytes"},
      {"{\"bytes\":[1,256]}",
       "json: cannot unmarshal number 256 into Go struct field Sample.bytes of type uint8 @ /bytes/1"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str expected;
    assert_true(hcsref_format(*state, &expected, "json-type: %s", rows[i].message));
    assert_same(round_trip(*state, &type_sample, rows[i].in), expected);
  }
}

/* A type that reads texts itself is named as it is declared. */
static void a_pointer_to_a_guid_is_named(void **state) {
  assert_text(round_trip(*state, &hcsref_message_exec_type, "{\"Settings\":{\"StdioRelaySettings\":{\"StdErr\":[]}}}"),
              "json-type: json: cannot unmarshal array into Go struct field "
              "ExecuteProcessStdioRelaySettings.Settings.StdioRelaySettings.StdErr of type *guid.GUID @ "
              "/Settings/StdioRelaySettings/StdErr");
}

static void the_first_type_error_wins_but_syntax_goes_before(void **state) {
  assert_text(round_trip(*state, &type_inner, "{\"b\":true,\"a\":\"x\"}"),
              "json-type: json: cannot unmarshal bool into Go struct field In.b of type int32 @ /b");
  assert_text(round_trip(*state, &type_inner, "{\"b\":true,\"a\":x}"),
              "json-syntax: invalid character 'x' looking for beginning of value @ ");
  assert_text(round_trip(*state, &type_sample, "{\"flag\":1,\"guid\":\"x\"}"),
              "json-value: invalid GUID \"x\" @ /guid");
  assert_text(round_trip(*state, &type_sample, "{\"guid\":\"x\",}"),
              "json-syntax: invalid character '}' looking for beginning of object key string @ ");
  assert_text(round_trip(*state, &type_sample, "{\"bytes\":\"?\",\"flag\":1}"),
              "json-value: illegal base64 data at input byte 0 @ /bytes");
  assert_text(round_trip(*state, &type_sample, "{\"flag\":1,\"bytes\":\"?\"}"),
              "json-type: json: cannot unmarshal number into Go struct field Sample.flag of type bool @ /flag");
}

static void a_failed_decoding_leaves_its_output(void **state) {
  inner value = {7, 8};
  hcsref_error err;
  assert_false(
      hcsref_json_decode(*state, HCSREF_LIT("{\"a\":1,\"b\":\"\"}"), &type_inner, HCSREF_JSON_WHOLE, &value, &err));
  assert_false(hcsref_json_decode(*state, HCSREF_LIT("{\"a\":1,"), &type_inner, HCSREF_JSON_WHOLE, &value, NULL));
  assert_int_equal(value.a, 7);
  assert_int_equal(value.b, 8);
  assert_true(hcsref_json_decode(*state, HCSREF_LIT("{\"a\":1}"), &type_inner, HCSREF_JSON_WHOLE, &value, NULL));
  assert_int_equal(value.a, 1);
  assert_int_equal(value.b, 8);
  assert_true(hcsref_json_decode(*state, HCSREF_LIT("null"), &type_inner, HCSREF_JSON_WHOLE, &value, NULL));
  assert_int_equal(value.a, 1);
}

static void integers_reach_their_bounds(void **state) {
  sample s = decode(*state, "{\"i8\":-128,\"i16\":32767,\"i32\":-2147483648,\"i64\":-9223372036854775808,\"u8\":255,"
                            "\"u16\":65535,\"u32\":4294967295,\"u64\":18446744073709551615,\"opt\":0}");
  assert_int_equal(s.i8, INT8_MIN);
  assert_int_equal(s.i16, INT16_MAX);
  assert_int_equal(s.i32, INT32_MIN);
  assert_true(s.i64 == INT64_MIN);
  assert_int_equal(s.u8, UINT8_MAX);
  assert_int_equal(s.u16, UINT16_MAX);
  assert_int_equal(s.u32, UINT32_MAX);
  assert_true(s.u64 == UINT64_MAX);
  assert_non_null(s.opt);
  assert_int_equal(*s.opt, 0);
  s = decode(*state, "{\"i32\":-0,\"real\":-0.5}");
  assert_int_equal(s.i32, 0);
  assert_true(s.real == -0.5);
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static void keys_fold_but_the_exact_one_goes_first(void **state) {
  static const struct {
    const char *in, *text;
  } rows[] = {
      {"{\"TEXT\":\"x\"}", "x"},
      {"{\"te\\u0078t\":\"x\"}", "x"},
      {"{\"text_alias\":\"x\"}", "x"},
      {"{\"textAlias\":\"x\"}", "x"},
      {"{\"TextAlias\":\"x\"}", ""},
      {"{\"text\":\"a\",\"Text\":\"b\"}", "b"},
      {"{\"te_xt\":\"x\",\"tex\":\"x\",\"textt\":\"x\",\"\":\"x\"}", ""},
      {"{\"t\xC3\xA9xt\":\"x\"}", ""},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_text(decode(*state, rows[i].in).text, rows[i].text);
  assert_int_equal(decode(*state, "{\"\xC5\xBFTRING\xC5\xBF\":[\"x\"]}").strings.len, 1);
  assert_ptr_equal(hcsref_type_field(&type_sample, HCSREF_LIT("PTR")), &sample_fields[14]);
  assert_null(hcsref_type_field(&type_sample, HCSREF_LIT("nothing")));
  assert_null(hcsref_type_field(&hcsref_type_bool, HCSREF_LIT("flag")));
}

static void kelvin_is_k(void **state) {
  static const hcsref_field fields[] = {FIELD(inner, a, "kick", hcsref_type_int32)};
  static const hcsref_type type = {HCSREF_STRUCT, "main.K", sizeof(inner), NULL, fields, 1, 0, NULL, 0};
  assert_text(round_trip(*state, &type, "{\"\xE2\x84\xAAIC\xE2\x84\xAA\":5}"), "{\"kick\":5}");
  assert_text(round_trip(*state, &type, "{\"KIC\xE2\x84\":5}"), "{\"kick\":0}");
}

static void unknown_members_are_passed_over_but_read(void **state) {
  assert_text(round_trip(*state, &type_inner,
                         "{\"x\":{\"a\":[1,{\"b\":[]},[],{},\"\\u0041\",-1.5e3,true,false,null]},\"a\":1,\"y\":[[]]}"),
              "{\"a\":1,\"b\":0}");
  static const char *const bad[] = {"{\"x\":{\"a\" 1}}", "{\"x\":{\"a\":1,}}",  "{\"x\":[1}}",  "{\"x\":{a:1}}",
                                    "{\"x\":[tru]}",     "{\"x\":[1 2]}",       "{\"x\":[01]}", "{\"x\":\"\\x\"}",
                                    "{\"x\":[,]}",       "{\"x\":{\"a\\q\":1}}"};
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    assert_int_equal(round_trip(*state, &type_inner, bad[i]).data[5], 's');
}

/* ---- merging ----------------------------------------------------------------------------------------------------- */

static void duplicates_go_into_the_same_place(void **state) {
  sample s = decode(*state, "{\"in\":{\"a\":1,\"b\":2},\"in\":{\"a\":3},\"ptr\":{\"a\":1},\"ptr\":{\"b\":2},"
                            "\"text\":\"x\",\"text\":\"y\",\"text\":null,"
                            "\"map\":{\"a\":\"1\",\"b\":\"2\"},\"map\":{\"a\":\"3\",\"c\":null},"
                            "\"innerMap\":{\"k\":{\"a\":1}},\"innerMap\":{\"k\":{\"b\":2}}}");
  assert_int_equal(s.in.a, 3);
  assert_int_equal(s.in.b, 2);
  assert_int_equal(s.ptr->a, 1);
  assert_int_equal(s.ptr->b, 2);
  assert_text(s.text, "y");
  assert_text(*hcsref_map_find(&s.map, HCSREF_LIT("a")), "3");
  assert_text(*hcsref_map_find(&s.map, HCSREF_LIT("c")), "");
  assert_null(hcsref_map_find(&s.map, HCSREF_LIT("d")));
  assert_text(round_trip(*state, &type_inner_map, "{\"k\":{\"a\":1},\"k\":{\"b\":2}}"), "{\"k\":{\"a\":0,\"b\":2}}");
}

static void slices_are_decoded_over_their_old_elements(void **state) {
  sample s = decode(*state, "{\"inners\":[{\"a\":1,\"b\":1},{\"a\":2,\"b\":2}],\"inners\":[{\"a\":3}]}");
  const inner *items = s.inners.items;
  assert_int_equal(s.inners.len, 1);
  assert_int_equal(items[0].a, 3);
  assert_int_equal(items[0].b, 1);
  s = decode(*state, "{\"inners\":[{\"b\":1},{\"b\":2}],\"inners\":[{}],\"inners\":[null,{\"a\":5}]}");
  items = s.inners.items;
  assert_int_equal(s.inners.len, 2);
  assert_int_equal(items[1].a, 5);
  assert_int_equal(items[1].b, 2);
  s = decode(*state, "{\"inners\":[{\"b\":1}],\"inners\":[],\"inners\":[{\"a\":1}]}");
  items = s.inners.items;
  assert_int_equal(items[0].b, 0);
  s = decode(*state, "{\"inners\":[{\"b\":1}],\"inners\":null,\"inners\":[{\"a\":1}]}");
  items = s.inners.items;
  assert_int_equal(items[0].b, 0);
  s = decode(*state, "{\"ptrs\":[{\"a\":1},null],\"ptrs\":[{\"b\":2},{\"a\":9}]}");
  assert_int_equal(((inner **)s.ptrs.items)[0]->a, 1);
  assert_int_equal(((inner **)s.ptrs.items)[0]->b, 2);
  assert_int_equal(((inner **)s.ptrs.items)[1]->a, 9);
}

static void null_clears_what_can_be_nil(void **state) {
  sample s =
      decode(*state, "{\"ptr\":{\"a\":1},\"ptr\":null,\"strings\":[\"a\"],\"strings\":null,\"map\":{\"a\":\"1\"},"
                     "\"map\":null,\"any\":{\"a\":1},\"any\":null,\"bytes\":\"AAAA\",\"bytes\":null,\"in\":null,"
                     "\"flag\":true,\"flag\":null,\"pair\":[1,2],\"pair\":null,\"raw\":null,\"rawPtr\":null,"
                     "\"time\":null,\"guid\":null,\"i32\":null}");
  assert_null(s.ptr);
  assert_null(s.strings.items);
  assert_null(s.map.entries);
  assert_int_equal(s.any.kind, HCSREF_VALUE_NULL);
  assert_null(s.bytes.data);
  assert_true(s.flag);
  assert_int_equal(s.pair[1], 2);
  assert_text(s.raw, "null");
  assert_null(s.raw_ptr);
  assert_false(s.time.set);
}

static void empty_is_not_nil(void **state) {
  assert_text(round_trip(*state, &hcsref_type_strings, "[]"), "[]");
  assert_text(round_trip(*state, &hcsref_type_strings, "null"), "null");
  assert_text(round_trip(*state, &hcsref_type_string_map, "{}"), "{}");
  assert_text(round_trip(*state, &hcsref_type_string_map, "null"), "null");
  assert_text(round_trip(*state, &hcsref_type_bytes, "[]"), "\"\"");
  assert_text(round_trip(*state, &hcsref_type_bytes, "null"), "null");
}

static void arrays_take_what_fits(void **state) {
  assert_text(round_trip(*state, &type_pair, "[1,2,{\"x\":[3]}]"), "[1,2]");
  assert_text(round_trip(*state, &type_pair, "[1]"), "[1,0]");
  assert_text(round_trip(*state, &type_pair, "[]"), "[0,0]");
  assert_int_equal(decode(*state, "{\"pair\":[1,2],\"pair\":[3]}").pair[1], 0);
}

static void bytes_are_decoded_over_the_old_ones(void **state) {
  sample s = decode(*state, "{\"bytes\":\"AQID\",\"bytes\":[null,7,null,null]}");
  assert_same(s.bytes, HCSREF_LIT("\x01\x07\x03\x00"));
}

static void numeric_keys_take_gos_form(void **state) {
  assert_text(round_trip(*state, &type_by_number, "{\"10\":{},\"9\":{},\"-01\":{\"a\":1},\"+9\":{\"b\":2}}"),
              "{\"-1\":{\"a\":1,\"b\":0},\"10\":{\"a\":0,\"b\":0},\"9\":{\"a\":0,\"b\":2}}");
}

/* ---- values that are text ---------------------------------------------------------------------------------------- */

static void raw_messages_keep_their_text(void **state) {
  sample s = decode(*state, "{\"raw\": { \"a\" : 1.00 } ,\"rawPtr\":[1, 2]}");
  assert_text(s.raw, "{ \"a\" : 1.00 }");
  assert_text(*s.raw_ptr, "[1, 2]");
  assert_text(round_trip(*state, &hcsref_type_raw, " { \"a <\\\"\" : 1.00, \"b\":\"\xE2\x80\xA8 \xE2\x80\xA9\" } "),
              "{\"a \\u003c\\\"\":1.00,\"b\":\"\\u2028 \\u2029\"}");
}

static void bytes_are_base64(void **state) {
  static const struct {
    const char *in, *out;
  } rows[] = {
      {"\"\"", "\"\""},
      {"\"AQI=\"", "\"AQI=\""},
      {"\"AQ==\"", "\"AQ==\""},
      {"\"AQID+/9z\"", "\"AQID+/9z\""},
      {"\"AQ\\r\\nID\\n\"", "\"AQID\""},
      {"\"AQ=\\n=\\n\"", "\"AQ==\""},
      {"[1,2,3,255,0]", "\"AQID/wA=\""},
      {"\"AQ\"", "json-value: illegal base64 data at input byte 0 @ "},
      {"\"A\"", "json-value: illegal base64 data at input byte 0 @ "},
      {"\"AQI\"", "json-value: illegal base64 data at input byte 0 @ "},
      {"\"A===\"", "json-value: illegal base64 data at input byte 1 @ "},
      {"\"=\"", "json-value: illegal base64 data at input byte 0 @ "},
      {"\"AQ=\"", "json-value: illegal base64 data at input byte 3 @ "},
      {"\"AQ=A\"", "json-value: illegal base64 data at input byte 2 @ "},
      {"\"AQI=A\"", "json-value: illegal base64 data at input byte 4 @ "},
      {"\"AQ-_\"", "json-value: illegal base64 data at input byte 2 @ "},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_text(round_trip(*state, &hcsref_type_bytes, rows[i].in), rows[i].out);
}

static void times_are_rfc3339(void **state) {
  static const struct {
    const char *in, *out;
  } rows[] = {
      {"null", "\"0001-01-01T00:00:00Z\""},
      {"\"2023-11-01T10:20:30Z\"", "\"2023-11-01T10:20:30Z\""},
      {"\"2023-11-01T10:20:30.1234567890Z\"", "\"2023-11-01T10:20:30.123456789Z\""},
      {"\"2023-11-01T10:20:30,500+00:00\"", "\"2023-11-01T10:20:30.5Z\""},
      {"\"2024-02-29T23:59:59.000-07:30\"", "\"2024-02-29T23:59:59-07:30\""},
      {"\"2024-02-29T23:59:59+05:45\"", "\"2024-02-29T23:59:59+05:45\""},
      {"\"2023-02-29T00:00:00Z\"", "json-value: parsing time \"\\\"2023-02-29T00:00:00Z\\\"\": day out of range @ "},
      {"\"1900-02-29T00:00:00Z\"", "json-value: parsing time \"\\\"1900-02-29T00:00:00Z\\\"\": day out of range @ "},
      {"\"2000-02-29T00:00:00Z\"", "\"2000-02-29T00:00:00Z\""},
      {"\"2023-13-01T00:00:00Z\"", "json-value: parsing time \"\\\"2023-13-01T00:00:00Z\\\"\": month out of range @ "},
      {"\"2023-11-01T24:00:00Z\"", "json-value: parsing time \"\\\"2023-11-01T24:00:00Z\\\"\": hour out of range @ "},
      {"\"2023-11-01T00:60:00Z\"", "json-value: parsing time \"\\\"2023-11-01T00:60:00Z\\\"\": minute out of range @ "},
      {"\"2023-11-01T00:00:60Z\"", "json-value: parsing time \"\\\"2023-11-01T00:00:60Z\\\"\": second out of range @ "},
      {"5",
       "json-value: parsing time \"5\" as \"\\\"2006-01-02T15:04:05Z07:00\\\"\": cannot parse \"5\" as \"\\\"\" @ "},
      {"\"x\"",
       "json-value: parsing time \"\\\"x\\\"\" as \"\\\"2006-01-02T15:04:05Z07:00\\\"\": cannot parse \"x\\\"\" "
       "as \"2006\" @ "},
      {"\"2023-11-01T00:00:00+0700\"",
       "json-value: parsing time \"\\\"2023-11-01T00:00:00+0700\\\"\" as \"\\\"2006-01-02T15:04:05Z07:00\\\"\": cannot "
       "parse \"+0700\\\"\" as \"Z07:00\" @ "},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_text(round_trip(*state, &hcsref_type_time, rows[i].in), rows[i].out);
}

static void guids_are_lower_case(void **state) {
  assert_text(round_trip(*state, &hcsref_type_guid, "\"AAAAAAAA-bbbb-CCCC-0123-456789abcDEF\""),
              "\"aaaaaaaa-bbbb-cccc-0123-456789abcdef\"");
  assert_text(round_trip(*state, &hcsref_type_guid, "\"AAAAAAAAxbbbb-CCCC-0123-456789abcDEF\""),
              "json-value: invalid GUID \"AAAAAAAAxbbbb-CCCC-0123-456789abcDEF\" @ ");
  assert_text(round_trip(*state, &hcsref_type_guid, "\"AAAAAAAG-bbbb-CCCC-0123-456789abcDEF\""),
              "json-value: invalid GUID \"AAAAAAAG-bbbb-CCCC-0123-456789abcDEF\" @ ");
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static const char every_kind[] =
    "{\"flag\":true,\"i8\":1,\"real\":1.5,\"text\":\"a\\n\\u00e9\",\"bytes\":\"AQID\",\"raw\":[1,{\"a\":2}],"
    "\"in\":{\"a\":1,\"b\":2},\"ptr\":{\"a\":1,\"b\":2},\"opt\":5,\"strings\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"\xFF\"],"
    "\"inners\":[{\"a\":1},{\"a\":2}],\"pair\":[1,2],\"map\":{\"b\":\"1\",\"a\":\"2\"},\"innerMap\":{\"k\":{\"a\":1}},"
    "\"byNumber\":{\"7\":{\"a\":1}},\"any\":{\"a\":[1,2.5,\"x\",null,true,{\"b\":[]}]},"
    "\"time\":\"2023-11-01T10:20:30Z\",\"guid\":\"aaaaaaaa-bbbb-cccc-0123-456789abcdef\",\"rawPtr\":{},\"ptrs\":[{},"
    "null],"
    "\"unknown\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"\\u0041\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}";

/* Decodes and encodes with the n-th request for memory refused; true when it got through. */
static bool attempt(const char *text, size_t refuse_at) {
  counting_allocator c;
  hcsref_arena arena;
  hcsref_error err;
  hcsref_str out = {NULL, 0};
  sample s, before;
  bool ok;
  counting_arena(&arena, &c, refuse_at);
  memset(&s, 0, sizeof(s));
  before = s;
  err.code = NULL;
  ok = hcsref_json_decode(&arena, hcsref_cstr(text), &type_sample, HCSREF_JSON_WHOLE, &s, &err);
  if (!ok)
    assert_memory_equal(&s, &before, sizeof(s));
  ok = ok && hcsref_json_encode(&arena, &type_sample, &s, &out, &err);
  if (!ok)
    assert_non_null(err.code);
  hcsref_arena_free(&arena);
  assert_int_equal(c.live, 0);
  return ok;
}

/* A block of the arena serves many requests, so the text is padded in front to move each of them to a block's
 * start: unknown members of growing length do that. */
static void every_refused_allocation_is_an_error(void **state) {
  (void)state;
  for (size_t padding = 0; padding < 4200; padding += 16) {
    hcsref_arena arena;
    hcsref_buf text;
    hcsref_arena_init(&arena, NULL, 0);
    text = (hcsref_buf){.arena = &arena};
    hcsref_buf_append(&text, HCSREF_LIT("{\"padding\":\""));
    for (size_t i = 0; i < padding; i++)
      hcsref_buf_append_char(&text, 'x');
    hcsref_buf_append(&text, HCSREF_LIT("\","));
    hcsref_buf_append(&text, hcsref_cstr(every_kind + 1));
    hcsref_buf_append_char(&text, '\0');
    for (size_t refuse_at = 0; !attempt(text.data, refuse_at); refuse_at++)
      assert_true(refuse_at < 100);
    hcsref_arena_free(&arena);
  }
}

static void errors_need_memory_too(void **state) {
  static const char *const texts[] = {
      "{\"flag\":1}", "{\"guid\":\"x\"}",         "{\"time\":1}", "{\"bytes\":\"?\"}", "{\"flag\"",
      "[1;",          "{\"byNumber\":{\"x\":{}}}"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    for (size_t limit = 4096; limit < (size_t)4096 * 3; limit += 8) {
      hcsref_arena arena;
      hcsref_error err;
      sample s;
      memset(&s, 0, sizeof(s));
      hcsref_arena_init(&arena, NULL, limit);
      hcsref_arena_alloc(&arena, limit - 4096);
      err.code = NULL;
      assert_false(hcsref_json_decode(&arena, hcsref_cstr(texts[i]), &type_sample, HCSREF_JSON_WHOLE, &s, &err));
      assert_non_null(err.code);
      hcsref_arena_free(&arena);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(wrong_kinds_and_ranges_are_named),
      arena_test(a_pointer_to_a_guid_is_named),
      arena_test(the_first_type_error_wins_but_syntax_goes_before),
      arena_test(a_failed_decoding_leaves_its_output),
      arena_test(integers_reach_their_bounds),
      arena_test(keys_fold_but_the_exact_one_goes_first),
      arena_test(kelvin_is_k),
      arena_test(unknown_members_are_passed_over_but_read),
      arena_test(duplicates_go_into_the_same_place),
      arena_test(slices_are_decoded_over_their_old_elements),
      arena_test(null_clears_what_can_be_nil),
      arena_test(empty_is_not_nil),
      arena_test(arrays_take_what_fits),
      arena_test(bytes_are_decoded_over_the_old_ones),
      arena_test(numeric_keys_take_gos_form),
      arena_test(raw_messages_keep_their_text),
      arena_test(bytes_are_base64),
      arena_test(times_are_rfc3339),
      arena_test(guids_are_lower_case),
      cmocka_unit_test(every_refused_allocation_is_an_error),
      cmocka_unit_test(errors_need_memory_too),
  };
  return cmocka_run_group_tests_name("gojson decode", tests, NULL, NULL);
}
