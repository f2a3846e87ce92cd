/* SPDX-License-Identifier: Apache-2.0 */
/* Limits, mounts, credentials, devices of dockerd's spec, and want of memory. */
#include "docker_stage.h"

#include <stdio.h>

/* ---- limits ------------------------------------------------------------------------------------------------- */

static void on_the_host_one_cpu_limit_counts(void **state) {
  hcsref_arena arena;
  hcsref_error err = {0};
  hcsref_docker_result result = {0};
  hcsref_str json;
  docker_question both = {.host_config = "{\"CpuCount\":2,\"CpuShares\":99999,\"CpuPercent\":50}"};
  (void)state;
  assert_docker("\"cpu\":{\"count\":2,\"shares\":0,\"maximum\":0}",
                .host_config = "{\"CpuCount\":2,\"CpuShares\":99999,\"CpuPercent\":50}");
  assert_docker("\"cpu\":{\"count\":0,\"shares\":7,\"maximum\":0}",
                .host_config = "{\"CpuShares\":7,\"CpuPercent\":500}");
  assert_docker("\"cpu\":{\"count\":2,\"shares\":7,\"maximum\":5000}", .isolation = "hyperv",
                .host_config = "{\"CpuCount\":2,\"CpuShares\":7,\"CpuPercent\":50}");
  hcsref_arena_init(&arena, NULL, 0);
  assert_true(docker_answer(&arena, &both, &json, &result, &err));
  assert_int_equal(result.warnings.len, 2);
  hcsref_arena_free(&arena);
}

static void cpu_limits_have_bounds(void **state) {
  (void)state;
  assert_docker_refused("range of CPUShares is from 1 to 10000", "/host_config/CpuShares",
                        .host_config = "{\"CpuShares\":10001}");
  assert_docker_refused("range of CPUPercent is from 1 to 100", "/host_config/CpuPercent",
                        .host_config = "{\"CpuPercent\":-1}");
  assert_docker_refused("invalid CPUCount: CPUCount cannot be negative", "/host_config/CpuCount",
                        .host_config = "{\"CpuCount\":-1}");
  assert_docker_refused("range of CPUs is from 0.01 to 4.00, as there are only 4 CPUs available",
                        "/host_config/NanoCpus", .host_config = "{\"NanoCpus\":4000000001}");
  assert_docker_refused("conflicting options: Nano CPUs and CPU Percent cannot both be set", "/host_config/NanoCpus",
                        .host_config = "{\"NanoCpus\":1,\"CpuPercent\":5}");
}

static void parts_of_processors_become_percent(void **state) {
  (void)state;
  assert_docker("\"cpu\":{\"count\":0,\"shares\":0,\"maximum\":3750}", .host_config = "{\"NanoCpus\":1500000000}");
  assert_docker("\"cpu\":{\"count\":0,\"shares\":0,\"maximum\":1}", .host_config = "{\"NanoCpus\":1}");
  assert_docker("\"cpu\":{\"count\":2,\"shares\":0,\"maximum\":7500}", .isolation = "hyperv",
                .host_config = "{\"NanoCpus\":1500000000}");
  assert_docker("\"cpu\":{\"count\":2,\"shares\":0,\"maximum\":0}", .isolation = "hyperv",
                .host_config = "{\"NanoCpus\":2000000000}");
  assert_docker("\"cpu\":{\"count\":2,\"shares\":0,\"maximum\":0}", .isolation = "hyperv", .profile = "moby-20.10.27",
                .host = "{\"os_build\":16298}", .host_config = "{\"NanoCpus\":1500000000}");
}

static void memory_and_storage_are_taken_over(void **state) {
  (void)state;
  assert_docker("\"resources\":{\"memory\":{\"limit\":18446744073709551615}}", .host_config = "{\"Memory\":-1}");
  assert_docker("\"resources\":{\"storage\":{\"iops\":0,\"bps\":5}}", .host_config = "{\"IOMaximumBandwidth\":5}");
  assert_docker("\"ignoreFlushesDuringBoot\":true,\"network\":{}}", .host_config = "{\"Memory\":0}");
}

