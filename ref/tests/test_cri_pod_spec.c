/* SPDX-License-Identifier: Apache-2.0 */
/* The whole specs of pods, on both sides of each change. */
#include "cri_spec_stage.h"

#define POD_SPEC(version, gids, user, cred, annotations)                                                               \
  "{\"ociVersion\":\"" version "\",\"process\":{\"user\":{\"uid\":0,\"gid\":0" gids user                               \
  "},\"args\":[\"p\"],\"env\":[\"A=1\"],"                                                                              \
  "\"cwd\":\"w\"},\"hostname\":\"h\",\"annotations\":{\"io.kubernetes.cri.container-type\":\"sandbox\"," annotations   \
  "},\"windows\":{\"layerFolders\":null,\"resources\":{\"cpu\":{\"shares\":2}}" cred                                   \
  ",\"network\":{\"networkNamespace\":\"ns\"}}}"
#define POD_IS                                                                                                         \
  "\"io.kubernetes.cri.sandbox-id\":\"s\",\"io.kubernetes.cri.sandbox-log-directory\":\"l\","                          \
  "\"io.kubernetes.cri.sandbox-name\":\"\",\"io.kubernetes.cri.sandbox-namespace\":\"\""
#define POD_HAS  ",\"io.pod.x\":\"1\""
#define PAUSE(i) "\"io.kubernetes.cri.podsandbox.image-name\":\"" i "\","

static void pods_have_a_spec_of_their_own(void **state) {
  static const struct {
    const char *profile, *image, *expected;
  } rows[] = {
      {"containerd-1.5.18", "", POD_SPEC("1.0.2-dev", "", "", "", POD_IS POD_HAS)},
      {"containerd-1.6.0", "",
       POD_SPEC("1.0.2-dev", "", ",\"username\":\"u\"", ",\"credentialSpec\":\"cs\"", POD_IS POD_HAS HP)},
      {"containerd-1.7.34", "i",
       POD_SPEC("1.1.0", GIDS, ",\"username\":\"u\"", ",\"credentialSpec\":\"cs\"", POD_IS UID POD_HAS HP)},
      {"containerd-2.0.0", "i",
       POD_SPEC("1.2.0", GIDS, ",\"username\":\"u\"", ",\"credentialSpec\":\"cs\"", PAUSE("i") POD_IS UID POD_HAS HP)},
      {"containerd-2.1.9", "",
       POD_SPEC("1.2.1", GIDS, ",\"username\":\"u\"", ",\"credentialSpec\":\"cs\"",
                PAUSE("registry.k8s.io/pause:3.10") POD_IS UID POD_HAS HP)},
      {"containerd-2.2.0", "",
       POD_SPEC("1.2.1", GIDS, ",\"username\":\"u\"", ",\"credentialSpec\":\"cs\"",
                PAUSE("registry.k8s.io/pause:3.10.1") POD_IS UID POD_HAS HP)},
      {NEWEST, "",
       POD_SPEC("1.3.0", GIDS, ",\"username\":\"u\"", ",\"credentialSpec\":\"cs\"",
                PAUSE("registry.k8s.io/pause:3.10.2") POD_IS UID POD_HAS HP)},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const row r = {rows[i].profile,
                   NULL,
                   POD,
                   "{\"Entrypoint\":[\"p\"],\"Env\":[\"A=1\"],\"WorkingDir\":\"w\","
                   "\"User\":\"i\",\"ArgsEscaped\":true}",
                   NULL,
                   REST,
                   NULL};
    hcsref_cri_sandbox sandbox = {0};
    building b;
    prepare(&b, *state, &r);
    sandbox.profile = b.container.profile;
    sandbox.id = HCSREF_LIT("s");
    sandbox.network_namespace = HCSREF_LIT("ns");
    sandbox.image = hcsref_cstr(rows[i].image);
    sandbox.config = b.container.sandbox_config;
    sandbox.image_config = b.container.image_config;
    sandbox.pod_annotations = b.container.runtime.pod_annotations;
    assert_true(hcsref_cri_sandbox_spec(*state, &sandbox, &b.spec, &b.err));
    assert_text(text_of(&b, &hcsref_type_oci_spec, &b.spec), rows[i].expected);
  }
}

#define EMPTY_IMAGE(more)                                                                                              \
  "invalid empty entrypoint and cmd in image config &{User:u ExposedPorts:map[1:{} 2:{}] Env:[A=1 B=2] Entrypoint:[] " \
  "Cmd:[] Volumes:map[v:{}] WorkingDir:w Labels:map[a:b c:d] StopSignal:s" more "}"

