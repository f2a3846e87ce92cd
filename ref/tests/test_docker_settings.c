/* SPDX-License-Identifier: Apache-2.0 */
/* What dockerd refuses, changes and takes over before there is a spec. */
#include "docker_stage.h"

static void another_containers_network_excludes_much(void **state) {
  (void)state;
  assert_docker_refused("conflicting options: hostname and the network mode", "/config/Hostname",
                        .config = "{\"Cmd\":[\"c\"],\"Hostname\":\"h\"}",
                        .host_config = "{\"NetworkMode\":\"container:a\"}");
  assert_docker_refused("conflicting options: dns and the network mode", "/host_config/Dns",
                        .host_config = "{\"NetworkMode\":\"container:a\",\"Dns\":[\"1.1.1.1\"]}");
  assert_docker_refused("conflicting options: mac-address and the network mode", "/config/MacAddress",
                        .profile = "moby-24.0.9", .config = "{\"Cmd\":[\"c\"],\"MacAddress\":\"02:00:00:00:00:01\"}",
                        .host_config = "{\"NetworkMode\":\"container:a\"}");
  assert_docker("\"network\":{}", .profile = "moby-25.0.5",
                .config = "{\"Cmd\":[\"c\"],\"MacAddress\":\"02:00:00:00:00:01\"}",
                .host_config = "{\"NetworkMode\":\"container:a\"}");
  assert_docker_refused("conflicting options: port publishing and the container type network mode",
                        "/host_config/PortBindings",
                        .host_config = "{\"NetworkMode\":\"container:a\",\"PublishAllPorts\":true}");
}

static void a_network_mode_must_name_a_container(void **state) {
  (void)state;
  assert_docker_refused("invalid network mode: invalid container format container:<name|id>",
                        "/host_config/NetworkMode", .host_config = "{\"NetworkMode\":\"container\"}");
  assert_docker_refused("Invalid network mode: invalid container format container:<name|id>",
                        "/host_config/NetworkMode", .profile = "moby-27.5.1",
                        .host_config = "{\"NetworkMode\":\"container::x\"}");
  assert_docker("\"network\":{}", .host_config = "{\"NetworkMode\":\"container::x\"}");
  assert_docker_refused("invalid network-mode: using the network stack of another container is not supported while "
                        "using Hyper-V Containers",
                        "/host_config/NetworkMode",
                        .host_config = "{\"NetworkMode\":\"container:a\",\"Isolation\":\"HyperV\"}");
}

static void isolation_is_one_of_three(void **state) {
  (void)state;
  assert_docker_refused("invalid isolation (x): Windows supports 'default', 'process', or 'hyperv'",
                        "/host_config/Isolation", .host_config = "{\"Isolation\":\"x\"}");
  assert_docker_refused("Invalid isolation: \"x\". Windows supports 'default', 'process', or 'hyperv'",
                        "/host_config/Isolation", .profile = "moby-27.5.1", .host_config = "{\"Isolation\":\"x\"}");
  assert_docker("\"hyperv\":{}", .host_config = "{\"Isolation\":\"HYPERV\"}");
  assert_docker("\"hyperv\":{}", .host_config = "{\"Isolation\":\"Default\"}", .isolation = "hyperv");
}

static void a_working_directory_is_absolute_and_since_26_1_clean(void **state) {
  (void)state;
  assert_docker("\"cwd\":\"C:\\\\b\"", .config = "{\"Cmd\":[\"c\"],\"WorkingDir\":\"C:/a/../b\"}");
  assert_docker("\"cwd\":\"C:\\\\a\\\\..\\\\b\"", .profile = "moby-25.0.5",
                .config = "{\"Cmd\":[\"c\"],\"WorkingDir\":\"C:/a/../b\"}");
  assert_docker("\"cwd\":\"\\\\x\"", .config = "{\"Cmd\":[\"c\"],\"WorkingDir\":\"/x\"}");
  assert_docker_refused("the working directory 'D:' is invalid, it needs to be an absolute path", "/config/WorkingDir",
                        .config = "{\"Cmd\":[\"c\"],\"WorkingDir\":\"D:\"}");
}

