/* SPDX-License-Identifier: Apache-2.0 */
/* The whole specs of containers, on both sides of each change. */
#include "cri_spec_stage.h"

static void check_rows(hcsref_arena *arena, const row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    building b;
    bool ok;
    prepare(&b, arena, &rows[i]);
    ok = hcsref_cri_container_spec(arena, &b.container, &b.fake.host, &b.spec, &b.err);
    if (ok == (rows[i].part == MESSAGE))
      fail_msg("row %u: %.*s", (unsigned)i, (int)b.err.message.len, b.err.message.data);
    assert_text(part_of(&b, rows[i].part), rows[i].expected);
  }
}

#define USER(gids) "\"user\":{\"uid\":0,\"gid\":0" gids "}"
#define ARGS_A     "\"args\":[\"a\"]"
#define AT_C       "\"cwd\":\"C:\\\\\""

/* ---- what is run ------------------------------------------------------------------------------------------------ */

static void commands_come_from_config_and_image(void **state) {
  static const row rows[] = {
      {NEWEST, "{\"command\":[\"a\"],\"args\":[\"b\"]}", NULL, "{\"Entrypoint\":[\"e\"],\"Cmd\":[\"c\"]}", NULL,
       PROCESS, "{" USER(GIDS) ",\"args\":[\"a\",\"b\"]," AT_C "}"},
      {NEWEST, "{\"args\":[\"b\"]}", NULL, "{\"Entrypoint\":[\"e\"],\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"args\":[\"e\",\"b\"]," AT_C "}"},
      {NEWEST, "{}", NULL, "{\"Entrypoint\":[\"e\"],\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"args\":[\"e\",\"c\"]," AT_C "}"},
      {NEWEST, "{\"command\":[]}", NULL, "{\"Entrypoint\":[\"e\"],\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"args\":[\"c\"]," AT_C "}"},
      {NEWEST, "{}", NULL, NULL, NULL, MESSAGE, "failed to generate spec: no command specified"},
      /* ArgsEscaped: the image's first word is a piece of the command line already */
      {"containerd-1.6.20", "{}", NULL, "{\"ArgsEscaped\":true,\"Entrypoint\":[\"e f\",\"g h\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"args\":[\"e f\",\"g h\"]," AT_C "}"},
      {"containerd-1.6.21", "{}", NULL, "{\"ArgsEscaped\":true,\"Entrypoint\":[\"e f\",\"g h\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"commandLine\":\"e f \\\"g h\\\"\"," AT_C "}"},
      {NEWEST, "{}", NULL, "{\"ArgsEscaped\":true,\"Cmd\":[\"c d\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"commandLine\":\"c d\"," AT_C "}"},
      {NEWEST, "{\"command\":[\"a b\"]}", NULL, "{\"ArgsEscaped\":true,\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"commandLine\":\"\\\"a b\\\"\"," AT_C "}"},
      /* an entrypoint of one empty string */
      {"containerd-1.6.8", "{}", NULL, "{\"Entrypoint\":[\"\"],\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER("") ",\"args\":[\"\",\"c\"]," AT_C "}"},
      {"containerd-1.6.9", "{}", NULL, "{\"Entrypoint\":[\"\"],\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER("") ",\"args\":[\"c\"]," AT_C "}"},
      {"containerd-1.6.21", "{}", NULL, "{\"Entrypoint\":[\"\"],\"Cmd\":[\"c\"]}", NULL, PROCESS,
       "{" USER(GIDS) ",\"args\":[\"\",\"c\"]," AT_C "}"},
      /* a base spec's command line */
      {"containerd-1.6.18", RUN, NULL, NULL, "{\"process\":{\"commandLine\":\"x\",\"cwd\":\"C:\\\\b\"}}", PROCESS,
       "{" USER(GIDS) "," ARGS_A ",\"commandLine\":\"x\",\"cwd\":\"C:\\\\b\"}"},
      {"containerd-1.6.20", RUN, NULL, NULL, "{\"process\":{\"commandLine\":\"x\",\"cwd\":\"C:\\\\b\"}}", PROCESS,
       "{" USER(GIDS) "," ARGS_A ",\"cwd\":\"C:\\\\b\"}"},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

static void variables_replace_only_those_of_the_base_spec(void **state) {
#define BASE_ENV "{\"process\":{\"cwd\":\"\",\"env\":[\"A=0\",\"B=0\",\"A=1\"]}}"
  static const row rows[] = {
      {NEWEST, "{\"command\":[\"a\"],\"envs\":[{\"key\":\"A\",\"value\":\"2\"},null]}", NULL,
       "{\"Env\":[\"A=1\",\"GONE\",\"\"]}", NULL, PROCESS,
       "{" USER(GIDS) "," ARGS_A ",\"env\":[\"A=1\",\"A=2\",\"=\"]," AT_C "}"},
      {NEWEST, "{\"command\":[\"a\"],\"envs\":[{\"key\":\"A\",\"value\":\"2\"}]}", NULL, "{\"Env\":[\"B\",\"C=3\"]}",
       BASE_ENV, PROCESS, "{" USER(GIDS) "," ARGS_A ",\"env\":[\"A=0\",\"A=2\",\"C=3\"],\"cwd\":\"\"}"},
      {NEWEST, "{\"command\":[\"a\"],\"tty\":true}", NULL, NULL, NULL, PROCESS,
       "{\"terminal\":true," USER(GIDS) "," ARGS_A "," AT_C "}"},
      {NEWEST, "{\"command\":[\"a\"],\"tty\":true,\"envs\":[{\"key\":\"TERM\",\"value\":\"t\"}]}", NULL, NULL, BASE_ENV,
       PROCESS,
       "{\"terminal\":true," USER(GIDS) "," ARGS_A ",\"env\":[\"A=0\",\"B=0\",\"A=1\",\"TERM=t\"],\"cwd\":\"\"}"},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

#define HPC_POD         "{\"windows\":{\"security_context\":{\"host_process\":true}}}"
#define HPC(more)       "{\"command\":[\"a\"]" more ",\"windows\":{\"security_context\":{\"host_process\":true}}}"
#define NO_AGREEMENT    "pod spec and all containers inside must have the HostProcess field set to be valid"
#define RUNS_IN(folder) "{" USER(GIDS) "," ARGS_A ",\"cwd\":\"" folder "\"}"

static void host_process_is_for_all_of_a_pod(void **state) {
  static const row rows[] = {
      {"containerd-1.6.6", HPC(""), NULL, NULL, NULL, PROCESS, "{" USER("") "," ARGS_A "," AT_C "}"},
      {"containerd-1.6.7", HPC(""), NULL, NULL, NULL, MESSAGE, NO_AGREEMENT},
      {"containerd-1.7.34", RUN, HPC_POD, NULL, NULL, MESSAGE, NO_AGREEMENT},
      {"containerd-2.0.0", "{}", HPC_POD, NULL, NULL, MESSAGE, "failed to generate spec opts: " NO_AGREEMENT},
      {"containerd-1.6.33", HPC(""), HPC_POD, NULL, NULL, PROCESS, RUNS_IN("C:\\\\")},
      {"containerd-1.6.34", HPC(""), HPC_POD, NULL, NULL, PROCESS, RUNS_IN("C:\\\\hpc")},
      {"containerd-1.6.35", HPC(""), HPC_POD, NULL, NULL, PROCESS, RUNS_IN("C:\\\\")},
      {"containerd-1.7.18", HPC(""), HPC_POD, NULL, NULL, PROCESS, RUNS_IN("C:\\\\")},
      {"containerd-1.7.19", HPC(""), HPC_POD, NULL, NULL, PROCESS, RUNS_IN("C:\\\\hpc")},
      {NEWEST, HPC(",\"working_dir\":\"w\""), HPC_POD, "{\"WorkingDir\":\"i\"}", NULL, PROCESS, RUNS_IN("w")},
      {NEWEST, HPC(""), HPC_POD, "{\"WorkingDir\":\"i\"}", NULL, PROCESS, RUNS_IN("i")},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

/* ---- users ---- */

#define AS(name)      "{\"command\":[\"a\"],\"windows\":{\"security_context\":{\"run_as_username\":\"" name "\"}}}"
#define RUNS_AS(user) "{\"user\":{" user "}," ARGS_A "," AT_C "}"
#define LOOKED_UP(user)                                                                                                \
  "failed to generate spec: user \"" user "\" would be looked up in the container's root file system, which the spec " \
  "does not name: containerd crashes"
#define OUT_OF_RANGE(user, which) "failed to generate spec: invalid USER value \"" user "\": " which " out of range"

static void users_are_names_or_pairs_of_numbers(void **state) {
  static const row rows[] = {
      {NEWEST, RUN, NULL, "{\"User\":\"u\"}", NULL, PROCESS,
       RUNS_AS("\"uid\":0,\"gid\":0,\"additionalGids\":[0],\"username\":\"u\"")},
      {NEWEST, AS("v"), NULL, "{\"User\":\"u\"}", NULL, PROCESS,
       RUNS_AS("\"uid\":0,\"gid\":0,\"additionalGids\":[0],\"username\":\"v\"")},
      {NEWEST, AS("1:2"), NULL, NULL, NULL, PROCESS, RUNS_AS("\"uid\":1,\"gid\":2,\"additionalGids\":[2]")},
      {NEWEST, AS(":"), NULL, NULL, NULL, PROCESS, RUNS_AS("\"uid\":0,\"gid\":0,\"additionalGids\":[0]")},
      {NEWEST, AS("+1:"), NULL, NULL, NULL, PROCESS, RUNS_AS("\"uid\":1,\"gid\":0,\"additionalGids\":[0]")},
      {NEWEST, AS("a:b:c"), NULL, NULL, NULL, MESSAGE, "failed to generate spec: invalid USER value a:b:c"},
      {NEWEST, AS("1000"), NULL, NULL, NULL, MESSAGE, LOOKED_UP("1000")},
      {NEWEST, AS("a:1"), NULL, NULL, NULL, MESSAGE, LOOKED_UP("a:1")},
      {NEWEST, AS("1:b"), NULL, NULL, NULL, MESSAGE, LOOKED_UP("1:b")},
      /* no range, a range of names, a range of errors */
      {"containerd-1.7.26", AS("0:-1"), NULL, NULL, NULL, PROCESS,
       RUNS_AS("\"uid\":0,\"gid\":4294967295,\"additionalGids\":[4294967295]")},
      {"containerd-1.7.26", AS("2147483648"), NULL, NULL, NULL, MESSAGE, LOOKED_UP("2147483648")},
      {"containerd-1.7.26", AS("9223372036854775808"), NULL, NULL, NULL, PROCESS,
       RUNS_AS("\"uid\":0,\"gid\":0,\"additionalGids\":[0],\"username\":\"9223372036854775808\"")},
      {"containerd-1.7.27", AS("2147483648"), NULL, NULL, NULL, PROCESS,
       RUNS_AS("\"uid\":0,\"gid\":0,\"additionalGids\":[0],\"username\":\"2147483648\"")},
      {"containerd-1.7.27", AS("2147483647"), NULL, NULL, NULL, MESSAGE, LOOKED_UP("2147483647")},
      {"containerd-1.7.27", AS("0:-1"), NULL, NULL, NULL, MESSAGE, LOOKED_UP("0:-1")},
      {"containerd-1.7.32", AS("2147483648"), NULL, NULL, NULL, MESSAGE, OUT_OF_RANGE("2147483648", "uid")},
      {"containerd-1.7.32", AS("9223372036854775808"), NULL, NULL, NULL, MESSAGE,
       OUT_OF_RANGE("9223372036854775808", "uid")},
      {"containerd-1.7.32", AS("0:-1"), NULL, NULL, NULL, MESSAGE, OUT_OF_RANGE("0:-1", "gid")},
      {"containerd-1.7.32", AS("-1:-1"), NULL, NULL, NULL, MESSAGE, OUT_OF_RANGE("-1:-1", "uid")},
      {"containerd-1.7.32", AS("0:2147483647"), NULL, NULL, NULL, PROCESS,
       RUNS_AS("\"uid\":0,\"gid\":2147483647,\"additionalGids\":[2147483647]")},
      /* the group among the additional ones */
      {"containerd-1.6.17", AS("1:2"), NULL, NULL, NULL, PROCESS, RUNS_AS("\"uid\":1,\"gid\":2")},
      {"containerd-1.6.18", AS("1:2"), NULL, NULL, NULL, PROCESS,
       RUNS_AS("\"uid\":1,\"gid\":2,\"additionalGids\":[2]")},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

#define BASE_USER "{\"process\":{\"cwd\":\"C:\\\\\",\"user\":{\"uid\":5,\"gid\":6,\"additionalGids\":[7]}}}"

static void a_base_spec_takes_any_user(void **state) {
  static const row rows[] = {
      {"containerd-1.5.18", AS("u"), NULL, NULL, BASE_USER, MESSAGE,
       "failed to apply OCI options: user \"u\" would be looked up in the container's root file system, which the spec "
       "does not name: containerd crashes"},
      {"containerd-1.5.18", AS("1:2"), NULL, NULL, BASE_USER, PROCESS,
       RUNS_AS("\"uid\":1,\"gid\":2,\"additionalGids\":[2]")},
      {"containerd-1.6.0", AS("1000"), NULL, NULL, BASE_USER, PROCESS,
       RUNS_AS("\"uid\":5,\"gid\":6,\"additionalGids\":[7],\"username\":\"1000\"")},
      {"containerd-1.6.18", AS("1000"), NULL, NULL, BASE_USER, PROCESS,
       RUNS_AS("\"uid\":5,\"gid\":6,\"additionalGids\":[6],\"username\":\"1000\"")},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

/* ---- the rest ---- */

static void a_base_spec_is_kept_and_copied(void **state) {
  static const row rows[] = {
      {NEWEST, RUN, "{\"hostname\":\"h\"}", NULL, NULL, REST, "{\"ociVersion\":\"1.3.0\",\"hostname\":\"h\"}"},
      {"containerd-1.7.11", RUN, NULL, NULL, NULL, REST, "{\"ociVersion\":\"1.1.0-rc.1\"}"},
      {"containerd-1.7.12", RUN, NULL, NULL, NULL, REST, "{\"ociVersion\":\"1.1.0\"}"},
      {"containerd-2.2.0", RUN, NULL, NULL, NULL, REST, "{\"ociVersion\":\"1.2.1\"}"},
      {"containerd-2.2.1", RUN, NULL, NULL, NULL, REST, "{\"ociVersion\":\"1.3.0\"}"},
      {NEWEST, RUN, NULL, NULL, "{\"ociVersion\":\"x\",\"hostname\":\"y\",\"root\":{\"path\":\"r\"}}", REST,
       "{\"ociVersion\":\"x\",\"linux\":{\"cgroupsPath\":\"\\\\k8s.io\\\\c\"}}"},
      {NEWEST, RUN, NULL, NULL, "{\"linux\":{\"cgroupsPath\":\"z\",\"mountLabel\":\"l\"}}", REST,
       "{\"ociVersion\":\"\",\"linux\":{\"cgroupsPath\":\"\\\\k8s.io\\\\c\",\"mountLabel\":\"l\"}}"},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

static void a_base_spec_does_not_change(void **state) {
  static const row r = {NEWEST,
                        "{\"command\":[\"a\"],\"devices\":[{\"host_path\":\"class/G\"}]}",
                        NULL,
                        NULL,
                        "{\"ociVersion\":\"1\",\"process\":{\"user\":{\"uid\":0,\"gid\":0},\"env\":[\"A=1\"],"
                        "\"cwd\":\"C:\\\\\"},\"annotations\":{\"k\":\"v\"},\"windows\":{\"layerFolders\":null,"
                        "\"devices\":[{\"id\":\"I\",\"idType\":\"T\"}]}}",
                        WINDOWS,
                        NULL};
  building b;
  prepare(&b, *state, &r);
  assert_true(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
  assert_text(text_of(&b, &hcsref_type_oci_spec, b.container.runtime.base_spec), r.base);
  assert_text(
      part_of(&b, WINDOWS),
      "{\"layerFolders\":null,\"devices\":[{\"id\":\"I\",\"idType\":\"T\"},{\"id\":\"G\",\"idType\":\"class\"}],"
      "\"network\":{\"networkNamespace\":\"ns\"}}");
}

static void a_base_spec_may_be_missing(void **state) {
  static const hcsref_str name = {"b\"c", 3};
  static const row rows[] = {
      {"containerd-1.7.34", NULL, NULL, NULL, NULL, MESSAGE, "can't find base OCI spec \"b\\\"c\""},
      {"containerd-2.0.0", NULL, NULL, NULL, NULL, MESSAGE, "can't load base OCI spec \"b\\\"c\": not found"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    building b;
    prepare(&b, *state, &rows[i]);
    b.container.runtime.missing_base_spec = &name;
    assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
    assert_text(b.err.message, rows[i].expected);
  }
}

#define ALWAYS                                                                                                         \
  "\"io.kubernetes.cri.container-name\":\"app\",\"io.kubernetes.cri.container-type\":\"container\","                   \
  "\"io.kubernetes.cri.image-name\":\"img\",\"io.kubernetes.cri.sandbox-id\":\"s\","                                   \
  "\"io.kubernetes.cri.sandbox-name\":\"\",\"io.kubernetes.cri.sandbox-namespace\":\"\""

static void annotations_pass_by_pattern_and_cannot_be_forged(void **state) {
  static const row rows[] = {
      {"containerd-1.5.18", RUN, NULL, NULL, NULL, ANNOTATIONS, "{" ALWAYS "}"},
      {"containerd-1.6.0", RUN, NULL, NULL, NULL, ANNOTATIONS, "{" ALWAYS HP "}"},
      {"containerd-1.6.10", RUN, NULL, NULL, NULL, ANNOTATIONS, "{" ALWAYS HP "}"},
      {"containerd-1.6.11", RUN, NULL, NULL, NULL, ANNOTATIONS, "{" ALWAYS UID HP "}"},
      {NEWEST,
       "{\"command\":[\"a\"],\"annotations\":{\"io.container.x\":\"1\",\"io.container.xy\":\"2\",\"io.pod.a\":\"3\"}}",
       "{\"annotations\":{\"io.pod.a\":\"4\",\"io.pod.b/c\":\"5\",\"io.kubernetes.cri.sandbox-id\":\"6\"}}", NULL, NULL,
       ANNOTATIONS, "{\"io.container.x\":\"1\"," ALWAYS UID ",\"io.pod.a\":\"4\"" HP "}"},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

#define DEVICE(text) "{\"command\":[\"a\"],\"devices\":[" text "]}"
#define NO_DEVICE    "{\"layerFolders\":null,\"network\":{\"networkNamespace\":\"ns\"}}"
#define ONE_DEVICE(id, type)                                                                                           \
  "{\"layerFolders\":null,\"devices\":[{\"id\":\"" id "\",\"idType\":\"" type                                          \
  "\"}],\"network\":{\"networkNamespace\":\"ns\"}}"
#define REFUSED "failed to generate spec: "

static void devices_name_their_type(void **state) {
  static const row rows[] = {
      {"containerd-1.6.39", DEVICE("{\"host_path\":\"class/G\"}"), NULL, NULL, NULL, WINDOWS, NO_DEVICE},
      {"containerd-1.7.0", DEVICE("{\"host_path\":\"class/G\"}"), NULL, NULL, NULL, WINDOWS, ONE_DEVICE("G", "class")},
      {NEWEST, DEVICE("{\"host_path\":\"a://b://c\"}"), NULL, NULL, NULL, WINDOWS, ONE_DEVICE("b://c", "a")},
      {NEWEST, DEVICE("{\"host_path\":\"class/\"}"), NULL, NULL, NULL, WINDOWS, ONE_DEVICE("", "class")},
      {NEWEST, DEVICE("{\"host_path\":\"CLASS/G\"}"), NULL, NULL, NULL, MESSAGE,
       REFUSED "unrecognised HostPath format CLASS/G, must match IDType://ID"},
      {NEWEST, DEVICE("{\"host_path\":\"://i\"}"), NULL, NULL, NULL, MESSAGE,
       REFUSED "failed adding device with HostPath ://i: missing idType"},
      {NEWEST, DEVICE("{\"container_path\":\"c\",\"permissions\":\"p\"}"), NULL, NULL, NULL, MESSAGE,
       REFUSED "unexpected ContainerPath c, must be empty"},
      {NEWEST, DEVICE("{\"permissions\":\"p\"}"), NULL, NULL, NULL, MESSAGE,
       REFUSED "unexpected Permissions p, must be empty"},
      {NEWEST, DEVICE("null"), NULL, NULL, NULL, MESSAGE, REFUSED "a device is null"},
      {"containerd-1.6.39", DEVICE("null"), NULL, NULL, NULL, WINDOWS, NO_DEVICE},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

#define LIMITED(text) "{\"command\":[\"a\"],\"windows\":{\"resources\":{" text "}}}"
#define LIMITS(text)  "{\"layerFolders\":null,\"resources\":{" text "},\"network\":{\"networkNamespace\":\"ns\"}}"

static void limits_and_affinity_are_set_by_release(void **state) {
  static const row rows[] = {
      {"containerd-1.5.18", LIMITED(""), NULL, NULL, NULL, WINDOWS, LIMITS("\"memory\":{},\"cpu\":{}")},
      {"containerd-1.6.0", LIMITED(""), NULL, NULL, NULL, WINDOWS, LIMITS("\"memory\":{}")},
      {"containerd-2.1.9", LIMITED("\"affinity_cpus\":[{\"cpu_mask\":3}]"), NULL, NULL, NULL, WINDOWS,
       LIMITS("\"memory\":{}")},
      {"containerd-2.2.0", LIMITED("\"affinity_cpus\":[{\"cpu_mask\":3,\"cpu_group\":1},{}]"), NULL, NULL, NULL,
       WINDOWS, LIMITS("\"memory\":{},\"cpu\":{\"affinity\":[{\"mask\":3,\"group\":1},{}]}")},
      {"containerd-2.2.0", LIMITED("\"affinity_cpus\":[]"), NULL, NULL, NULL, WINDOWS,
       LIMITS("\"memory\":{},\"cpu\":{}")},
      {NEWEST, LIMITED("\"affinity_cpus\":[{\"cpu_mask\":3}]"), NULL, NULL, NULL, WINDOWS,
       LIMITS("\"memory\":{},\"cpu\":{\"affinity\":[{\"mask\":3}]}")},
      {NEWEST, LIMITED("\"affinity_cpus\":[null]"), NULL, NULL, NULL, MESSAGE, REFUSED "an affinity is null"},
      {"containerd-2.1.9", LIMITED("\"affinity_cpus\":[null]"), NULL, NULL, NULL, WINDOWS, LIMITS("\"memory\":{}")},
      {NEWEST, "{\"command\":[\"a\"],\"windows\":{\"security_context\":{\"credential_spec\":\"cs\"}}}",
       "{\"windows\":{\"security_context\":{\"credential_spec\":\"of the pod\"}}}", NULL, NULL, WINDOWS,
       "{\"layerFolders\":null,\"credentialSpec\":\"cs\",\"network\":{\"networkNamespace\":\"ns\"}}"},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

#define MOUNT(from, to) "{\"command\":[\"a\"],\"mounts\":[{\"host_path\":\"" from "\",\"container_path\":\"" to "\"}]}"
#define MOUNTED(from, to)                                                                                              \
  "{\"ociVersion\":\"\",\"mounts\":[{\"destination\":\"" to "\",\"source\":\"" from "\",\"options\":[\"rw\"]}]}"
#define VOLUME "C:\\\\root\\\\volumes\\\\v"

static void mounts_and_volumes_are_placed_by_release(void **state) {
  static const row rows[] = {
      {"containerd-1.5.18", MOUNT("h", "/x"), NULL, NULL, NULL, MOUNTS, MOUNTED("h", "\\\\x")},
      {"containerd-1.6.0", MOUNT("h", "/x"), NULL, NULL, NULL, MOUNTS, MOUNTED("h", "C:\\\\x")},
      {"containerd-1.6.4", MOUNT("h", "D:"), NULL, NULL, NULL, MOUNTS, MOUNTED("h", "D:.")},
      {"containerd-1.6.5", MOUNT("h", "D:"), NULL, NULL, NULL, MOUNTS, MOUNTED("h", "D:")},
      {"containerd-1.6.4", MOUNT("h", "c:"), NULL, NULL, NULL, MOUNTS, MOUNTED("h", "c:.")},
      {"containerd-1.6.5", MOUNT("h", "c:"), NULL, NULL, NULL, MESSAGE, REFUSED "destination path can not be C drive"},
      {NEWEST, MOUNT("\\\\\\\\.\\\\pipe\\\\p", "C:"), NULL, NULL, NULL, MOUNTS,
       MOUNTED("\\\\\\\\.\\\\pipe\\\\p", "C:")},
      {"containerd-1.5.18", RUN, NULL, "{\"Volumes\":{\"/v\":{}}}", NULL, MESSAGE,
       REFUSED "failed to stat \"C:\\\\root\\\\volumes\\\\v\": not there"},
      {NEWEST, RUN, NULL, "{\"Volumes\":{\"/v\":{}}}", NULL, MOUNTS, MOUNTED(VOLUME, "C:\\\\v")},
      {NEWEST, MOUNT("h", "\\\\v\\\\"), NULL, "{\"Volumes\":{\"/v\":{}}}", NULL, MOUNTS, MOUNTED("h", "C:\\\\v")},
      {NEWEST, RUN, NULL, "{\"Volumes\":{\"C:\":{}}}", NULL, MESSAGE, REFUSED "destination path can not be C drive"},
      {NEWEST, "{\"command\":[\"a\"],\"mounts\":[null]}", NULL, NULL, NULL, MESSAGE, REFUSED "a mount is null"},
      {NEWEST, "{\"command\":[\"a\"],\"mounts\":[null]}", NULL, "{\"Volumes\":{\"v\":{}}}", NULL, MESSAGE,
       REFUSED "a mount is null"},
  };
  check_rows(*state, rows, COUNT_OF(rows));
}

static void errors_say_where_in_the_request(void **state) {
  static const struct {
    const char *config, *image, *code, *where;
  } rows[] = {
      {MOUNT("h", "c:"), NULL, "mount-system-drive", "/config/mounts/0/container_path"},
      {RUN, "{\"Volumes\":{\"C:\":{}}}", "mount-system-drive", "/image_config/Volumes/0/container_path"},
      {DEVICE("{},null"), NULL, "device-format", "/config/devices/0/host_path"},
      {LIMITED("\"affinity_cpus\":[{},null]"), NULL, "cri-null-affinity", "/config/windows/resources/affinity_cpus/1"},
      {AS("1"), NULL, "user-lookup", "/config/windows/security_context/run_as_username"},
      {RUN, "{\"User\":\"1\"}", "user-lookup", "/image_config/User"},
      {"{}", NULL, "command-missing", "/config/command"},
      {HPC(""), NULL, "host-process-mismatch", "/config/windows/security_context/host_process"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const row r = {NEWEST, rows[i].config, NULL, rows[i].image, NULL, MESSAGE, NULL};
    building b;
    prepare(&b, *state, &r);
    assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
    assert_string_equal(b.err.code, rows[i].code);
    assert_text(b.err.where, rows[i].where);
    assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, NULL));
  }
}

static void configs_and_containerd_are_needed(void **state) {
  static const row r = {NEWEST, NULL, NULL, NULL, NULL, MESSAGE, NULL};
  building b;
  prepare(&b, *state, &r);
  b.container.config = NULL;
  assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
  assert_text(b.err.where, "/config");
  assert_text(b.err.message, "there is no container config");
  b.container.sandbox_config = NULL;
  assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
  assert_text(b.err.where, "/config");
  prepare(&b, *state, &r);
  b.container.sandbox_config = NULL;
  assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
  assert_text(b.err.where, "/sandbox_config");
  assert_text(b.err.message, "there is no pod config");
  prepare(&b, *state, &r);
  b.container.profile = hcsref_profile_find(*state, HCSREF_LIT("go-1.22.12"), &b.err);
  assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
  assert_string_equal(b.err.code, "unsupported");
}

/* Upstream's check stands before it looks into either config. */
static void host_process_is_checked_before_configs_are_needed(void **state) {
  static const row r = {NEWEST, HPC(""), NULL, NULL, NULL, MESSAGE, NULL};
  building b;
  prepare(&b, *state, &r);
  b.container.sandbox_config = NULL;
  assert_false(hcsref_cri_container_spec(*state, &b.container, &b.fake.host, &b.spec, &b.err));
  assert_string_equal(b.err.code, "host-process-mismatch");
}

static void a_snapshot_has_the_size_of_its_root(void **state) {
  static const struct {
    const char *profile, *labels;
  } rows[] = {
      {"containerd-1.6.39", "null"},
      {"containerd-1.7.0", "{\"containerd.io/snapshot/windows/rootfs.sizebytes\":\"-5\"}"},
      {NEWEST, "{\"containerd.io/snapshot/windows/rootfs.sizebytes\":\"-5\"}"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const row r = {rows[i].profile, LIMITED("\"rootfs_size_in_bytes\":-5"), NULL, NULL, NULL, MESSAGE, NULL};
    hcsref_map labels;
    building b;
    prepare(&b, *state, &r);
    assert_true(hcsref_cri_snapshot_labels(*state, &b.container, &labels));
    assert_text(text_of(&b, &hcsref_type_string_map, &labels), rows[i].labels);
    b.container.config = NULL;
    assert_true(hcsref_cri_snapshot_labels(*state, &b.container, &labels));
    assert_null(labels.entries);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(commands_come_from_config_and_image),
      arena_test(variables_replace_only_those_of_the_base_spec),
      arena_test(host_process_is_for_all_of_a_pod),
      arena_test(users_are_names_or_pairs_of_numbers),
      arena_test(a_base_spec_takes_any_user),
      arena_test(a_base_spec_is_kept_and_copied),
      arena_test(a_base_spec_does_not_change),
      arena_test(a_base_spec_may_be_missing),
      arena_test(annotations_pass_by_pattern_and_cannot_be_forged),
      arena_test(devices_name_their_type),
      arena_test(limits_and_affinity_are_set_by_release),
      arena_test(mounts_and_volumes_are_placed_by_release),
      arena_test(errors_say_where_in_the_request),
      arena_test(configs_and_containerd_are_needed),
      arena_test(host_process_is_checked_before_configs_are_needed),
      arena_test(a_snapshot_has_the_size_of_its_root),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