static void what_linux_has_is_refused(void **state) {
  (void)state;
  assert_docker_refused("invalid option: Windows does not support Ulimits", "/host_config",
                        .host_config = "{\"Ulimits\":[{\"Name\":\"n\"}]}");
  assert_docker_refused("invalid option: Windows does not support KernelMemory", "/host_config",
                        .host_config = "{\"KernelMemory\":1}");
  assert_docker("\"root\"", .profile = "moby-b985e2313", .host_config = "{\"KernelMemory\":1}");
  assert_docker("\"root\"", .host_config = "{\"MemorySwappiness\":-1,\"OomKillDisable\":false,\"PidsLimit\":0}");
}

/* ---- mounts ------------------------------------------------------------------------------------------------- */

#define PATHS "{\"paths\":{\"c:\\\\d\":\"dir\",\"c:\\\\f\":\"file\",\"C:/D\":\"dir\",\"c:\\\\\xC3\xBC\":\"dir\"}}"

static void the_short_form_is_made_lower_case(void **state) {
  (void)state;
  assert_docker("\"mounts\":[{\"destination\":\"c:\\\\e\",\"source\":\"c:\\\\d\",\"options\":[\"ro\"]}]", .host = PATHS,
                .host_config = "{\"Binds\":[\"C:/D:C:\\\\E\\\\:RO\"]}");
  assert_docker("\"mounts\":[{\"destination\":\"c:\\\\\xC3\xA9\",\"source\":\"c:\\\\\xC3\xBC\"}]", .host = PATHS,
                .host_config = "{\"Binds\":[\"C:\\\\\xC3\x9C:C:\\\\\xC3\x89\"]}");
  assert_docker("\"mounts\":[{\"destination\":\"C:\\\\E\",\"source\":\"C:\\\\D\"}]", .host = PATHS,
                .host_config = "{\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"C:/D\",\"Target\":\"C:/E\"}]}");
}

static const struct {
  const char *raw, *message;
} refused_binds[] = {
    {"c:\\\\d:c:\\\\e:x", "invalid volume specification: 'c:\\d:c:\\e:x'"},
    {"c:\\\\d:ro", "invalid volume specification: 'c:\\d:ro'"},
    {"c:\\\\d|:c:\\\\e", "invalid volume specification: 'c:\\d|:c:\\e'"},
    {"c:\\\\f:c:\\\\e",
     "invalid volume specification: 'c:\\f:c:\\e': invalid mount config for type \"bind\": source path must be a "
     "directory"},
    {"c:\\\\no:c:\\\\e", "invalid volume specification: 'c:\\no:c:\\e': invalid mount config for type \"bind\": bind "
                         "source path does not exist: c:\\no"},
    {"c:\\\\d:c:/",
     "invalid volume specification: 'c:\\d:c:/': invalid mount config for type \"bind\": destination path "
     "(c:\\) cannot be 'c:' or 'c:\\'"},
    {"\\\\\\\\.\\\\pipe\\\\a:c:\\\\e", "invalid volume specification: '\\\\.\\pipe\\a:c:\\e': invalid mount config for "
                                       "type \"npipe\": 'c:\\e' is not a valid pipe path"},
    {"nul:c:\\\\e", "invalid volume specification: 'nul:c:\\e': invalid mount config for type \"volume\": volume name "
                    "\"nul\" cannot be a reserved word for Windows filenames"},
    {"c:\\\\f", "file 'c:\\f' cannot be mapped. Only directories can be mapped on this platform"},
    {"v:c:\\\\e", "the folder of the volume at \"c:\\\\e\" is not known"},
};

