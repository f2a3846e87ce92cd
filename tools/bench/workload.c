/* SPDX-License-Identifier: Apache-2.0 */
#include "workload.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LAYERS "C:\\ProgramData\\containerd\\root\\io.containerd.snapshotter.v1.windows\\snapshots\\"

/* What every Windows pod has. */
static json_t *small_spec(void) {
  return json_pack("{s:s, s:{s:{s:s}, s:[s,s], s:[s,s], s:s}, s:{s:s}, s:s, s:[], s:{s:s, s:s}, "
                   "s:{s:[s,s], s:{s:{s:I}, s:{s:i}}, s:{s:s}}}",
                   "ociVersion", "1.1.0", "process", "user", "username", "ContainerUser", "args", "C:\\app\\server.exe",
                   "--config=C:\\etc\\server.json", "env", "PATH=C:\\Windows\\system32;C:\\Windows",
                   "KUBERNETES_SERVICE_HOST=10.96.0.1", "cwd", "C:\\app", "root", "path",
                   "\\\\?\\Volume{8a25748f-cf34-4ac6-9ee2-c89400e886db}\\", "hostname", "web-7d4b9c6f5-x2x9p", "mounts",
                   "annotations", "io.kubernetes.cri.container-type", "container", "io.kubernetes.cri.sandbox-id",
                   "0f9d6c1d2b7a4e55", "windows", "layerFolders", LAYERS "7", LAYERS "8", "resources", "memory",
                   "limit", (json_int_t)536870912, "cpu", "maximum", 5000, "network", "networkNamespace",
                   "4f2e7f0a-6d3c-4f6b-9a43-0e7c5b7f2d11");
}

/* Where kubelet and the container want the n-th volume; the deterministic mix of short and long is the point. */
static int append_mount(json_t *spec, size_t n) {
  static const char *const kinds[] = {"kubernetes.io~empty-dir", "kubernetes.io~configmap", "kubernetes.io~secret",
                                      "kubernetes.io~csi"};
  char source[256];
  char destination[128];
  snprintf(source, sizeof(source), "C:\\var\\lib\\kubelet\\pods\\6b0a4f9e-3f51-4a5e-8f0f-%012zx\\volumes\\%s\\data-%zu",
           n * 2654435761U % 0xffffffffffffU, kinds[n % 4], n);
  snprintf(destination, sizeof(destination), "C:\\app\\volumes\\data-%zu", n);
  return json_array_append_new(json_object_get(spec, "mounts"),
                               json_pack("{s:s, s:s, s:[s]}", "destination", destination, "source", source, "options",
                                         n % 3 == 0 ? "rw" : "ro"));
}

static int append_env(json_t *spec, size_t n) {
  char line[128];
  snprintf(line, sizeof(line), "SERVICE_%zu_PORT_8080_TCP=tcp://10.96.%zu.%zu:8080", n, n / 250 % 250, n % 250);
  return json_array_append_new(json_object_get(json_object_get(spec, "process"), "env"), json_string(line));
}

static int set_annotation(json_t *spec, size_t n) {
  char key[64];
  snprintf(key, sizeof(key), "example.com/owner-%zu", n);
  return json_object_set_new(json_object_get(spec, "annotations"), key, json_string("team=\"storage & images\""));
}

/* A parent goes before the scratch folder, which is last. */
static int insert_layer(json_t *spec, size_t n) {
  char folder[128];
  snprintf(folder, sizeof(folder), LAYERS "%zu", 100 + n);
  return json_array_insert_new(json_object_get(json_object_get(spec, "windows"), "layerFolders"), 0,
                               json_string(folder));
}

static size_t size_of(const json_t *spec) {
  return json_dumpb(spec, NULL, 0, JSON_COMPACT);
}

static bool finish(workload *out, const char *name, json_t *spec, size_t mounts) {
  out->name = name;
  out->text = spec == NULL ? NULL : json_dumps(spec, JSON_COMPACT);
  out->size = out->text == NULL ? 0 : strlen(out->text);
  out->mounts = mounts;
  json_decref(spec);
  return out->text != NULL;
}

/* Fills the spec up to the byte with one environment variable. */
static bool pad(json_t *spec, size_t size) {
  json_t *env = json_object_get(json_object_get(spec, "process"), "env");
  size_t left;
  char *line;
  json_t *value;
  if (json_array_append_new(env, json_string("")) != 0 || size_of(spec) > size)
    return false;
  left = size - size_of(spec);
  line = malloc(left + 1);
  if (line == NULL)
    return false;
  for (size_t i = 0; i < left; i++)
    line[i] = "PADDING=0123456789abcdef"[i < 8 ? i : 8 + i % 16];
  value = json_stringn(line, left);
  free(line);
  return json_array_set_new(env, json_array_size(env) - 1, value) == 0;
}

/* Grows a spec to the size; it is gone when that fails. */
static bool grow_to(workload *out, const char *name, json_t *spec, size_t size) {
  static int (*const grow[])(json_t * spec, size_t n) = {append_mount, append_env, append_env, append_env,
                                                         set_annotation};
  enum { LARGEST_STEP = 320, LAYERS_WANTED = 4, ROOM_FOR_LAYERS = 3000 };
  bool ok = spec != NULL;
  for (size_t n = 0; ok && n < LAYERS_WANTED && size >= ROOM_FOR_LAYERS; n++)
    ok = insert_layer(spec, n) == 0;
  for (size_t n = 0; ok && size_of(spec) + LARGEST_STEP < size; n++)
    ok = grow[n % (sizeof(grow) / sizeof(grow[0]))](spec, n) == 0;
  ok = ok && pad(spec, size);
  if (!ok) {
    json_decref(spec);
    return false;
  }
  return finish(out, name, spec, 0);
}

