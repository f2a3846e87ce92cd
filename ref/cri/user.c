/* SPDX-License-Identifier: Apache-2.0 */
/* Who a process runs as. Source: containerd pkg/oci/spec_opts.go WithUser, ensureAdditionalGids. */
#include "base/strconv.h"
#include "cri/steps.h"

#include <string.h>

typedef enum id_kind { ID_NUMBER, ID_NAME, ID_OUT_OF_RANGE } id_kind;

/* Before there was a range, a number lost its upper bits. */
static id_kind read_id(const hcsref_rules *rules, hcsref_str text, uint32_t *id) {
  bool refused = hcsref_has(rules, HCSREF_CHANGE_USER_RANGE_ERROR);
  bool limited = refused || hcsref_has(rules, HCSREF_CHANGE_USER_RANGE_NAME);
  int64_t value = 0;
  hcsref_number_status status = hcsref_parse_int64(text, &value);
  if (status == HCSREF_NUMBER_SYNTAX || (status == HCSREF_NUMBER_RANGE && !refused))
    return ID_NAME;
  if (status == HCSREF_NUMBER_RANGE || (limited && (value < 0 || value > INT32_MAX)))
    return refused ? ID_OUT_OF_RANGE : ID_NAME;
  *id = (uint32_t)value;
  return ID_NUMBER;
}

/* What all of one step need. */
typedef struct user_step {
  hcsref_arena *arena;
  const hcsref_rules *rules;
  hcsref_oci_user *user;
  hcsref_str name, where;
  hcsref_error *err;
} user_step;

/* Upstream looks the user up in the root file system of the spec, which an earlier step has removed. */
static bool fail_lookup(const user_step *s) {
  return hcsref_fail(s->arena, s->err, "user-lookup", s->where,
                     "user %q would be looked up in the container's root file system, which the spec does not name: "
                     "containerd crashes",
                     s->name);
}

static bool fail_range(const user_step *s, const char *code, const char *what) {
  return hcsref_fail(s->arena, s->err, code, s->where, "invalid USER value %q: %s out of range", s->name, what);
}

static bool set_one(const user_step *s, bool is_linux) {
  uint32_t uid;
  switch (read_id(s->rules, s->name, &uid)) {
  case ID_NUMBER:
    return fail_lookup(s);
  case ID_OUT_OF_RANGE:
    return fail_range(s, "user-range", "uid");
  case ID_NAME:
  default:
    if (is_linux)
      return fail_lookup(s);
    s->user->username = s->name;
    return true;
  }
}

/* An empty part is the number 0, a name has to be looked up. */
static bool set_pair(const user_step *s, hcsref_str user, hcsref_str group) {
  uint32_t uid = 0, gid = 0;
  id_kind user_kind = read_id(s->rules, user, &uid), group_kind = read_id(s->rules, group, &gid);
  if (user_kind == ID_OUT_OF_RANGE)
    return fail_range(s, "user-range", "uid");
  if (group_kind == ID_OUT_OF_RANGE)
    return fail_range(s, "group-range", "gid");
  if ((user_kind == ID_NAME && user.len != 0) || (group_kind == ID_NAME && group.len != 0))
    return fail_lookup(s);
  s->user->uid = uid;
  s->user->gid = gid;
  return true;
}

static bool set_user(const user_step *s, bool is_linux) {
  const char *colon = s->name.len == 0 ? NULL : memchr(s->name.data, ':', s->name.len);
  hcsref_str user, group;
  if (colon == NULL)
    return set_one(s, is_linux);
  user = hcsref_str_first(s->name, (size_t)(colon - s->name.data));
  group = hcsref_str_skip(s->name, user.len + 1);
  if (group.len != 0 && memchr(group.data, ':', group.len) != NULL)
    return hcsref_fail(s->arena, s->err, "user-format", s->where, "invalid USER value %v", s->name);
  return set_pair(s, user, group);
}

/* The group stands among the additional ones too. */
static bool add_group(hcsref_arena *arena, hcsref_oci_user *user, hcsref_error *err) {
  uint32_t *gid = hcsref_arena_alloc(arena, sizeof *gid);
  if (gid == NULL)
    return hcsref_fail_memory(err);
  *gid = user->gid;
  user->additional_gids.items = gid;
  user->additional_gids.len = user->additional_gids.cap = 1;
  return true;
}

bool hcsref_step_user(hcsref_arena *arena, const hcsref_rules *rules, hcsref_oci_spec *spec, hcsref_str name,
                      hcsref_str where, hcsref_error *err) {
  hcsref_oci_process *process = hcsref_process_section(arena, spec, err);
  bool is_linux = spec->linux_ != NULL;
  hcsref_oci_user user;
  user_step step = {arena, rules, &user, name, where, err};
  if (process == NULL)
    return false;
  user = process->user;
  if (is_linux && hcsref_has(rules, HCSREF_CHANGE_USER_VERBATIM))
    user.username = name;
  else if (!set_user(&step, is_linux))
    return false;
  if (hcsref_has(rules, HCSREF_CHANGE_USER_ADDITIONAL_GIDS) && !add_group(arena, &user, err))
    return false;
  process->user = user;
  return true;
}
