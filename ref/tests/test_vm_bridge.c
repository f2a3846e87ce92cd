/* SPDX-License-Identifier: Apache-2.0 */
/* The bridge to a guest: frames both ways, messages, what answers mean; and text as the bridge carries it. */
#include "vm_stage.h"

#include "gojson/html.h"
#include "uvm/table.h"

#include "hcsref/bridge.h"

#include <stdio.h>

/* ---- frames ---------------------------------------------------------------------------------------------------- */

/* What follows a frame is not read: there may be nothing. */
static void assert_read_without_more(hcsref_arena *arena, hcsref_str bytes, const hcsref_frame *frame) {
  hcsref_frame out;
  hcsref_error err = {0};
  size_t used;
  char *copy = malloc(bytes.len == 0 ? 1 : bytes.len);
  assert_non_null(copy);
  memcpy(copy, bytes.data, bytes.len);
  assert_true(hcsref_frame_read(arena, hcsref_str_from(copy, bytes.len), &out, &used, &err));
  assert_true(out.id == frame->id);
  free(copy);
}

static void a_frame_is_read_as_it_was_written(void **state) {
  static const hcsref_frame frames[] = {{HCSREF_FRAME_CREATE, 0, {"{}\n", 3}},
                                        {0xffffffffu, UINT64_MAX, {"", 0}},
                                        {HCSREF_FRAME_MODIFY_SETTINGS, 0x0102030405060708u, {"x", 1}}};
  for (size_t i = 0; i < COUNT_OF(frames); i++) {
    hcsref_buf buf = {.arena = *state};
    hcsref_frame out;
    hcsref_error err = {0};
    size_t used;
    hcsref_str bytes;
    assert_true(hcsref_frame_append(&buf, &frames[i]));
    hcsref_buf_append(&buf, HCSREF_LIT("more"));
    bytes = hcsref_buf_str(&buf);
    assert_true(hcsref_frame_read(*state, bytes, &out, &used, &err));
    assert_int_equal(used, HCSREF_FRAME_HEADER + frames[i].payload.len);
    assert_int_equal(out.type, frames[i].type);
    assert_true(out.id == frames[i].id);
    assert_same(out.payload, frames[i].payload);
    for (size_t part = 0; part < used; part++) { /* of no part more than its bytes is read */
      size_t none = 7;
      char *copy = malloc(part + 1);
      memcpy(copy, bytes.data, part);
      assert_false(hcsref_frame_read(*state, hcsref_str_from(copy, part), &out, &none, &err));
      assert_int_equal(none, 0);
      free(copy);
    }
    assert_read_without_more(*state, hcsref_str_first(bytes, used), &frames[i]);
  }
}

static void the_header_is_little_endian(void **state) {
  static const unsigned char expected[] = {0x01, 0x01, 0x10, 0x10, 17, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 'x'};
  const hcsref_frame frame = {HCSREF_FRAME_CREATE, 0x102, HCSREF_LIT("x")};
  hcsref_buf buf = {.arena = *state};
  assert_true(hcsref_frame_append(&buf, &frame));
  assert_same(hcsref_buf_str(&buf), hcsref_str_from((const char *)expected, sizeof expected));
}

static void a_size_that_cannot_be_is_an_error(void **state) {
  static const struct {
    unsigned char size[4];
    const char *message;
  } rows[] = {{{0, 0, 0, 0}, "invalid message size 0"},
              {{15, 0, 0, 0}, "invalid message size 15"},
              {{1, 0, 1, 0}, "invalid message size 65537"},
              {{255, 255, 255, 255}, "invalid message size 4294967295"}};
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char bytes[HCSREF_FRAME_HEADER] = {0};
    hcsref_frame out;
    hcsref_error err = {0};
    size_t used;
    memcpy(bytes + 4, rows[i].size, 4);
    assert_false(hcsref_frame_read(*state, hcsref_str_from(bytes, sizeof bytes), &out, &used, &err));
    assert_true(used > 0);
    assert_string_equal(err.code, "frame-size");
    assert_text(err.message, rows[i].message);
  }
}