static void signals_have_names_or_numbers(void **state) {
  (void)state;
  assert_docker("\"root\"", .config = "{\"Cmd\":[\"c\"],\"StopSignal\":\"sigwinch\"}");
  assert_docker_refused("Invalid signal: sigwinch", "/config/StopSignal", .profile = "moby-20.10.27",
                        .config = "{\"Cmd\":[\"c\"],\"StopSignal\":\"sigwinch\"}");
  assert_docker("\"root\"", .config = "{\"Cmd\":[\"c\"],\"StopSignal\":\"-9\"}");
  assert_docker_refused("invalid signal: 0", "/config/StopSignal", .config = "{\"Cmd\":[\"c\"],\"StopSignal\":\"0\"}");
  assert_docker_refused("invalid signal: 9223372036854775808", "/config/StopSignal",
                        .config = "{\"Cmd\":[\"c\"],\"StopSignal\":\"9223372036854775808\"}");
}

static void variables_have_names(void **state) {
  (void)state;
  assert_docker_refused("invalid environment variable: =C:=C:\\", "/config/Env/1",
                        .config = "{\"Cmd\":[\"c\"],\"Env\":[\"A=1\",\"=C:=C:\\\\\"]}");
}

static void health_checks_have_bounds(void **state) {
  (void)state;
  assert_docker_refused("Interval in Healthcheck cannot be less than 1ms", "/config/Healthcheck/Interval",
                        .config = "{\"Cmd\":[\"c\"],\"Healthcheck\":{\"Interval\":999999}}");
  assert_docker_refused("Retries in Healthcheck cannot be negative", "/config/Healthcheck/Retries",
                        .config = "{\"Cmd\":[\"c\"],\"Healthcheck\":{\"Retries\":-1}}");
  assert_docker("\"root\"", .profile = "moby-24.0.9",
                .config = "{\"Cmd\":[\"c\"],\"Healthcheck\":{\"StartInterval\":1}}");
  assert_docker_refused("StartInterval in Healthcheck cannot be less than 1ms", "/config/Healthcheck/StartInterval",
                        .config = "{\"Cmd\":[\"c\"],\"Healthcheck\":{\"StartInterval\":1}}");
}

static void restart_policies_are_known(void **state) {
  (void)state;
  assert_docker_refused("maximum retry count cannot be used with restart policy 'no'",
                        "/host_config/RestartPolicy/MaximumRetryCount", .profile = "moby-24.0.9",
                        .host_config = "{\"RestartPolicy\":{\"Name\":\"no\",\"MaximumRetryCount\":1}}");
  assert_docker_refused("invalid restart policy: maximum retry count can only be used with 'on-failure' and cannot be "
                        "negative",
                        "/host_config/RestartPolicy/MaximumRetryCount",
                        .host_config = "{\"RestartPolicy\":{\"Name\":\"always\",\"MaximumRetryCount\":-1}}");
  assert_docker_refused("invalid restart policy: maximum retry count cannot be negative",
                        "/host_config/RestartPolicy/MaximumRetryCount",
                        .host_config = "{\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":-1}}");
  assert_docker_refused("can't create 'AutoRemove' container with restart policy", "/host_config/AutoRemove",
                        .host_config = "{\"AutoRemove\":true,\"RestartPolicy\":{\"Name\":\"always\"}}");
}

static void hosts_and_ports_are_well_formed(void **state) {
  (void)state;
  assert_docker_refused("bad format for add-host: \":1.2.3.4\"", "/host_config/ExtraHosts/0",
                        .host_config = "{\"ExtraHosts\":[\":1.2.3.4\"]}");
  assert_docker_refused("invalid IP address in add-host: \"1.2.3\"", "/host_config/ExtraHosts/1",
                        .host_config = "{\"ExtraHosts\":[\"a:host-gateway\",\"b:1.2.3\"]}");
  assert_docker("\"root\"", .host_config = "{\"ExtraHosts\":[\"a:::1\",\"b: 1.2.3.4 \",\"c:fe80::1.2.3.4\"]}");
  assert_docker_refused("invalid port specification: \"65536\"", "/host_config/PortBindings",
                        .host_config = "{\"PortBindings\":{\"65536/tcp\":[]}}");
  assert_docker_refused("invalid port specification: \"9-8\"", "/host_config/PortBindings",
                        .host_config =
                            "{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"8-9\"},{\"HostPort\":\"9-8\"}]}}");
}

