/* SPDX-License-Identifier: Apache-2.0 */
/* What the API refuses before the daemon sees it. Source: moby runconfig/hostconfig.go validateNetContainerMode,
 * runconfig/hostconfig_windows.go; in 29 daemon/internal/runconfig. */
#include "docker/spec.h"

#define CONTAINER_MODE HCSREF_LIT("container:")

bool hcsref_docker_refuse(const hcsref_docker_maker *m, const char *code, const char *where, const char *message) {
  return hcsref_fail(m->arena, m->err, code, hcsref_cstr(where), "%s", message);
}

/* With its text until 27 and from 28 on. */
static bool refuse(const hcsref_docker_maker *m, const char *where, const char *until_27, const char *since_28) {
  const char *message = hcsref_has(m->rules, HCSREF_CHANGE_MOBY_API_TEXTS) ? since_28 : until_27;
  return hcsref_docker_refuse(m, "docker-config", where, message);
}

bool hcsref_docker_shares_network(hcsref_str network_mode) {
  return hcsref_str_has_prefix(network_mode, CONTAINER_MODE);
}

/* "container" alone is such a mode too, here and nowhere else. Until 27 the name ends at a second colon. */
static bool names_no_container(const hcsref_docker_maker *m, hcsref_str mode) {
  hcsref_str name = hcsref_str_skip(mode, CONTAINER_MODE.len);
  if (!hcsref_docker_shares_network(mode))
    return hcsref_str_equal(mode, HCSREF_LIT("container"));
  return name.len == 0 || (!hcsref_has(m->rules, HCSREF_CHANGE_MOBY_API_TEXTS) && name.data[0] == ':');
}

/* What cannot be with another container's network, in upstream's order. */
static bool check_shared_network(const hcsref_docker_maker *m) {
  const hcsref_docker_config *c = &m->config;
  const hcsref_docker_host_config *h = &m->host_config;
  bool mac_conflicts = !hcsref_has(m->rules, HCSREF_CHANGE_MOBY_MAC_PER_ENDPOINT) && c->mac_address.len != 0;
  const struct {
    bool conflicts;
    const char *where, *message;
  } conflicts[] = {
      {c->hostname.len != 0, "/config/Hostname", "conflicting options: hostname and the network mode"},
      {h->links.len != 0, "/host_config/Links",
       "conflicting options: container type network can't be used with links. This would result in undefined behavior"},
      {h->dns.len != 0, "/host_config/Dns", "conflicting options: dns and the network mode"},
      {h->extra_hosts.len != 0, "/host_config/ExtraHosts",
       "conflicting options: custom host-to-IP mapping and the network mode"},
      {mac_conflicts, "/config/MacAddress", "conflicting options: mac-address and the network mode"},
      {h->port_bindings.len != 0 || h->publish_all_ports, "/host_config/PortBindings",
       "conflicting options: port publishing and the container type network mode"},
      {c->exposed_ports.len != 0, "/config/ExposedPorts",
       "conflicting options: port exposing and the container type network mode"},
  };
  for (size_t i = 0; i < sizeof conflicts / sizeof *conflicts; i++)
    if (conflicts[i].conflicts)
      return hcsref_docker_refuse(m, "docker-config", conflicts[i].where, conflicts[i].message);
  return true;
}

static bool check_network(const hcsref_docker_maker *m) {
  hcsref_str mode = m->host_config.network_mode;
  if (names_no_container(m, mode))
    return refuse(m, "/host_config/NetworkMode", "Invalid network mode: invalid container format container:<name|id>",
                  "invalid network mode: invalid container format container:<name|id>");
  if (!hcsref_docker_shares_network(mode))
    return true;
  if (!check_shared_network(m))
    return false;
  if (!hcsref_str_equal_ascii_fold(m->host_config.isolation, HCSREF_LIT("hyperv")))
    return true;
  return refuse(m, "/host_config/NetworkMode",
                "Using the network stack of another container is not supported while using Hyper-V Containers",
                "invalid network-mode: using the network stack of another container is not supported while using "
                "Hyper-V Containers");
}

static bool check_isolation(const hcsref_docker_maker *m) {
  hcsref_str isolation = m->host_config.isolation;
  const char *format = hcsref_has(m->rules, HCSREF_CHANGE_MOBY_API_TEXTS)
                           ? "invalid isolation (%v): Windows supports 'default', 'process', or 'hyperv'"
                           : "Invalid isolation: %q. Windows supports 'default', 'process', or 'hyperv'";
  if (isolation.len == 0 || hcsref_str_equal_ascii_fold(isolation, HCSREF_LIT("default")) ||
      hcsref_str_equal_ascii_fold(isolation, HCSREF_LIT("process")) ||
      hcsref_str_equal_ascii_fold(isolation, HCSREF_LIT("hyperv")))
    return true;
  return hcsref_fail(m->arena, m->err, "docker-config", HCSREF_LIT("/host_config/Isolation"), format, isolation);
}

static bool check_unsupported(const hcsref_docker_maker *m) {
  const hcsref_docker_host_config *h = &m->host_config;
  const struct {
    bool asked;
    const char *where, *until_27, *since_28;
  } options[] = {
      {h->cpu_realtime_period != 0, "/host_config/CpuRealtimePeriod", "Windows does not support CPU real-time period",
       "invalid option: CPU real-time period is not supported for Windows containers"},
      {h->cpu_realtime_runtime != 0, "/host_config/CpuRealtimeRuntime",
       "Windows does not support CPU real-time runtime",
       "invalid option: CPU real-time runtime is not supported for Windows containers"},
      {h->privileged, "/host_config/Privileged", "Windows does not support privileged mode",
       "invalid option: privileged mode is not supported for Windows containers"},
      {h->readonly_rootfs, "/host_config/ReadonlyRootfs", "Windows does not support root filesystem in read-only mode",
       "invalid option: read-only mode is not supported for Windows containers"},
  };
  for (size_t i = 0; i < sizeof options / sizeof *options; i++)
    if (options[i].asked)
      return refuse(m, options[i].where, options[i].until_27, options[i].since_28);
  return true;
}

bool hcsref_docker_validate(hcsref_docker_maker *m) {
  return check_network(m) && check_isolation(m) && check_unsupported(m);
}
