/* SPDX-License-Identifier: Apache-2.0 */
/* The settings that are common to all systems. Source: moby daemon/container.go verifyContainerSettings,
 * validateContainerConfig, validateHostConfig, translateWorkingDir. */
#include "docker/spec.h"

#include "docker/mount_config.h"

#include "hcsref/path.h"

#include <string.h>

#define SHORTEST_HEALTH_TIME 1000000 /* a millisecond, in nanoseconds */

static bool refuse_value(const hcsref_docker_maker *m, const char *where, const char *format, hcsref_str value) {
  return hcsref_fail(m->arena, m->err, "docker-config", hcsref_cstr(where), format, value);
}

/* A leading separator is as good as a drive. */
static bool settle_working_dir(hcsref_docker_maker *m) {
  hcsref_str given = m->config.working_dir, dir;
  if (given.len == 0)
    return true;
  if (!hcsref_docker_backslashes(m->arena, given, &dir))
    return hcsref_fail_memory(m->err);
  if (!hcsref_path_is_abs_as(m->rules, dir) && dir.data[0] != '\\')
    return refuse_value(m, "/config/WorkingDir",
                        "the working directory '%v' is invalid, it needs to be an absolute path", given);
  if (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_CLEAN_WORKING_DIR) &&
      !hcsref_path_clean_as(m->arena, m->rules, dir, &dir))
    return hcsref_fail_memory(m->err);
  m->config.working_dir = dir;
  return true;
}

/* A decimal number of 64 bits. A sign alone counts as 0: neither is a signal. */
static bool is_number(hcsref_str text, bool *zero) {
  uint64_t value = 0, most = INT64_MAX;
  size_t i = 0;
  if (i < text.len && (text.data[i] == '+' || text.data[i] == '-')) {
    most += text.data[i] == '-';
    i++;
  }
  for (; i < text.len; i++) {
    unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';
    if (digit > 9 || value > (most - digit) / 10)
      return false;
    value = value * 10 + digit;
  }
  *zero = value == 0;
  return true;
}

/* With or without SIG in front. Source: moby 20.10 pkg/signal/signal_windows.go, moby/sys signal/signal_windows.go. */
static bool is_signal_name(const hcsref_docker_maker *m, hcsref_str name) {
  static const char *const in_every_release = "KILL TERM";
  static const char *const since_23 =
      "ABRT ALRM BUS FPE HUP ILL INT PIPE QUIT SEGV TRAP CHLD CLD CONT IO IOT POLL PROF "
      "PWR STKFLT STOP SYS TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ";
  if (hcsref_str_equal_ascii_fold(hcsref_str_first(name, 3), HCSREF_LIT("SIG")))
    name = hcsref_str_skip(name, 3);
  return hcsref_docker_is_word_of(name, in_every_release) ||
         (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_SIGNALS) && hcsref_docker_is_word_of(name, since_23));
}

static bool check_stop_signal(const hcsref_docker_maker *m) {
  hcsref_str given = m->config.stop_signal;
  bool zero = false;
  if (given.len == 0 || (is_number(given, &zero) ? !zero : is_signal_name(m, given)))
    return true;
  return refuse_value(m, "/config/StopSignal",
                      hcsref_has(m->rules, HCSREF_CHANGE_MOBY_SIGNALS) ? "invalid signal: %v" : "Invalid signal: %v",
                      given);
}

hcsref_str hcsref_docker_variable(hcsref_str entry) {
  const char *equals = entry.len == 0 ? NULL : memchr(entry.data, '=', entry.len);
  return equals == NULL ? entry : hcsref_str_first(entry, (size_t)(equals - entry.data));
}

static bool check_environment(const hcsref_docker_maker *m) {
  const hcsref_str *entries = m->config.env.items;
  for (size_t i = 0; i < m->config.env.len; i++)
    if (hcsref_docker_variable(entries[i]).len == 0)
      return hcsref_fail_item(m->arena, m->err, "docker-config", "/config/Env", i, NULL,
                              "invalid environment variable: %v", entries[i]);
  return true;
}

static bool check_health(const hcsref_docker_maker *m) {
  const hcsref_docker_health_config *health = m->config.healthcheck;
  if (health == NULL)
    return true;
  const struct {
    int64_t time;
    const char *where, *message;
  } times[] = {
      {health->interval, "/config/Healthcheck/Interval", "Interval in Healthcheck cannot be less than 1ms"},
      {health->timeout, "/config/Healthcheck/Timeout", "Timeout in Healthcheck cannot be less than 1ms"},
      {health->retries < 0, "/config/Healthcheck/Retries", "Retries in Healthcheck cannot be negative"},
      {health->start_period, "/config/Healthcheck/StartPeriod", "StartPeriod in Healthcheck cannot be less than 1ms"},
      {hcsref_has(m->rules, HCSREF_CHANGE_MOBY_START_INTERVAL) ? health->start_interval : 0,
       "/config/Healthcheck/StartInterval", "StartInterval in Healthcheck cannot be less than 1ms"},
  };
  for (size_t i = 0; i < sizeof times / sizeof *times; i++)
    if (times[i].time != 0 && times[i].time < SHORTEST_HEALTH_TIME)
      return hcsref_docker_refuse(m, "docker-config", times[i].where, times[i].message);
  return true;
}

