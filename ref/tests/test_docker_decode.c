/* SPDX-License-Identifier: Apache-2.0 */
/* Requests that docker's API does not take, in its words by release. */
#include "docker_stage.h"

#include <stdio.h>

#define V20  "moby-20.10.27"
#define V27  "moby-27.5.1+go-1.22.12"
#define V28  "moby-28.5.2+go-1.24.4"
#define V29  "moby-29.0.0"
#define MAIN "moby-b985e2313"

/* Go names the struct that has the field, and all fields from the request on; since 1.24 embedded structs too. */
static void an_error_names_the_request(void **state) {
  (void)state;
#define WRONG "json: cannot unmarshal string into Go struct field "
  assert_docker_refused(WRONG "ContainerConfigWrapper.Env of type []string", "/Env", .profile = V20,
                        .config = "{\"Env\":\"x\"}");
  assert_docker_refused("invalid JSON: " WRONG "ContainerConfigWrapper.Env of type []string", "/Env",
                        .profile = "moby-23.0.0", .config = "{\"Env\":\"x\"}");
  assert_docker_refused("invalid JSON: " WRONG "CreateRequest.Env of type []string", "/Env", .profile = V27,
                        .config = "{\"Env\":\"x\"}");
  assert_docker_refused("invalid JSON: " WRONG "CreateRequest.Config.Env of type []string", "/Env", .profile = V28,
                        .config = "{\"Env\":\"x\"}");
  assert_docker_refused("invalid JSON: " WRONG "HostConfig.HostConfig.CpuCount of type int64", "/CpuCount",
                        .profile = V27, .host_config = "{\"CpuCount\":\"x\"}");
  assert_docker_refused("invalid JSON: " WRONG "HostConfig.HostConfig.Resources.CpuCount of type int64", "/CpuCount",
                        .profile = V28, .host_config = "{\"CpuCount\":\"x\"}");
  assert_docker_refused("invalid JSON: json: cannot unmarshal bool into Go struct field "
                        "HealthcheckConfig.Config.Healthcheck.Interval of type time.Duration",
                        "/Healthcheck/Interval", .profile = V28, .config = "{\"Healthcheck\":{\"Interval\":true}}");
  assert_docker_refused("json: cannot unmarshal bool into Go struct field "
                        "HealthConfig.Healthcheck.Interval of type time.Duration",
                        "/Healthcheck/Interval", .profile = V20, .config = "{\"Healthcheck\":{\"Interval\":true}}");
  assert_docker_refused("invalid JSON: json: cannot unmarshal number into Go struct field "
                        "HostConfig.HostConfig.Isolation of type container.Isolation",
                        "/Isolation", .profile = V28, .host_config = "{\"Isolation\":5}");
  assert_docker_refused(WRONG "Config.Env of type []string", "/Env", .profile = V28, .image_config = "{\"Env\":\"x\"}");
#undef WRONG
}

/* Whoever asks for no error is given none, whether the JSON is refused or a text in it. */
static void an_error_need_not_be_asked_for(void **state) {
  static const char *const texts[] = {"[]", "{\"CapAdd\":5}", "{\"Dns\":[\"x\"]}"};
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    hcsref_docker_host_config config;
    hcsref_error err = {0};
    const hcsref_profile *profile = hcsref_profile_find(*state, HCSREF_LIT(V29), &err);
    assert_false(hcsref_docker_decode_host_config(*state, hcsref_cstr(texts[i]), profile, &config, NULL));
    assert_false(hcsref_docker_decode_host_config(*state, hcsref_cstr(texts[i]), profile, &config, &err));
    assert_string_equal(err.code, i == 2 ? "json-value" : "json-type");
  }
}