static void a_frame_has_at_most_64_kib(void **state) {
  static char payload[HCSREF_FRAME_LIMIT] = {0};
  hcsref_frame frame = {1, 1, {payload, HCSREF_FRAME_LIMIT - HCSREF_FRAME_HEADER}}, out;
  hcsref_buf buf = {.arena = *state};
  hcsref_error err = {0};
  size_t used;
  assert_true(hcsref_frame_append(&buf, &frame));
  assert_true(hcsref_frame_read(*state, hcsref_buf_str(&buf), &out, &used, &err));
  assert_int_equal(used, HCSREF_FRAME_LIMIT);
  frame.payload.len++;
  assert_false(hcsref_frame_append(&buf, &frame));
  assert_int_equal(hcsref_buf_str(&buf).len, HCSREF_FRAME_LIMIT);
}

/* ---- messages -------------------------------------------------------------------------------------------------- */

/* A guest that answers each frame from a list, then with {}; what it was sent is one text. */
typedef struct fake_guest {
  const char *answers[8];
  size_t next;
  hcsref_buf sent;
} fake_guest;

static bool exchange(void *ctx, hcsref_arena *arena, const hcsref_frame *frame, hcsref_str *answer) {
  fake_guest *guest = ctx;
  const char *text = guest->next < COUNT_OF(guest->answers) ? guest->answers[guest->next] : NULL;
  char head[32];
  (void)arena;
  guest->next++;
  (void)snprintf(head, sizeof head, "%x ", (unsigned)frame->type);
  hcsref_buf_append(&guest->sent, hcsref_cstr(head));
  hcsref_buf_append(&guest->sent, frame->payload);
  *answer = hcsref_cstr(text == NULL ? "{}" : text);
  return true;
}

#define HELLO "{\"Version\":4,\"Capabilities\":{\"GuestDefinedCapabilities\":{}}}"
#define ZERO  "00000000-0000-0000-0000-000000000000"

static const hcsref_v2_time_zone_information zone = {.bias = 60};

static bool connect(vm_stage *s, fake_guest *guest, const char *profile, hcsref_bridge **bridge) {
  hcsref_bridge_transport transport = {exchange, NULL};
  vm_stage_init(s, profile, "");
  guest->sent.arena = &s->arena;
  transport.ctx = guest;
  return hcsref_bridge_connect(&s->arena, s->profile, &transport, &zone, bridge, &s->err);
}

static void connecting_may_be_refused(void **state) {
  static const struct {
    const char *profile, *answer, *message; /* null: connected */
  } rows[] = {
      {V_MAIN, HELLO, NULL},
      {V_MAIN, "{\"Version\":5}", "unexpected version 5 returned"},
      {V_MAIN, "{", "bridge response unmarshal failed: unexpected end of JSON input"},
      {V_MAIN, "{\"Result\":1,\"ErrorMessage\":\"no\"}", "guest RPC failure: no"},
      {V_MAIN, "{\"Result\":-1070137079}", "guest RPC failure: winapi error #-1070137079"},
      {V_MAIN, "{\"Result\":2147483647,\"ErrorMessage\":\"\"}", "guest RPC failure: winapi error #2147483647"},
      {V0_12, "{\"Version\":4}", NULL},
      {V0_13, "{\"Version\":4}",
       "unmarshalGuestCapabilities: unmarshal returned GuestDefinedCapabilities for windows: "
       "unexpected end of JSON input"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {rows[i].answer}};
    hcsref_bridge *bridge;
    assert_int_equal(connect(&s, &guest, rows[i].profile, &bridge), rows[i].message == NULL);
    if (rows[i].message != NULL) {
      assert_string_equal(s.err.code, "bridge");
      assert_text(s.err.message, rows[i].message);
    }
    vm_stage_free(&s);
  }
}