bool workload_of_size(workload *out, const char *name, size_t size) {
  return grow_to(out, name, small_spec(), size);
}

/* The sandbox of a pod, in a VM of 2 GB. */
static json_t *machine_spec(void) {
  json_t *spec = small_spec(), *annotations = json_object_get(spec, "annotations");
  bool ok = json_object_set_new(annotations, "io.kubernetes.cri.container-type", json_string("sandbox")) == 0 &&
            json_object_set_new(annotations, "io.kubernetes.cri.sandbox-id", json_string(WORKLOAD_POD)) == 0 &&
            json_object_set_new(annotations, "io.microsoft.virtualmachine.computetopology.memory.sizeinmb",
                                json_string("2048")) == 0 &&
            json_object_set_new(json_object_get(spec, "windows"), "hyperv", json_object()) == 0;
  if (ok)
    return spec;
  json_decref(spec);
  return NULL;
}

bool workload_of_machine(workload *out, const char *name, size_t size) {
  out->kind = WORKLOAD_MACHINE;
  return grow_to(out, name, machine_spec(), size);
}

/* ---- what specs are made of ---- */

/* Adds pieces until none more surely fits, then fills up to the byte with `last`, a string that is in there already. */
static bool grow_config(workload *out, const char *name, json_t *config, size_t size,
                        int (*add)(json_t *config, size_t n), json_t *last) {
  enum { LARGEST_PIECE = 320 };
  char *padding;
  size_t left;
  bool ok = config != NULL && last != NULL;
  for (size_t n = 0; ok && size_of(config) + LARGEST_PIECE < size; n++)
    ok = add(config, n) == 0;
  left = ok && size_of(config) < size ? size - size_of(config) : 0;
  padding = malloc(left + 1);
  ok = ok && left > 0 && padding != NULL;
  if (ok) {
    memset(padding, 'x', left);
    ok = json_string_setn(last, padding, left) == 0;
  }
  free(padding);
  if (ok)
    return finish(out, name, config, 0);
  json_decref(config);
  return false;
}

static int add_to_cri(json_t *config, size_t n) {
  char name[64], value[128], host[192];
  snprintf(name, sizeof(name), "SERVICE_%zu_PORT_8080_TCP", n);
  snprintf(value, sizeof(value), "tcp://10.96.%zu.%zu:8080", n / 250 % 250, n % 250);
  if (n % 4 != 0)
    return json_array_append_new(json_object_get(config, "envs"), json_pack("{s:s, s:s}", "key", name, "value", value));
  snprintf(name, sizeof(name), "C:\\app\\volumes\\data-%zu", n);
  snprintf(host, sizeof(host), "C:\\var\\lib\\kubelet\\pods\\6b0a4f9e-3f51\\volumes\\data-%zu", n);
  return json_array_append_new(json_object_get(config, "mounts"), json_pack("{s:s, s:s, s:b}", "container_path", name,
                                                                            "host_path", host, "readonly", n % 8 == 0));
}

bool workload_of_cri(workload *out, const char *name, size_t size) {
  json_t *padding = json_string("");
  json_t *config = json_pack(
      "{s:{s:s}, s:{s:s}, s:[s,s], s:[], s:[], s:{s:s, s:O}, s:{s:{s:I, s:i}}}", "metadata", "name", "server", "image",
      "image", "docker.io/library/app:1", "command", "C:\\app\\server.exe", "--config=C:\\etc\\server.json", "envs",
      "mounts", "annotations", "example.com/owner", "team=\"storage & images\"", "example.com/padding", padding,
      "windows", "resources", "memory_limit_in_bytes", (json_int_t)536870912, "cpu_maximum", 5000);
  bool ok = grow_config(out, name, config, size, add_to_cri, padding);
  out->kind = WORKLOAD_CRI;
  json_decref(padding);
  return ok;
}

static int add_to_docker(json_t *config, size_t n) {
  char key[64], line[128];
  if (n % 4 == 0) {
    snprintf(key, sizeof(key), "com.example.label-%zu", n);
    return json_object_set_new(json_object_get(config, "Labels"), key, json_string("team=\"storage & images\""));
  }
  snprintf(line, sizeof(line), "SERVICE_%zu_PORT_8080_TCP=tcp://10.96.%zu.%zu:8080", n, n / 250 % 250, n % 250);
  return json_array_append_new(json_object_get(config, "Env"), json_string(line));
}

bool workload_of_docker(workload *out, const char *name, size_t size) {
  json_t *padding = json_string("");
  json_t *config = json_pack("{s:s, s:s, s:s, s:[s,s], s:[], s:{s:O}}", "Hostname", "web-0", "User", "ContainerUser",
                             "Image", "app:1", "Cmd", "C:\\app\\server.exe", "--config=C:\\etc\\server.json", "Env",
                             "Labels", "com.example.padding", padding);
  bool ok = grow_config(out, name, config, size, add_to_docker, padding);
  out->kind = WORKLOAD_DOCKER;
  json_decref(padding);
  return ok;
}

bool workload_of_mounts(workload *out, const char *name, size_t mounts) {
  json_t *spec = small_spec();
  bool ok = spec != NULL;
  for (size_t n = 0; ok && n < mounts; n++)
    ok = append_mount(spec, n) == 0;
  if (!ok) {
    json_decref(spec);
    return false;
  }
  return finish(out, name, spec, mounts);
}