static void what_is_no_short_form_is_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(refused_binds); i++) {
    char host_config[256];
    (void)snprintf(host_config, sizeof host_config, "{\"Binds\":[\"%s\"]}", refused_binds[i].raw);
    assert_docker_refused(refused_binds[i].message, "/host_config/Binds/0", .host = PATHS, .host_config = host_config);
  }
}

static void a_destination_stands_once(void **state) {
  (void)state;
  assert_docker_refused("Duplicate mount point: c:\\e", "/host_config/Binds/1", .host = PATHS,
                        .host_config = "{\"Binds\":[\"c:\\\\d:C:\\\\e\",\"c:\\\\d:c:/E/\"]}");
  assert_docker_refused("Duplicate mount point: c:/e", "/host_config/Mounts/0", .host = PATHS,
                        .host_config = "{\"Binds\":[\"c:\\\\d:C:\\\\e\"],\"Mounts\":[{\"Type\":\"bind\",\"Source\":"
                                       "\"c:\\\\d\",\"Target\":\"c:/e\"}]}");
  assert_docker_refused("Duplicate mount point: c:\\e", "/host_config/Binds/0", .host = PATHS,
                        .host_config = "{\"Binds\":[\"c:\\\\d:C:\\\\e\"],\"Tmpfs\":{\"c:\\\\e\":\"\"}}");
}

static const struct {
  const char *profile, *mount, *message;
} refused_mounts[] = {
    {NULL, "{\"Type\":\"bind\",\"Source\":\"c:\\\\d\"}", "bind\": field Target must not be empty"},
    {NULL, "{\"Type\":\"bind\",\"Target\":\"d:\"}", "bind\": field Source must not be empty"},
    {NULL, "{\"Type\":\"bind\",\"Source\":\"d\",\"Target\":\"d:\"}",
     "bind\": invalid mount path: 'd' mount path must be absolute"},
    {NULL,
     "{\"Type\":\"npipe\",\"Source\":\"\\\\\\\\.\\\\pipe\\\\a\",\"Target\":\"\\\\\\\\.\\\\pipe\\\\b\",\"ReadOnly\":"
     "true}",
     "npipe\": field ReadOnly must not be specified"},
    {NULL, "{\"Type\":\"tmpfs\",\"Target\":\"d:\"}", "tmpfs\": mount type unknown"},
    {NULL, "{\"Type\":\"volume\",\"Target\":\"d:\",\"ReadOnly\":true}",
     "volume\": must not set ReadOnly mode when using anonymous volumes"},
    {NULL, "{\"Type\":\"volume\",\"Source\":\"v\",\"Target\":\"d:\",\"VolumeOptions\":{\"Subpath\":\"a/../../b\"}}",
     "volume\": subpath must be a relative path within the volume"},
    {NULL, "{\"Type\":\"volume\",\"Source\":\"v\",\"Target\":\"d:\",\"VolumeOptions\":{\"Subpath\":\"a:b\"}}",
     "volume\": subpath must be a relative path within the volume"},
    {"moby-20.10.27", "{\"Type\":\"volume\",\"Source\":\"annul\",\"Target\":\"d:\"}",
     "volume\": volume name \"annul\" cannot be a reserved word for Windows filenames"},
    {"moby-b985e2313", "{\"Type\":\"tmpfs\",\"Target\":\"d:\",\"BindOptions\":{}}",
     "tmpfs\": field BindOptions must not be specified"},
};

static void a_long_form_that_cannot_be_is_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(refused_mounts); i++) {
    char host_config[256], message[256];
    (void)snprintf(host_config, sizeof host_config, "{\"Mounts\":[%s]}", refused_mounts[i].mount);
    (void)snprintf(message, sizeof message, "invalid mount config for type \"%s", refused_mounts[i].message);
    assert_docker_refused(message, "/host_config/Mounts/0", .profile = refused_mounts[i].profile, .host = PATHS,
                          .host_config = host_config);
  }
}

/* ---- credentials and devices ---------------------------------------------------------------------------------- */