static void a_pod_needs_a_command_of_its_image(void **state) {
  static const struct {
    const char *profile, *message;
  } rows[] = {
      {"containerd-1.6.19", EMPTY_IMAGE("")},
      {"containerd-1.6.20", EMPTY_IMAGE(" ArgsEscaped:true")},
      {NEWEST, EMPTY_IMAGE(" ArgsEscaped:true")},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const row r = {
        rows[i].profile,
        NULL,
        NULL,
        "{\"User\":\"u\",\"ExposedPorts\":{\"2\":{},\"1\":{\"a\":0}},\"Env\":[\"A=1\",\"B=2\"],\"Volumes\":{\"v\":{}},"
        "\"WorkingDir\":\"w\",\"Labels\":{\"c\":\"d\",\"a\":\"b\"},\"StopSignal\":\"s\",\"ArgsEscaped\":true}",
        NULL,
        MESSAGE,
        NULL};
    hcsref_cri_sandbox sandbox = {0};
    building b;
    prepare(&b, *state, &r);
    sandbox.profile = b.container.profile;
    sandbox.image_config = b.container.image_config;
    assert_false(hcsref_cri_sandbox_spec(*state, &sandbox, &b.spec, &b.err));
    assert_text(b.err.message, rows[i].message);
    sandbox.config = b.container.sandbox_config;
    assert_false(hcsref_cri_sandbox_spec(*state, &sandbox, &b.spec, &b.err));
    assert_text(b.err.message, rows[i].message);
  }
}

static void a_pod_needs_a_config(void **state) {
  static const row r = {NEWEST, NULL, NULL, "{\"Cmd\":[\"c\"]}", NULL, MESSAGE, NULL};
  hcsref_cri_sandbox sandbox = {0};
  building b;
  prepare(&b, *state, &r);
  sandbox.profile = b.container.profile;
  sandbox.image_config = b.container.image_config;
  assert_false(hcsref_cri_sandbox_spec(*state, &sandbox, &b.spec, &b.err));
  assert_text(b.err.where, "/sandbox_config");
  assert_text(b.err.message, "there is no pod config");
}

static void a_pods_user_is_said_to_be_where_it_is(void **state) {
  static const struct {
    const char *pod, *where;
  } rows[] = {
      {"{\"windows\":{\"security_context\":{\"run_as_username\":\"1\"}}}",
       "/sandbox_config/windows/security_context/run_as_username"},
      {"{}", "/image_config/User"},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const row r = {NEWEST, NULL, rows[i].pod, "{\"Cmd\":[\"c\"],\"User\":\"2\"}", NULL, MESSAGE, NULL};
    hcsref_cri_sandbox sandbox = {0};
    building b;
    prepare(&b, *state, &r);
    sandbox.profile = b.container.profile;
    sandbox.config = b.container.sandbox_config;
    sandbox.image_config = b.container.image_config;
    assert_false(hcsref_cri_sandbox_spec(*state, &sandbox, &b.spec, &b.err));
    assert_string_equal(b.err.code, "user-lookup");
    assert_text(b.err.where, rows[i].where);
  }
}

static void limits_of_a_running_container_change(void **state) {
  static const struct {
    const char *profile, *resources, *expected;
  } rows[] = {
      {"containerd-2.2.7", "{\"cpu_count\":2,\"affinity_cpus\":[{\"cpu_mask\":1}]}",
       "{\"layerFolders\":null,\"resources\":{\"memory\":{\"limit\":9},\"cpu\":{\"count\":2}}}"},
      {"containerd-2.3.0", "{\"cpu_count\":2,\"affinity_cpus\":[null,{\"cpu_mask\":1}]}",
       "{\"layerFolders\":null,\"resources\":{\"memory\":{\"limit\":9},\"cpu\":{\"count\":2,\"affinity\":[{\"mask\":1}]"
       "}}}"},
      {NEWEST, NULL, "{\"layerFolders\":null,\"resources\":{\"memory\":{\"limit\":9}}}"},
      {"containerd-1.5.18", NULL, NULL},
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const row r = {rows[i].profile,
                   NULL,
                   NULL,
                   NULL,
                   "{\"windows\":{\"layerFolders\":null,\"resources\":{\"memory\":{\"limit\":9}}}}",
                   WINDOWS,
                   NULL};
    hcsref_oci_spec none = {0};
    building b;
    bool ok;
    prepare(&b, *state, &r);
    b.spec = *b.container.runtime.base_spec;
    ok = hcsref_cri_update_resources(*state, b.container.profile,
                                     decode(&b, rows[i].resources, &hcsref_type_cri_windows_container_resources),
                                     &b.spec, &b.err);
    assert_int_equal(ok, rows[i].expected != NULL);
    if (ok)
      assert_text(part_of(&b, WINDOWS), rows[i].expected);
    else
      assert_string_equal(b.err.code, "unsupported");
    assert_int_equal(hcsref_cri_update_resources(*state, b.container.profile, NULL, &none, NULL), ok);
    assert_int_equal(none.windows != NULL, ok);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      arena_test(pods_have_a_spec_of_their_own),
      arena_test(a_pod_needs_a_command_of_its_image),
      arena_test(a_pod_needs_a_config),
      arena_test(a_pods_user_is_said_to_be_where_it_is),
      arena_test(limits_of_a_running_container_change),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