static void capabilities_are_lists(void **state) {
  (void)state;
  assert_docker_refused("invalid JSON: json: cannot unmarshal number into Go struct field HostConfig.HostConfig.CapAdd "
                        "of type []string",
                        "/CapAdd", .profile = V29, .host_config = "{\"CapAdd\":5}");
  assert_docker_refused(
      "invalid JSON: json: cannot unmarshal number into Go struct field HostConfig.HostConfig.CapDrop "
      "of type []string",
      "/CapDrop", .profile = V29, .host_config = "{\"CapDrop\":5}");
}

/* Until 28 it may be one word, and so it is called when it is neither. */
static void a_command_is_a_list(void **state) {
  (void)state;
  assert_docker_refused("invalid JSON: json: cannot unmarshal string into Go struct field "
                        "CreateRequest.Config.Cmd of type []string",
                        "/Cmd", .profile = MAIN, .config = "{\"Cmd\":\"cmd\"}");
  assert_docker_refused("invalid JSON: json: cannot unmarshal array into Go struct field "
                        "CreateRequest.Config.Cmd of type string",
                        "/Cmd", .profile = V28, .config = "{\"Cmd\":[\"x\",5]}");
  assert_docker_refused("invalid JSON: json: cannot unmarshal number into Go struct field "
                        "HostConfig.HostConfig.CapAdd of type string",
                        "/CapAdd", .profile = V27, .host_config = "{\"CapAdd\":5}");
  assert_docker_refused("invalid JSON: json: cannot unmarshal number into Go struct field "
                        "HostConfig.HostConfig.CapDrop of type []string",
                        "/CapDrop", .profile = MAIN, .host_config = "{\"CapDrop\":5}");
  assert_docker("\"args\":[\"cmd\"]", .profile = V28, .config = "{\"Cmd\":\"cmd\"}");
  assert_docker("\"args\":[\"cmd\"]", .profile = V28, .image_config = "{\"Cmd\":\"other\"}");
}

/* What its Go type reads by itself ends the decoding there and then, so it is told before everything else. */
static void each_command_of_a_request_is_read(void **state) {
#define NUMBER "invalid JSON: json: cannot unmarshal number into Go struct field "
  (void)state;
  assert_docker_refused(NUMBER "CreateRequest.Config.Cmd of type string", "/Cmd", .profile = V28,
                        .config = "{\"Cmd\":5,\"Cmd\":[\"x\"]}");
  assert_docker_refused(NUMBER "CreateRequest.Config.Entrypoint of type string", "/Entrypoint", .profile = V28,
                        .config = "{\"User\":5,\"entrypoint\":5,\"Cmd\":5}");
  assert_docker_refused(NUMBER "CreateRequest.Config.User of type string", "/User", .profile = MAIN,
                        .config = "{\"User\":5,\"Cmd\":5}");
  assert_docker_refused(NUMBER "CreateRequest.Config.Shell of type []string", "/Shell", .profile = MAIN,
                        .config = "{\"Shell\":5,\"Shell\":[\"x\"]}");
  assert_docker_refused(NUMBER "HostConfig.HostConfig.CapDrop of type string", "/CapDrop", .profile = V28,
                        .host_config = "{\"Memory\":\"x\",\"CapDrop\":5,\"CapDrop\":null}");
  assert_docker("\"args\":[\"x\"]", .profile = V28, .config = "{\"Cmd\":[\"a\",\"b\"],\"Cmd\":\"x\"}");
  assert_docker("\"args\":[\"\"]", .profile = V28, .config = "{\"Cmd\":[\"a\",\"b\"],\"Cmd\":[null]}");
  assert_docker_refused("no command specified", "/config/Cmd", .profile = V28,
                        .config = "{\"Cmd\":\"x\",\"Cmd\":null}");
#undef NUMBER
}