/* What each answer is called, by release; since Go 1.24 with the struct that it embeds. */
static void a_mistyped_answer_is_named(void **state) {
#define FAILED "bridge response unmarshal failed: json: cannot unmarshal "
  static const struct {
    const char *profile, *answer, *message;
  } rows[] = {
      {V_MAIN, "{\"Capabilities\":5}",
       FAILED "number into Go struct field NegotiateProtocolResponse.Capabilities of type prot.GcsCapabilities"},
      {"hcsshim-0.13.0+go-1.24.4", "{\"Capabilities\":5}",
       FAILED "number into Go struct field negotiateProtocolResponse.Capabilities of type gcs.gcsCapabilities"},
      {V_MAIN, "{\"Result\":\"x\"}",
       FAILED "string into Go struct field NegotiateProtocolResponse.ResponseBase.Result of type int32"},
      {"hcsshim-0.12.9+go-1.22.12", "{\"Result\":\"x\"}",
       FAILED "string into Go struct field negotiateProtocolResponse.Result of type int32"},
      {"hcsshim-0.13.0+go-1.24.4", "{\"ErrorRecords\":[{\"Line\":\"x\"}]}",
       FAILED "string into Go struct field errorRecord.responseBase.ErrorRecords.Line of type uint32"},
      {V_MAIN, "{\"Capabilities\":{\"SupportedSchemaVersions\":[{\"Major\":\"x\"}]}}",
       FAILED "string into Go struct field Version.Capabilities.SupportedSchemaVersions.Major of type int32"},
      {V0_12, "{\"Version\":4,\"Capabilities\":{\"GuestDefinedCapabilities\":5}}",
       FAILED "number into Go struct field gcsCapabilities.Capabilities.GuestDefinedCapabilities of type "
              "schema1.GuestDefinedCapabilities"},
      {V_MAIN, "{\"Version\":4,\"Capabilities\":{\"GuestDefinedCapabilities\":[]}}",
       "unmarshalGuestCapabilities: unmarshal returned GuestDefinedCapabilities for windows: json: cannot unmarshal "
       "array into Go value of type gcs.WCOWGuestDefinedCapabilities"},
      {V_MAIN,
       "{\"Version\":4,\"Capabilities\":{\"RuntimeOsType\":\"linux\",\"GuestDefinedCapabilities\":"
       "{\"SignalProcessSupported\":5}}}",
       "unmarshalGuestCapabilities: unmarshal returned GuestDefinedCapabilities for lcow: json: cannot unmarshal "
       "number into Go struct field LCOWGuestDefinedCapabilities.GcsGuestCapabilities.SignalProcessSupported of type "
       "bool"},
  };
#undef FAILED
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {rows[i].answer}};
    hcsref_bridge *bridge;
    assert_false(connect(&s, &guest, rows[i].profile, &bridge));
    assert_text(s.err.message, rows[i].message);
    vm_stage_free(&s);
  }
}

/* Properties are JSON in a string, which the answer's type reads: an error of theirs comes before others, and has the
 * fields of both texts only since Go 1.24. */
static void properties_are_read_as_declared(void **state) {
#define FAILED "bridge response unmarshal failed: json: cannot unmarshal "
#define MAIN   "hcsshim-7c9ff7f48+go-1.26.10"
#define OLD    "hcsshim-0.12.9+go-1.22.12"
  static const struct {
    const char *profile;
    bool v1;
    const char *answer, *message; /* null: read */
  } rows[] = {
      {MAIN, false, "{}", NULL},
      {MAIN, false, "{\"Properties\":null}", NULL},
      {MAIN, false, "{\"Properties\":\"null\"}", NULL},
      {MAIN, false, "{\"Properties\":\"{\\\"Memory\\\":{\\\"VirtualNodeCount\\\":1},\\\"X\\\":5}\"}", NULL},
      {MAIN, false, "{\"Properties\":\"\"}", "bridge response unmarshal failed: unexpected end of JSON input"},
      {MAIN, false, "{\"Properties\":\"{\"}", "bridge response unmarshal failed: unexpected end of JSON input"},
      {MAIN, false, "{\"Properties\":{}}",
       FAILED "object into Go struct field ContainerGetPropertiesResponseV2.Properties of type "
              "prot.ContainerPropertiesV2"},
      {MAIN, true, "{\"Properties\":{}}",
       FAILED "object into Go struct field ContainerGetPropertiesResponse.Properties of type prot.ContainerProperties"},
      {MAIN, false, "{\"Properties\":\"[]\"}",
       FAILED "array into Go struct field ContainerGetPropertiesResponseV2.Properties of type hcsschema.Properties"},
      {MAIN, false, "{\"Result\":\"x\",\"Properties\":\"{\\\"Id\\\":5}\"}",
       FAILED "number into Go struct field ContainerGetPropertiesResponseV2.Properties.Id of type string"},
      {MAIN, false, "{\"Properties\":\"{\\\"ProcessList\\\":[{\\\"ProcessId\\\":\\\"1\\\"}]}\"}",
       FAILED "string into Go struct field ContainerGetPropertiesResponseV2.Properties.ProcessList.ProcessId of type "
              "int32"},
      {OLD, false, "{\"Properties\":\"{\\\"ProcessList\\\":[{\\\"ProcessId\\\":\\\"1\\\"}]}\"}",
       FAILED "string into Go struct field containerGetPropertiesResponseV2.Properties of type int32"},
      {OLD, true, "{\"Properties\":\"{\\\"Id\\\":5}\"}",
       FAILED "number into Go struct field containerGetPropertiesResponse.Properties of type string"},
      {MAIN, true, "{\"Properties\":\"{\\\"ProcessList\\\":5}\"}",
       FAILED "number into Go struct field ContainerGetPropertiesResponse.Properties.ProcessList of type "
              "[]schema1.ProcessListItem"},
  };
  const hcsref_slice none = {NULL, 0, 0};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {HELLO, rows[i].answer}};
    hcsref_bridge *bridge;
    assert_true(connect(&s, &guest, rows[i].profile, &bridge));
    s.err.message = HCSREF_LIT("");
    assert_int_equal(
        (rows[i].v1 ? hcsref_bridge_properties_v1 : hcsref_bridge_properties)(bridge, HCSREF_LIT("c"), &none, &s.err),
        rows[i].message == NULL);
    assert_text(s.err.message, rows[i].message == NULL ? "" : rows[i].message);
    vm_stage_free(&s);
  }
