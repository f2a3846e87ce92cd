/* SPDX-License-Identifier: Apache-2.0 */
/* Group managed service accounts. Source: hcsshim internal/hcsoci/hcsdoc_wcow.go createWindowsContainerDocument. */
#include "hcs/document.h"

/* Only a JSON string is a credential spec to upstream: an object, which the OCI specification asks for, is passed
 * over in silence, and with it the guard's state. */
bool hcsref_build_credentials(hcsref_builder *b) {
  hcsref_document_parts *parts = b->parts;
  const hcsref_value *spec = &b->windows->credential_spec;
  if (spec->kind != HCSREF_VALUE_STRING)
    return true;
  parts->v1.credentials = spec->as.string;
  HCSREF_NOTE(b, parts->v1.credentials, "createWindowsContainerDocument: a string, as it is",
              "/windows/credentialSpec");
  if (b->options->ccg_state != NULL) {
    parts->credential_guard = *b->options->ccg_state;
    parts->v2.container_credential_guard = &parts->credential_guard;
    HCSREF_NOTE(b, parts->credential_guard, "CreateCredentialGuard: what Windows gave for the credential spec",
                "option ccg-state");
  }
  return true;
}