/* The config is embedded in the request as a pointer, which Go sets when it meets a member of it, be it null. */
static void a_config_has_a_member(void **state) {
  static const char *const profiles[] = {V20, "moby-24.0.9", V27, V28, V29, MAIN};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(profiles); i++) {
    const char *message = i < 2 ? "Config cannot be empty in order to create a container"
                                : "config cannot be empty in order to create a container";
    assert_docker_refused(message, "/config", .profile = profiles[i], .config = "{}");
    assert_docker_refused(message, "/config", .profile = profiles[i], .config = "{\"NoSuchMember\":1}");
    assert_docker_refused(message, "/config", .profile = profiles[i], .config = "null");
    assert_docker_refused(i < 2 ? "No command specified" : "no command specified", "/config/Cmd",
                          .profile = profiles[i], .config = "{\"hostNAME\":null}");
  }
  assert_docker_refused("Windows does not support privileged mode", "/host_config/Privileged", .profile = V27,
                        .config = "{}", .host_config = "{\"Privileged\":true}");
  assert_docker_refused("config cannot be empty in order to create a container", "/config", .profile = V29,
                        .config = "{}", .host_config = "{\"Privileged\":true}");
}

/* Null: it is an address. Source of the texts: Go's net/netip, asked. */
static void addresses_are_parsed_since_29(void **state) {
  static const char *const rows[][2] = {
      {"1.2.3.4", NULL},
      {"", NULL},
      {"255.0.10.99", NULL},
      {"::", NULL},
      {"::%eth0", NULL},
      {"fe80::1%a%b", NULL},
      {"1:2:3:4:5:6:7:8", NULL},
      {"1:2:3:4:5:6:1.2.3.4", NULL},
      {"::1.2.3.4", NULL},
      {"1:2:3:4:5:6:7::", NULL},
      {"x", "unable to parse IP"},
      {"%e", "missing IPv6 address"},
      {"1.2.3", "IPv4 address too short"},
      {"1.2.3.4.5", "IPv4 address too long"},
      {"1.2.3.256", "IPv4 field has value >255"},
      {"01.2.3.4", "IPv4 field has octet with leading zero"},
      {"1..2.3", "IPv4 field must have at least one digit (at \".2.3\")"},
      {".1.2.3", "IPv4 field must have at least one digit (at \".1.2.3\")"},
      {"1.2.3.", "IPv4 field must have at least one digit (at \".\")"},
      {"1.2.3.4 ", "unexpected character (at \" \")"},
      {"fe80::1%", "zone must be a non-empty string"},
      {"1:2:3", "address string too short"},
      {"1:2:3:4:5:6:7:8:9", "trailing garbage after address (at \"9\")"},
      {"1:2:3:4:5:6:7:8:", "colon must be followed by more characters (at \":\")"},
      {"1::2::3", "multiple :: in address (at \":3\")"},
      {"12345::", "each group must have 4 or less digits (at \"12345::\")"},
      {"1:g::", "each colon-separated field must have at least one digit (at \"g::\")"},
      {"1 :2", "unexpected character, want colon (at \" :2\")"},
      {"1:2g", "unexpected character, want colon (at \"g\")"},
      {"1:2:3:4:5:1.2.3.4", "embedded IPv4 address must replace the final 2 fields of the address (at \"1.2.3.4\")"},
      {"::1:2:3:4:5:6:7:1.2.3.4",
       "too many hex fields to fit an embedded IPv4 at the end of the address (at \"1.2.3.4\")"},
      {"::1.2.3.400", "IPv4 field has value >255"},
      {"::1:2:3:4:5:6:7:8", "the :: must expand to at least one field of zeros"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char dns[128], bindings[128], message[256];
    (void)snprintf(dns, sizeof dns, "{\"Dns\":[\"\",\"%s\"]}", rows[i][0]);
    (void)snprintf(bindings, sizeof bindings, "{\"PortBindings\":{\"80\":[{\"HostIp\":\"%s\"}]}}", rows[i][0]);
    assert_docker("\"network\":{}", .profile = V28, .host_config = dns);
    if (rows[i][1] == NULL) {
      assert_docker("\"network\":{}", .profile = V29, .host_config = dns);
      assert_docker("\"network\":{}", .profile = V29, .host_config = bindings);
      continue;
    }
    (void)snprintf(message, sizeof message, "invalid JSON: ParseAddr(\"%s\"): %s", rows[i][0], rows[i][1]);
    assert_docker_refused(message, "/Dns/1", .profile = V29, .host_config = dns);
    assert_docker_refused(message, "/PortBindings/80/0/HostIp", .profile = V29, .host_config = bindings);
  }
}

static void an_extra_host_may_have_a_zone_since_29_4(void **state) {
  (void)state;
  assert_docker("\"network\":{}", .profile = "moby-29.3.1", .host_config = "{\"ExtraHosts\":[\"h: 1.2.3.4 \"]}");
  assert_docker("\"network\":{}", .profile = "moby-29.4.0",
                .host_config = "{\"ExtraHosts\":[\"h:::1%eth0\",\"h:host-gateway\"]}");
  assert_docker_refused("invalid IP address in add-host: \"::1%eth0\"", "/host_config/ExtraHosts/0",
                        .profile = "moby-29.3.1", .host_config = "{\"ExtraHosts\":[\"h:::1%eth0\"]}");
  assert_docker_refused("invalid IP address in add-host: \" 1.2.3.4\"", "/host_config/ExtraHosts/0",
                        .profile = "moby-29.4.0", .host_config = "{\"ExtraHosts\":[\"h: 1.2.3.4\"]}");
}

static void ports_are_parsed_since_29(void **state) {
  static const struct {
    const char *port, *where, *message; /* null: it is a port */
  } rows[] = {
      {"80", NULL, NULL},
      {"080/TCP", NULL, NULL},
      {"80/any", NULL, NULL},
      {"", NULL, NULL},
      {"/tcp", "/ExposedPorts/~1tcp", "invalid JSON: invalid port '': value is empty"},
      {"x/tcp", "/ExposedPorts/x~1tcp", "invalid JSON: invalid port 'x': invalid syntax"},
      {"80-90", "/ExposedPorts/80-90", "invalid JSON: invalid port '80-90': invalid syntax"},
      {"65536x", "/ExposedPorts/65536x", "invalid JSON: invalid port '65536x': value out of range"},
  };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char config[128];
    (void)snprintf(config, sizeof config, "{\"Cmd\":[\"c\"],\"ExposedPorts\":{\"%s\":{}}}", rows[i].port);
    assert_docker("\"network\":{}", .profile = V28, .config = config);
    if (rows[i].message == NULL)
      assert_docker("\"network\":{}", .profile = MAIN, .config = config);
    else
      assert_docker_refused(rows[i].message, rows[i].where, .profile = MAIN, .config = config);
  }
  assert_docker_refused("invalid JSON: invalid port 'x': invalid syntax", "/PortBindings/x", .profile = V29,
                        .host_config = "{\"PortBindings\":{\"x\":[]}}");
}

