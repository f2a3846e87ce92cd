/* SPDX-License-Identifier: Apache-2.0 */
/* How the steps of dockerd's document fail. */
#include "docker/document.h"

bool hcsref_docker_fail(const hcsref_docker_builder *b, const char *code, const char *where, const char *message) {
  return hcsref_fail(b->arena, b->err, code, hcsref_cstr(where), "%s", message);
}
