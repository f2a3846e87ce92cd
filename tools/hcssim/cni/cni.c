/* SPDX-License-Identifier: Apache-2.0 */
/* hcssim-cni: a CNI plugin that gives each pod an address and makes nothing. containerd starts no pod without a plugin
 * (internal/cri/server/sandbox_run.go setupPodNetwork). Contract: CNI specification 1.0.0, sections 2 to 4.
 *
 * Exit status: 0 done; 1 CNI_COMMAND is none of the specification's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 10.88.x.y of the container's id: FNV-1a. Two pods may have the same. */
static unsigned address_of(const char *id) {
  unsigned hash = 2166136261u;
  for (; *id != '\0'; id++)
    hash = (hash ^ (unsigned char)*id) * 16777619u;
  return hash % 65000 + 2;
}

static int add(void) {
  const char *id = getenv("CNI_CONTAINERID");
  unsigned address = address_of(id == NULL ? "" : id);
  printf("{\"cniVersion\":\"1.0.0\",\"interfaces\":[{\"name\":\"eth0\"}],\"ips\":[{\"address\":\"10.88.%u.%u/16\","
         "\"gateway\":\"10.88.0.1\",\"interface\":0}]}\n",
         address / 256, address % 256);
  return 0;
}

int main(void) {
  static const char *const silent[] = {"DEL", "CHECK", "GC", "STATUS"};
  const char *command = getenv("CNI_COMMAND");
  if (command != NULL && strcmp(command, "ADD") == 0)
    return add();
  if (command != NULL && strcmp(command, "VERSION") == 0) {
    puts("{\"cniVersion\":\"1.0.0\",\"supportedVersions\":[\"0.3.1\",\"0.4.0\",\"1.0.0\"]}");
    return 0;
  }
  for (size_t i = 0; command != NULL && i < sizeof(silent) / sizeof(silent[0]); i++)
    if (strcmp(command, silent[i]) == 0)
      return 0;
  puts("{\"cniVersion\":\"1.0.0\",\"code\":4,\"msg\":\"CNI_COMMAND is not known\"}");
  return 1;
}