static void published_ports_are_numbers_since_29(void **state) {
#define PORTS            "/host_config/PortBindings"
#define BIND(port, host) "{\"PortBindings\":{\"" port "\":[{\"HostPort\":\"" host "\"}]}}"
  (void)state;
  assert_docker("\"network\":{}", .profile = V28, .host_config = BIND("", "1"));
  assert_docker_refused("invalid port specification: \"invalid port\"", PORTS, .profile = V29,
                        .host_config = BIND("", "1"));
  assert_docker("\"network\":{}", .profile = "moby-29.1.2", .host_config = BIND("0/udp", "1"));
  assert_docker_refused("invalid port specification: \"0/udp\"", PORTS, .profile = "moby-29.1.3",
                        .host_config = BIND("0/UDP", "1"));
  assert_docker_refused("invalid port specification: \"0/tcp\"", PORTS, .profile = MAIN, .host_config = BIND("0", "1"));
  assert_docker("\"network\":{}", .profile = V28, .host_config = BIND("80", "80-90-x"));
  assert_docker_refused("invalid port specification: \"80-90-x\"", PORTS, .profile = V29,
                        .host_config = BIND("80", "80-90-x"));
  assert_docker("\"network\":{}", .profile = V28, .host_config = BIND("80", "/tcp"));
  assert_docker_refused("invalid port specification: \"/tcp\"", PORTS, .profile = V29,
                        .host_config = BIND("80", "/tcp"));
  assert_docker_refused("invalid port specification: \"90-80\"", PORTS, .profile = V29,
                        .host_config = BIND("80", "90-80"));
  assert_docker_refused("invalid port specification: \"5-\"", PORTS, .profile = V29, .host_config = BIND("80", "5-"));
  assert_docker("\"network\":{}", .profile = V29, .host_config = BIND("80", "80-90/udp"));
  assert_docker("\"network\":{}", .profile = V29, .host_config = BIND("80", ""));
  /* The last entry of a port counts, however it is written. */
  assert_docker("\"network\":{}", .profile = V29,
                .host_config = "{\"PortBindings\":{\"80\":[{\"HostPort\":\"x\"}],\"080/TCP\":null}}");
  assert_docker_refused("invalid port specification: \"x\"", PORTS, .profile = V29,
                        .host_config = "{\"PortBindings\":{\"080/TCP\":null,\"80\":[{\"HostPort\":\"x\"}]}}");
#undef BIND
#undef PORTS
}

