/* SPDX-License-Identifier: Apache-2.0 */
/* Extra hosts and published ports. They leave no trace in a spec, but may be refused. Source: moby opts/hosts.go
 * ValidateExtraHost, daemon/container.go validatePortBindings, docker/go-connections nat. */
#include "docker/address.h"
#include "docker/spec.h"

#include <string.h>

/* ---- hosts ------------------------------------------------------------------------------------------------ */

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static hcsref_str trim(hcsref_str text) {
  while (text.len != 0 && is_space(text.data[0]))
    text = hcsref_str_skip(text, 1);
  while (text.len != 0 && is_space(text.data[text.len - 1]))
    text.len--;
  return text;
}

static bool check_host(const hcsref_docker_maker *m, size_t index, hcsref_str host) {
  const char *colon = host.len == 0 ? NULL : memchr(host.data, ':', host.len);
  size_t name = colon == NULL ? 0 : (size_t)(colon - host.data);
  hcsref_str address = hcsref_str_skip(host, name + 1);
  if (name == 0)
    return hcsref_fail_item(m->arena, m->err, "docker-config", "/host_config/ExtraHosts", index, NULL,
                            "bad format for add-host: %q", host);
  if (hcsref_str_equal(address, HCSREF_LIT("host-gateway")) || hcsref_is_ip_address(trim(address)))
    return true;
  return hcsref_fail_item(m->arena, m->err, "docker-config", "/host_config/ExtraHosts", index, NULL,
                          "invalid IP address in add-host: %q", address);
}

bool hcsref_docker_check_extra_hosts(const hcsref_docker_maker *m) {
  const hcsref_str *hosts = m->host_config.extra_hosts.items;
  for (size_t i = 0; i < m->host_config.extra_hosts.len; i++)
    if (!check_host(m, i, hosts[i]))
      return false;
  return true;
}

/* ---- ports --------------------------------------------- */

static bool port_number(hcsref_str text, uint32_t *value) {
  *value = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return false;
    *value = *value * 10 + (uint32_t)(text.data[i] - '0');
    if (*value > UINT16_MAX)
      return false;
  }
  return text.len != 0;
}

/* What is before the protocol; nothing at all is a port too. */
static hcsref_str without_protocol(hcsref_str port) {
  const char *slash = port.len == 0 ? NULL : memchr(port.data, '/', port.len);
  return slash == NULL ? port : hcsref_str_first(port, (size_t)(slash - port.data));
}

static hcsref_str until_dash(hcsref_str text) {
  const char *dash = text.len == 0 ? NULL : memchr(text.data, '-', text.len);
  return dash == NULL ? text : hcsref_str_first(text, (size_t)(dash - text.data));
}

/* A port, or two with a dash between them; what a second dash begins is not looked at. */
static bool is_port_range(hcsref_str text) {
  hcsref_str first = until_dash(text);
  uint32_t start, end;
  if (text.len == 0)
    return true;
  if (!port_number(first, &start))
    return false;
  return first.len == text.len || (port_number(until_dash(hcsref_str_skip(text, first.len + 1)), &end) && end >= start);
}

static bool refuse_port(const hcsref_docker_maker *m, hcsref_str port) {
  return hcsref_fail(m->arena, m->err, "docker-config", HCSREF_LIT("/host_config/PortBindings"),
                     "invalid port specification: %q", port);
}

static bool check_port(const hcsref_docker_maker *m, const hcsref_docker_port_entry *entry) {
  const hcsref_docker_port_binding *bindings = entry->value.items;
  hcsref_str port = without_protocol(entry->key);
  uint32_t number;
  if (port.len != 0 && !port_number(port, &number))
    return refuse_port(m, port);
  for (size_t i = 0; i < entry->value.len; i++)
    if (!is_port_range(without_protocol(bindings[i].host_port)))
      return refuse_port(m, bindings[i].host_port);
  return true;
}

bool hcsref_docker_check_ports(const hcsref_docker_maker *m) {
  const hcsref_docker_port_entry *entries = m->host_config.port_bindings.entries;
  for (size_t i = 0; i < m->host_config.port_bindings.len; i++)
    if (!check_port(m, &entries[i]))
      return false;
  return true;
}