#undef OLD
#undef MAIN
#undef FAILED
}

/* A config is text in text: there HTML's characters stay escaped. */
static void a_document_is_text_in_a_message(void **state) {
  vm_stage s;
  fake_guest guest = {.answers = {HELLO}};
  hcsref_bridge *bridge;
  (void)state;
  assert_true(connect(&s, &guest, V_MAIN, &bridge));
  guest.sent.len = 0;
  assert_true(hcsref_bridge_create(bridge, HCSREF_LIT("c&"), HCSREF_LIT("{\"a\":\"\\u0026<\"}"), &s.err));
  assert_text(hcsref_buf_str(&guest.sent), "10100101 {\"ContainerId\":\"c&\",\"ActivityId\":\"" ZERO
                                           "\",\"ContainerConfig\":\"{\\\"a\\\":\\\"\\\\u0026\\\\u003c\\\"}\"}\n");
  assert_false(hcsref_bridge_create(bridge, HCSREF_LIT("c&"), HCSREF_LIT("{}"), &s.err));
  vm_stage_free(&s);
}

static void what_is_gone_need_not_be_stopped(void **state) {
  static const struct {
    hcsref_frame_type type;
    const char *answer;
    bool done;
  } rows[] = {
      {HCSREF_FRAME_SHUTDOWN_GRACEFUL, "{\"Result\":-1070137074,\"ErrorMessage\":\"gone\"}", true},
      {HCSREF_FRAME_SHUTDOWN_FORCED, "{\"Result\":-1070137074,\"ErrorMessage\":\"gone\"}", true},
      {HCSREF_FRAME_SHUTDOWN_FORCED, "{\"Result\":-1,\"ErrorMessage\":\"no\"}", false},
      {HCSREF_FRAME_START, "{\"Result\":-1070137074,\"ErrorMessage\":\"gone\"}", false},
      {HCSREF_FRAME_SHUTDOWN_GRACEFUL, "{\"Result\":-1070137074,\"ErrorMessage\":5}", true},
      {HCSREF_FRAME_SHUTDOWN_FORCED, "{\"ErrorRecords\":5,\"Result\":-1070137074}", true},
      {HCSREF_FRAME_SHUTDOWN_FORCED, "{\"Result\":-1,\"ErrorMessage\":5}", false},
      {HCSREF_FRAME_SHUTDOWN_FORCED, "{\"Result\":-1070137074,", false},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {HELLO, rows[i].answer}};
    hcsref_bridge *bridge;
    assert_true(connect(&s, &guest, V_MAIN, &bridge));
    assert_int_equal(hcsref_bridge_tell(bridge, rows[i].type, HCSREF_LIT("c"), &s.err), rows[i].done);
    vm_stage_free(&s);
  }
}

static void a_process_is_waited_for(void **state) {
  vm_stage s;
  fake_guest guest = {.answers = {HELLO, "{\"ProcessId\":9}", "{}", "{\"Result\":-2147023728,\"ErrorMessage\":\"x\"}",
                                  "{\"Result\":1,\"ErrorMessage\":\"x\"}"}};
  hcsref_bridge *bridge;
  hcsref_bridge_process process;
  (void)state;
  assert_true(connect(&s, &guest, V_MAIN, &bridge));
  assert_true(hcsref_bridge_exec(bridge, HCSREF_LIT("c"), HCSREF_LIT("{\"CommandLine\":\"x\"}"), &process, &s.err));
  assert_int_equal(process.pid, 9);
  assert_true(hcsref_bridge_signal(bridge, &process, HCSREF_LIT(""), &s.err)); /* it is gone */
  assert_false(hcsref_bridge_resize(bridge, &process, 80, 25, &s.err));
  vm_stage_free(&s);
}