#define SPECS                                                                                                          \
  "{\"files\":{\"C:\\\\ProgramData\\\\docker\\\\CredentialSpecs\\\\a.json\":\"{}\"},\"registry\":{\"r\":\"reg\"}}"

static void credential_specs_come_from_four_places(void **state) {
  (void)state;
  assert_docker("\"credentialSpec\":\"{}\"", .host = SPECS,
                .host_config = "{\"SecurityOpt\":[\"CredentialSpec=FILE://./a.json\"]}");
  assert_docker("\"credentialSpec\":\"reg\"", .host = SPECS,
                .host_config = "{\"SecurityOpt\":[\"credentialspec=raw://x\",\"credentialspec=registry://r\"]}");
  assert_docker("\"credentialSpec\":\"a=b\"", .host_config = "{\"SecurityOpt\":[\"credentialspec=raw://a=b\"]}");
  assert_docker_refused("invalid credential spec: file:// path cannot be absolute", "/host_config/SecurityOpt/0",
                        .host_config = "{\"SecurityOpt\":[\"credentialspec=file://C:\\\\a\"]}");
  assert_docker_refused("invalid credential spec - file:// path must be under "
                        "C:\\ProgramData\\docker\\CredentialSpecs",
                        "/host_config/SecurityOpt/0", .profile = "moby-23.0.15",
                        .host_config = "{\"SecurityOpt\":[\"credentialspec=file://../x\"]}");
  assert_docker_refused("security option not supported: seccomp", "/host_config/SecurityOpt/0",
                        .host_config = "{\"SecurityOpt\":[\"seccomp=x\"]}");
  assert_docker_refused("registry credential spec \"n\" for container 0123456789abcdef was not found",
                        "/host_config/SecurityOpt/0",
                        .host_config = "{\"SecurityOpt\":[\"credentialspec=registry://n\"]}");
}

static void devices_have_a_type_since_23(void **state) {
  (void)state;
  assert_docker("\"devices\":[{\"id\":\"g\",\"idType\":\"class\"},{\"id\":\"\",\"idType\":\"vpci\"}]",
                .host_config = "{\"Devices\":[{\"PathOnHost\":\"class/g\"},{\"PathOnHost\":\"vpci://\"}]}");
  assert_docker_refused("invalid device assignment type: 'vpci:' should be 'class'",
                        "/host_config/Devices/0/PathOnHost", .profile = "moby-20.10.27",
                        .host_config = "{\"Devices\":[{\"PathOnHost\":\"vpci://\"}]}");
  assert_docker_refused("device assignment requires Windows builds RS5 (17763+) or later", "/host_config/Devices",
                        .profile = "moby-20.10.27", .host = "{\"os_build\":17762}",
                        .host_config = "{\"Devices\":[{\"PathOnHost\":\"class/g\"}]}");
  assert_docker_refused("invalid device assignment path: '://x', IDType cannot be empty",
                        "/host_config/Devices/0/PathOnHost",
                        .host_config = "{\"Devices\":[{\"PathOnHost\":\"://x\"}]}");
}

static void an_image_of_another_system_is_refused(void **state) {
  (void)state;
  assert_docker("\"root\"", .image_os = "Windows");
  assert_docker_refused("operating system is not supported", "/image/os", .image_os = "linux");
  assert_docker_refused("Linux containers on Windows are not supported", "/image/os", .profile = "moby-20.10.27",
                        .image_os = "linux");
  assert_docker_refused("Unsupported platform \"Windows\"", "/image/os", .profile = "moby-20.10.27",
                        .image_os = "Windows");
}

static void a_spec_is_of_the_version_that_a_release_knows(void **state) {
  static const struct {
    const char *profile, *version;
  } rows[] = {{"moby-20.10.27", "1.0.2-dev"}, {"moby-24.0.9", "1.1.0-rc.2"}, {"moby-25.0.5", "1.1.0"},
              {"moby-27.5.1", "1.2.0"},       {"moby-28.5.2", "1.2.1"},      {"moby-b985e2313", "1.3.0"}};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    char part[64];
    (void)snprintf(part, sizeof part, "{\"ociVersion\":\"%s\",", rows[i].version);
    assert_docker(part, .profile = rows[i].profile);
  }
}