/* ---- the host's config -------------------------------------------------------------------------------------- */

static bool is_policy(const hcsref_docker_maker *m, const char *name) {
  return hcsref_str_equal(m->host_config.restart_policy.name, hcsref_cstr(name));
}

static bool check_auto_remove(const hcsref_docker_maker *m) {
  if (!m->host_config.auto_remove || m->host_config.restart_policy.name.len == 0 || is_policy(m, "no"))
    return true;
  return hcsref_docker_refuse(m, "docker-config", "/host_config/AutoRemove",
                              "can't create 'AutoRemove' container with restart policy");
}

static bool check_mounts(const hcsref_docker_maker *m) {
  const hcsref_docker_mount *mounts = m->host_config.mounts.items;
  for (size_t i = 0; i < m->host_config.mounts.len; i++) {
    hcsref_docker_place place = {"/host_config/Mounts", i, {NULL, 0}};
    if (!hcsref_docker_check_mount(m, &mounts[i], &place))
      return false;
  }
  return true;
}

/* Until 24, and since 25. */
static bool check_retry_count(const hcsref_docker_maker *m) {
  const hcsref_docker_restart_policy *policy = &m->host_config.restart_policy;
  const char *where = "/host_config/RestartPolicy/MaximumRetryCount";
  bool on_failure = is_policy(m, "on-failure"), negative = policy->maximum_retry_count < 0;
  if (on_failure ? !negative : policy->maximum_retry_count == 0)
    return true;
  if (!hcsref_has(m->rules, HCSREF_CHANGE_MOBY_RESTART_TEXTS))
    return on_failure
               ? hcsref_docker_refuse(m, "docker-config", where, "maximum retry count cannot be negative")
               : refuse_value(m, where, "maximum retry count cannot be used with restart policy '%v'", policy->name);
  if (on_failure)
    return hcsref_docker_refuse(m, "docker-config", where,
                                "invalid restart policy: maximum retry count cannot be negative");
  return hcsref_docker_refuse(
      m, "docker-config", where,
      negative ? "invalid restart policy: maximum retry count can only be used with 'on-failure' and cannot be negative"
               : "invalid restart policy: maximum retry count can only be used with 'on-failure'");
}

/* Since 25 no name is "no". */
static bool check_restart_policy(hcsref_docker_maker *m) {
  if (m->host_config.restart_policy.name.len == 0) {
    if (!hcsref_has(m->rules, HCSREF_CHANGE_MOBY_RESTART_TEXTS))
      return true;
    m->host_config.restart_policy.name = HCSREF_LIT("no");
  }
  if (is_policy(m, "always") || is_policy(m, "unless-stopped") || is_policy(m, "no") || is_policy(m, "on-failure"))
    return check_retry_count(m);
  return refuse_value(m, "/host_config/RestartPolicy/Name",
                      hcsref_has(m->rules, HCSREF_CHANGE_MOBY_RESTART_TEXTS)
                          ? "invalid restart policy: unknown policy '%v'; use one of 'no', 'always', 'on-failure', or "
                            "'unless-stopped'"
                          : "invalid restart policy '%v'",
                      m->host_config.restart_policy.name);
}

static bool check_annotations(const hcsref_docker_maker *m) {
  const hcsref_string_entry *entries = m->host_config.annotations.entries;
  for (size_t i = 0; i < m->host_config.annotations.len; i++)
    if (entries[i].key.len == 0)
      return hcsref_docker_refuse(m, "docker-config", "/host_config/Annotations",
                                  "invalid Annotations: the empty string is not permitted as an annotation key");
  return true;
}

bool hcsref_docker_settle(hcsref_docker_maker *m) {
  return settle_working_dir(m) && check_stop_signal(m) && check_environment(m) && check_health(m) &&
         check_auto_remove(m) && check_mounts(m) && hcsref_docker_check_extra_hosts(m) &&
         hcsref_docker_check_ports(m) && check_restart_policy(m) && hcsref_docker_check_capabilities(m) &&
         check_annotations(m) && hcsref_docker_settle_resources(m);
}