/* Until 0.12 with the whole answer, so before its result and its version. */
static void old_capabilities_are_read_first(void **state) {
#define BAD_BOOL                                                                                                       \
  "\"Capabilities\":{\"GuestDefinedCapabilities\":{\"SignalProcessSupported\":5}},\"Result\":1,\"ErrorMessage\":"      \
  "\"no\"}"
  static const struct {
    const char *profile, *answer, *message;
  } rows[] = {
      {V0_12, "{\"Version\":4," BAD_BOOL,
       "bridge response unmarshal failed: json: cannot unmarshal number into Go struct field "
       "GuestDefinedCapabilities.Capabilities.GuestDefinedCapabilities.SignalProcessSupported of type bool"},
      {V0_12, "{\"Version\":5,\"Capabilities\":{\"GuestDefinedCapabilities\":5}}",
       "bridge response unmarshal failed: json: cannot unmarshal number into Go struct field "
       "gcsCapabilities.Capabilities.GuestDefinedCapabilities of type schema1.GuestDefinedCapabilities"},
      {V0_13, "{\"Version\":4," BAD_BOOL, "guest RPC failure: no"},
      {V0_13, "{\"Version\":5,\"Capabilities\":{\"GuestDefinedCapabilities\":5}}", "unexpected version 5 returned"},
  };
#undef BAD_BOOL
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {rows[i].answer}};
    hcsref_bridge *bridge;
    assert_false(connect(&s, &guest, rows[i].profile, &bridge));
    assert_text(s.err.message, rows[i].message);
    vm_stage_free(&s);
  }
}

/* The answer that cannot be read is the last: nothing is sent any more, and all that is asked fails. */
static void a_broken_bridge_stays_broken(void **state) {
#define WHY "bridge response unmarshal failed: json: cannot unmarshal number into Go struct field "
  static const struct {
    const char *profile, *first, *later;
  } rows[] = {
      {V_MAIN, WHY "DumpStacksResponse.GuestStacks of type string",
       "bridge closed: use of closed network connection: " WHY "DumpStacksResponse.GuestStacks of type string"},
      {V0_12, WHY "dumpStacksResponse.GuestStacks of type string", WHY "dumpStacksResponse.GuestStacks of type string"},
  };
#undef WHY
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {HELLO, "{\"GuestStacks\":5}"}};
    hcsref_bridge *bridge;
    assert_true(connect(&s, &guest, rows[i].profile, &bridge));
    assert_false(hcsref_bridge_tell(bridge, HCSREF_FRAME_DUMP_STACKS, HCSREF_LIT(""), &s.err));
    assert_text(s.err.message, rows[i].first);
    guest.sent.len = 0;
    assert_false(hcsref_bridge_tell(bridge, HCSREF_FRAME_SHUTDOWN_FORCED, HCSREF_LIT("c"), &s.err));
    assert_text(s.err.message, rows[i].later);
    assert_false(hcsref_bridge_create(bridge, HCSREF_LIT("c"), HCSREF_LIT("{}"), &s.err));
    assert_text(s.err.message, "guest connection closed");
    assert_int_equal(guest.sent.len, 0);
    vm_stage_free(&s);
  }
}

/* Whatever a guest answers is read or refused. */
static void an_answer_may_be_anything(void **state) {
  static const char *const answers[] = {"",       "null", "[]",   "{\"Result\":\"x\"}",     "{\"Result\":1e99}",
                                        "\"\\ud", "7",    "\xff", "{\"Result\":2147483648}"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(answers); i++) {
    vm_stage s;
    fake_guest guest = {.answers = {HELLO, answers[i]}};
    hcsref_bridge *bridge;
    assert_true(connect(&s, &guest, V_MAIN, &bridge));
    s.err.code = "bridge";
    (void)hcsref_bridge_modify(bridge, HCSREF_LIT(""), HCSREF_LIT("{}"), &s.err);
    assert_string_equal(s.err.code, "bridge");
    vm_stage_free(&s);
  }
}