/* Since 25 none is "no". */
static void a_restart_count_needs_a_policy(void **state) {
  (void)state;
  assert_docker("\"network\":{}", .profile = "moby-24.0.9",
                .host_config = "{\"RestartPolicy\":{\"MaximumRetryCount\":5}}");
  assert_docker_refused("invalid restart policy: maximum retry count can only be used with 'on-failure'",
                        "/host_config/RestartPolicy/MaximumRetryCount", .profile = "moby-25.0.0",
                        .host_config = "{\"RestartPolicy\":{\"MaximumRetryCount\":5}}");
}

static void every_refused_allocation_is_an_error(void **state) {
  static const char *const profiles[] = {V28, V29};
  static const char *const texts[] = {
      "{\"Dns\":[\"1\"]}", "{\"PortBindings\":{\"80\":[{\"HostIp\":\"1.2\"}]}}", "{\"PortBindings\":{\"x\":null}}",
      "{\"CapAdd\":5}",    "{\"PortBindings\":{\"80\":[{\"HostPort\":\"x\"}]}}", "{\"Memory\":\"x\"}"};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(texts) * 2; i++) {
    bool refused = true;
    for (size_t at = 0; refused; at++) {
      hcsref_arena arena;
      counting_allocator counter;
      hcsref_error err = {0};
      hcsref_docker_result result;
      hcsref_str json = {0};
      const docker_question q = {.profile = profiles[i % 2], .host_config = texts[i / 2]};
      counting_arena(&arena, &counter, at);
      if (docker_answer(&arena, &q, &json, &result, &err))
        refused = false; /* it is no error until 28 */
      else
        refused = strcmp(err.code, "out-of-memory") == 0;
      hcsref_arena_free(&arena);
      assert_int_equal(counter.live, 0);
      assert_true(at < 100);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_error_names_the_request),
      arena_test(an_error_need_not_be_asked_for),
      cmocka_unit_test(capabilities_are_lists),
      cmocka_unit_test(a_command_is_a_list),
      cmocka_unit_test(each_command_of_a_request_is_read),
      cmocka_unit_test(a_config_has_a_member),
      cmocka_unit_test(addresses_are_parsed_since_29),
      cmocka_unit_test(an_extra_host_may_have_a_zone_since_29_4),
      cmocka_unit_test(ports_are_parsed_since_29),
      cmocka_unit_test(published_ports_are_numbers_since_29),
      cmocka_unit_test(a_restart_count_needs_a_policy),
      cmocka_unit_test(every_refused_allocation_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