static void capabilities_are_unknown(void **state) {
  (void)state;
  assert_docker_refused("invalid CapAdd: unknown capability: \"CAP_KILL\"", "/host_config/CapAdd/1",
                        .host_config = "{\"CapAdd\":[\"all\",\"kill\"]}");
  assert_docker("\"root\"", .profile = "moby-20.10.27", .host_config = "{\"CapAdd\":[\"kill\"]}");
  assert_docker_refused("invalid CapDrop: unknown capability: \"CAP_X\"", "/host_config/CapDrop/0",
                        .profile = "moby-20.10.27", .host_config = "{\"CapDrop\":[\"cap_x\"]}");
}

static void annotations_come_with_24(void **state) {
  (void)state;
  assert_docker("\"annotations\":{\"a\":\"b\"}", .profile = "moby-24.0.9",
                .host_config = "{\"Annotations\":{\"a\":\"b\"}}");
  assert_docker("\"hostname\":\"0123456789ab\",\"windows\"", .profile = "moby-23.0.15",
                .host_config = "{\"Annotations\":{\"a\":\"b\"}}");
  assert_docker_refused("invalid Annotations: the empty string is not permitted as an annotation key",
                        "/host_config/Annotations", .host_config = "{\"Annotations\":{\"\":\"b\"}}");
}

static void a_command_is_needed(void **state) {
  (void)state;
  assert_docker_refused("no command specified", "/config/Cmd", .config = "{\"User\":\"\"}");
  assert_docker_refused("No command specified", "/config/Cmd", .profile = "moby-24.0.9",
                        .config = "{\"Entrypoint\":[\"\"]}");
  assert_docker("\"args\":[\"cmd /c\"]", .config = "{\"Cmd\":\"cmd /c\"}");
  assert_docker("\"args\":[\"e\",\"i\"]", .config = "{\"User\":\"\"}",
                .image_config = "{\"Entrypoint\":[\"e\"],\"Cmd\":[\"i\"]}");
  assert_docker("\"args\":[\"u\"]", .config = "{\"Entrypoint\":[\"u\"]}", .image_config = "{\"Cmd\":[\"i\"]}");
  assert_docker("\"args\":[\"i\"]", .config = "{\"Entrypoint\":[]}",
                .image_config = "{\"Entrypoint\":[\"e\"],\"Cmd\":[\"i\"]}");
  assert_docker("\"commandLine\":\"c d \\\"e f\\\"\"", .config = "{\"Cmd\":[\"c d\",\"e f\"]}",
                .image_config = "{\"ArgsEscaped\":true}");
}

static void an_images_variables_yield_to_the_users(void **state) {
  (void)state;
  assert_docker("\"env\":[\"path=u\",\"B=2\"]", .config = "{\"Cmd\":[\"c\"],\"Env\":[\"path=u\",\"LONE\"]}",
                .image_config = "{\"Env\":[\"PATH=i\",\"B=2\",\"lone=3\"]}");
  assert_docker("\"env\":[\"\xC3\xA9=u\"]", .config = "{\"Cmd\":[\"c\"],\"Env\":[\"\xC3\xA9=u\"]}",
                .image_config = "{\"Env\":[\"\xC3\x89=i\"]}");
}

static void a_command_of_one_word_ends_with_29(void **state) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_docker_config config;
  (void)state;
  hcsref_arena_init(&arena, NULL, 0);
  assert_false(hcsref_docker_decode_config(&arena, HCSREF_LIT("{\"Cmd\":\"cmd\"}"),
                                           docker_profile(&arena, "moby-b985e2313", &err), &config, &err));
  assert_text(err.where, "/Cmd");
  hcsref_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(another_containers_network_excludes_much),
      cmocka_unit_test(a_network_mode_must_name_a_container),
      cmocka_unit_test(isolation_is_one_of_three),
      cmocka_unit_test(a_working_directory_is_absolute_and_since_26_1_clean),
      cmocka_unit_test(signals_have_names_or_numbers),
      cmocka_unit_test(variables_have_names),
      cmocka_unit_test(health_checks_have_bounds),
      cmocka_unit_test(restart_policies_are_known),
      cmocka_unit_test(hosts_and_ports_are_well_formed),
      cmocka_unit_test(capabilities_are_unknown),
      cmocka_unit_test(annotations_come_with_24),
      cmocka_unit_test(a_command_is_needed),
      cmocka_unit_test(an_images_variables_yield_to_the_users),
      cmocka_unit_test(a_command_of_one_word_ends_with_29),
  };
  return cmocka_run_group_tests_name("docker settings", tests, NULL, NULL);
}