static void every_refused_allocation_is_an_error(void **state) {
  bool done = false;
  (void)state;
  for (size_t limit = 0; !done; limit += 16) {
    counting_allocator counter;
    hcsref_arena arena;
    vm_stage s;
    fake_guest guest = {.answers = {HELLO, "{\"ProcessId\":9}", "{}", "{\"Properties\":\"{\\\"Id\\\":\\\"c\\\"}\"}"}};
    hcsref_bridge_transport transport = {exchange, &guest};
    hcsref_bridge *bridge;
    hcsref_bridge_process process;
    vm_stage_init(&s, V_MAIN, "");
    guest.sent.arena = &s.arena;
    counting_arena(&arena, &counter, SIZE_MAX);
    arena.limit = limit;
    done = hcsref_bridge_connect(&arena, s.profile, &transport, NULL, &bridge, &s.err) &&
           hcsref_bridge_exec(bridge, HCSREF_LIT(""), HCSREF_LIT("{\"CommandLine\":\"&\"}"), &process, &s.err) &&
           hcsref_bridge_properties(bridge, HCSREF_LIT("c"), &(hcsref_slice){NULL, 0, 0}, &s.err) &&
           hcsref_bridge_create(bridge, HCSREF_LIT("c"), HCSREF_LIT("{}"), &s.err) &&
           hcsref_bridge_signal(bridge, &process, HCSREF_LIT(""), &s.err);
    if (!done)
      assert_string_equal(s.err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_int_equal(counter.live, 0);
    vm_stage_free(&s);
    assert_true(limit < 65536);
  }
}

/* ---- parts ------------------------------------------------------------------------------------------------------ */

static void html_is_unescaped_outside_of_escapes(void **state) {
  static const char *const rows[][2] = {
      {"\"\\u003ca\\u003e\\u0026\"", "\"<a>&\""},
      {"\"\\\\u0026\"", "\"\\\\u0026\""},
      {"\"\\\\\\u0026\"", "\"\\\\&\""},
      {"\"\\u003d\\u2028\"", "\"\\u003d\\u2028\""},
      {"\"\\\"\\u003c\"", "\"\\\"<\""},
      {"{}", "{}"},
      {"", ""},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    hcsref_str out;
    assert_true(hcsref_json_plain_html(*state, hcsref_cstr(rows[i][0]), &out));
    assert_text(out, rows[i][1]);
  }
}

/* Names in order, the worst for a tree that is not kept level. */
static void a_table_finds_what_was_put(void **state) {
  enum { COUNT = 5000 };
  static char names[COUNT][8];
  hcsref_table table = {NULL};
  assert_null(hcsref_table_find(&table, HCSREF_LIT("a")));
  for (size_t i = 0; i < COUNT; i++) {
    (void)snprintf(names[i], sizeof names[i], "n%05zu", i % 100000);
    assert_true(hcsref_table_put(*state, &table, hcsref_cstr(names[i]), names[i]));
  }
  for (size_t i = 0; i < COUNT; i++)
    assert_ptr_equal(hcsref_table_find(&table, hcsref_cstr(names[i])), names[i]);
  assert_null(hcsref_table_find(&table, HCSREF_LIT("n0000")));
  assert_null(hcsref_table_find(&table, HCSREF_LIT("")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(a_frame_is_read_as_it_was_written),      arena_test(the_header_is_little_endian),
      arena_test(a_size_that_cannot_be_is_an_error),      arena_test(a_frame_has_at_most_64_kib),
      cmocka_unit_test(connecting_may_be_refused),        cmocka_unit_test(a_mistyped_answer_is_named),
      cmocka_unit_test(properties_are_read_as_declared),  cmocka_unit_test(a_document_is_text_in_a_message),
      cmocka_unit_test(what_is_gone_need_not_be_stopped), cmocka_unit_test(a_process_is_waited_for),
      cmocka_unit_test(old_capabilities_are_read_first),  cmocka_unit_test(a_broken_bridge_stays_broken),
      cmocka_unit_test(an_answer_may_be_anything),        cmocka_unit_test(every_refused_allocation_is_an_error),
      arena_test(html_is_unescaped_outside_of_escapes),   arena_test(a_table_finds_what_was_put),
  };
  return cmocka_run_group_tests_name("the bridge of a VM", tests, NULL, NULL);
}