/* ---- memory --------------------------------------------------------------------------------------------------- */

static docker_question everything(void) {
  static hcsref_str endpoint = {"e", 1}, gateway = {"g", 1};
  static hcsref_docker_network network = {&endpoint, &gateway, true, false};
  const docker_question all = {
      .config = "{\"Cmd\":[\"c d\",\"e f\"],\"ArgsEscaped\":true,\"Tty\":true,\"Env\":[\"A=1\"],\"WorkingDir\":\"/x\","
                "\"Domainname\":\"d\"}",
      .host_config =
          "{\"Binds\":[\"C:\\\\\xC3\x9C:C:\\\\E:ro\"],\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"c:\\\\d\","
          "\"Target\":\"c:\\\\g\"}],\"CpuCount\":1,\"CpuShares\":1,\"Memory\":1,\"SecurityOpt\":["
          "\"credentialspec=file://a.json\"],\"Devices\":[{\"PathOnHost\":\"class/g\"}],\"CapAdd\":[\"ALL\"]}",
      .image_config = "{\"Env\":[\"B=2\"]}",
      .host = "{\"paths\":{\"c:\\\\d\":\"dir\",\"c:\\\\\xC3\xBC\":\"dir\"},\"files\":{\"C:\\\\ProgramData\\\\docker\\\\"
              "CredentialSpecs\\\\a.json\":\"{}\"}}",
      .network = &network};
  return all;
}

static void each_refused_allocation_is_told(void **state) {
  const docker_question all = everything();
  bool done = false;
  (void)state;
  for (size_t at = 0; !done; at++) {
    counting_allocator allocator;
    hcsref_arena arena;
    hcsref_error err = {0};
    hcsref_docker_result result;
    hcsref_str json;
    counting_arena(&arena, &allocator, at);
    done = docker_answer(&arena, &all, &json, &result, &err);
    if (!done)
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_int_equal(allocator.live, 0);
  }
}

/* Nobody passes over one request that is refused when all later ones are granted. */
static void one_refused_allocation_is_told(void **state) {
  const docker_question all = everything();
  size_t calls = 2;
  (void)state;
  for (size_t room = 0; calls > 1; room += ARENA_GRAIN * test_stride()) {
    hcsref_arena arena;
    hcsref_error err = {0};
    hcsref_docker_result result;
    hcsref_str json;
    refuse_once_arena(&arena, &calls, room);
    if (docker_answer(&arena, &all, &json, &result, &err))
      assert_int_equal(calls, 1);
    else
      assert_string_equal(err.code, "out-of-memory");
    hcsref_arena_free(&arena);
    assert_true(room < 262144);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(on_the_host_one_cpu_limit_counts),
      cmocka_unit_test(cpu_limits_have_bounds),
      cmocka_unit_test(parts_of_processors_become_percent),
      cmocka_unit_test(memory_and_storage_are_taken_over),
      cmocka_unit_test(what_linux_has_is_refused),
      cmocka_unit_test(the_short_form_is_made_lower_case),
      cmocka_unit_test(what_is_no_short_form_is_refused),
      cmocka_unit_test(a_destination_stands_once),
      cmocka_unit_test(a_long_form_that_cannot_be_is_refused),
      cmocka_unit_test(credential_specs_come_from_four_places),
      cmocka_unit_test(devices_have_a_type_since_23),
      cmocka_unit_test(an_image_of_another_system_is_refused),
      cmocka_unit_test(a_spec_is_of_the_version_that_a_release_knows),
      cmocka_unit_test(each_refused_allocation_is_told),
      cmocka_unit_test(one_refused_allocation_is_told),
  };
  return cmocka_run_group_tests_name("docker spec", tests, NULL, NULL);
}
