/* SPDX-License-Identifier: Apache-2.0 */
/** @file Between the walk over a document and the rules. */
#ifndef KIT_LINT_CHECKS_H
#define KIT_LINT_CHECKS_H

#include "lint/lint.h"

/** A value and how it was reached. */
typedef struct kit_place {
  const struct kit_place *up;
  hcsref_str key; /* null data: an element */
  size_t index;
} kit_place;

typedef struct kit_linter {
  hcsref_arena *arena;  /* of what lives as long as the document */
  hcsref_arena scratch; /* of a finding while it is handed over */
  const kit_document *document;
  uint64_t told;
  size_t depth;
  void (*found)(void *context, const kit_finding *finding);
  void *context;
  bool out_of_memory;
  bool hosted;    /* the container runs in a utility VM: its paths are the VM's; or nobody knows */
  bool partial;   /* one of two documents, of which only one is used */
  bool for_linux; /* a container for Linux: its own paths are Linux's */
} kit_linter;

/** Hands over a finding at `at`, or at its member `member` when that is not null. The format is hcsref_format's. */
void kit_lint_tell(kit_linter *l, const kit_place *at, const char *member, const char *rule, const char *format, ...);
/** The same about the key at `at`, with the key that is right, or null. */
void kit_lint_tell_key(kit_linter *l, const kit_place *at, const char *mend, const char *rule, const char *format, ...);
/** The same about a string that should be another one. */
void kit_lint_tell_text(kit_linter *l, const kit_place *at, const char *member, hcsref_str mend, const char *rule,
                        const char *format, ...);

/** Applies the rules for objects of `type`. */
void kit_lint_object(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object);

/** A check of objects of one type. */
typedef struct kit_check {
  const hcsref_type *type;
  void (*check)(kit_linter *l, const kit_place *at, const kit_json *object);
} kit_check;

/* Ended by one without a type. */
extern const kit_check kit_container_checks[], kit_device_checks[], kit_vm_checks[], kit_request_checks[],
    kit_service_checks[], kit_spec_checks[], kit_vm_part_checks[];

/** Is the number an integer that a field of that kind holds? */
bool kit_lint_holds(hcsref_kind kind, const kit_json *number);
/** Tells of a number that a field of an integer kind does not hold. */
void kit_lint_number(kit_linter *l, const kit_place *at, hcsref_kind kind, const kit_json *node);
/** Applies the forms of texts and numbers of `type`'s members. */
void kit_lint_forms(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object);
/** Is the text, unless it is empty, the MAC address of an adapter? */
void kit_lint_mac(kit_linter *l, const kit_place *at, const char *member, hcsref_str text);

/** The name of a registry key, which stands in its hive. */
void kit_lint_key_name(kit_linter *l, const kit_place *at, const kit_json *key);
/** No two elements of the list at `list` have the same text at `member`, in whatever case. */
void kit_lint_alike(kit_linter *l, const kit_place *at, const kit_json *object, const char *list, const char *member,
                    const char *rule);
bool kit_is_base64(hcsref_str text);

/** The paths of a layerchain.json. */
void kit_lint_layer_chain(kit_linter *l, const kit_place *at, const kit_json *list);

/* ---- names that are no field ------------------------------------------------------------------------- */

/** Says what a member that `type` does not have may have been meant to be. */
void kit_lint_unknown(kit_linter *l, const kit_place *at, const hcsref_type *type, const kit_json *object,
                      const kit_json *member);
/** Is it a field of Windows' own schema that hcsshim's tables lack? */
bool kit_is_windows_field(const hcsref_type *type, hcsref_str key);
/** Says when the text is not the number of a place of a SCSI controller. */
void kit_lint_lun(kit_linter *l, const kit_place *at, const char *member, hcsref_str text);
/** Says when the build that was asked for does not have it. */
void kit_lint_build(kit_linter *l, const kit_place *at, const hcsref_type *type, hcsref_str key);
/** Says when a known field is not one of the build or release that was asked for. */
void kit_lint_known(kit_linter *l, const kit_place *at, const hcsref_type *type, const hcsref_field *field);

/* ---- paths ------------------------------------------------------------------------------------------- */

/** One mapped directory. */
void kit_lint_directory(kit_linter *l, const kit_place *at, const kit_json *directory);
/** The mapped directories of a container, beside each other. */
void kit_lint_directories(kit_linter *l, const kit_place *at, const kit_json *object);
/** What a path in a container hides: "C:\Windows", or null. `path` is given as the document has it. */
const char *kit_hidden_by(hcsref_str path);
/** Is the path at `member`, if there is one, spelt as one, and absolute? If it is not absolute, `rule` is broken. */
void kit_lint_absolute(kit_linter *l, const kit_place *at, const kit_json *object, const char *member,
                       const char *rule);
/** A drive letter and a colon, perhaps with separators behind it: a whole drive. */
bool kit_is_drive(hcsref_str path);
/** Says when a name in the Windows path is one of a device, such as NUL. */
void kit_lint_reserved(kit_linter *l, const kit_place *at, const char *member, hcsref_str path);
/** Are the paths the same but for case, slashes and what ends them? */
bool kit_same_path(hcsref_str a, hcsref_str b);

/** The name that a guest finds a share by: is it plain? */
void kit_lint_share_name(kit_linter *l, const kit_place *at, const kit_json *object, const char *member);
/** A VM's megabytes; none at all are wrong only where `zero` says so. */
void kit_lint_vm_memory(kit_linter *l, const kit_place *at, const char *member, const kit_json *size, bool zero);

/* ---- the network ------------------------------------------------------------------------------------- */

/** The ids in a v1 container's EndpointList. */
void kit_lint_endpoints(kit_linter *l, const kit_place *at, const kit_json *object);
/** The name in HostName, if there is one. */
void kit_lint_host_name(kit_linter *l, const kit_place *at, const kit_json *object);

/** A credential spec within a string, which Windows reads as it is. */
void kit_lint_credential_text(kit_linter *l, const kit_place *at, const char *member, const kit_json *value);

/* ---- values ------------------------------------------------------------------------------------------ */

bool kit_is_guid(hcsref_str text);
void kit_lint_guid(kit_linter *l, const kit_place *at, const kit_json *object, const char *member, const char *rule);
/** Is it an object or a list, or anything but null? */
bool kit_is_set(const kit_json *object, const char *member);
/** Is the word in the list, which null ends? */
bool kit_is_one_of(hcsref_str word, const char *const *words);
/** A user that only Linux has: a number, or root. */
void kit_lint_user(kit_linter *l, const kit_place *at, const char *member, hcsref_str user);
/** A command that begins with a program of Linux images. */
void kit_lint_command(kit_linter *l, const kit_place *at, const char *member, hcsref_str command);

#endif
