/* SPDX-License-Identifier: Apache-2.0 */
/* Extra hosts and published ports. They leave no trace in a spec, but may be refused. Source: moby opts/hosts.go
 * ValidateExtraHost, daemon/container.go validatePortBindings, docker/go-connections nat; since 29 api/types/network
 * port.go. */
#include "docker/address.h"
#include "docker/port.h"
#include "docker/spec.h"

#include "base/arena.h"

#include <stdlib.h>
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

/* Since 29.4 blanks around it are refused, and it may have a zone. */
static bool is_host_address(const hcsref_docker_maker *m, hcsref_str address) {
  hcsref_address_fault ignored;
  return hcsref_has(m->rules, HCSREF_CHANGE_MOBY_HOST_ADDRESSES) ? hcsref_parse_address(address, &ignored)
                                                                 : hcsref_is_ip_address(trim(address));
}

static bool check_host(const hcsref_docker_maker *m, size_t index, hcsref_str host) {
  const char *colon = host.len == 0 ? NULL : memchr(host.data, ':', host.len);
  size_t name = colon == NULL ? 0 : (size_t)(colon - host.data);
  hcsref_str address = hcsref_str_skip(host, name + 1);
  if (name == 0)
    return hcsref_fail_item(m->arena, m->err, "docker-config", "/host_config/ExtraHosts", index, NULL,
                            "bad format for add-host: %q", host);
  if (hcsref_str_equal(address, HCSREF_LIT("host-gateway")) || is_host_address(m, address))
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

/* ---- ports until 28 ----------------------------------------------------------------------------------------- */

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
  if (hcsref_docker_port_number(first, &start) != NULL)
    return false;
  return first.len == text.len ||
         (hcsref_docker_port_number(until_dash(hcsref_str_skip(text, first.len + 1)), &end) == NULL && end >= start);
}

static bool refuse_port(const hcsref_docker_maker *m, hcsref_str port) {
  return hcsref_fail(m->arena, m->err, "docker-config", HCSREF_LIT("/host_config/PortBindings"),
                     "invalid port specification: %q", port);
}

static bool check_port(const hcsref_docker_maker *m, const hcsref_docker_port_entry *entry) {
  const hcsref_docker_port_binding *bindings = entry->value.items;
  hcsref_str port = without_protocol(entry->key);
  uint32_t number;
  if (port.len != 0 && hcsref_docker_port_number(port, &number) != NULL)
    return refuse_port(m, port);
  for (size_t i = 0; i < entry->value.len; i++)
    if (!is_port_range(without_protocol(bindings[i].host_port)))
      return refuse_port(m, bindings[i].host_port);
  return true;
}

/* ---- ports since 29 ----------------------------------------------------------------------------------------- */

/* A port's bindings, and how it is written; of several entries for one port the last counts. */
typedef struct typed_entry {
  hcsref_docker_port port;
  hcsref_str text;
  const hcsref_docker_port_entry *entry;
} typed_entry;

static int compare_entries(const void *a, const void *b) {
  const typed_entry *left = a, *right = b;
  const int order = hcsref_str_compare(left->text, right->text);
  if (order != 0)
    return order;
  return left->entry < right->entry ? -1 : left->entry > right->entry;
}

/* The text of a port that was not given says so. Port 0 is refused since 29.1.3. */
static bool check_typed_port(const hcsref_docker_maker *m, const typed_entry *e) {
  const hcsref_docker_port_binding *bindings = e->entry->value.items;
  if (!e->port.given || (e->port.number == 0 && hcsref_has(m->rules, HCSREF_CHANGE_MOBY_PORT_ZERO)))
    return refuse_port(m, e->text);
  for (size_t i = 0; i < e->entry->value.len; i++)
    if (bindings[i].host_port.len != 0 && !hcsref_docker_is_port_range(bindings[i].host_port))
      return refuse_port(m, bindings[i].host_port);
  return true;
}

static bool check_typed_ports(const hcsref_docker_maker *m, const hcsref_docker_port_entry *entries, size_t count) {
  typed_entry *typed = hcsref_arena_array(m->arena, count, sizeof *typed);
  if (typed == NULL)
    return hcsref_fail_memory(m->err);
  for (size_t i = 0; i < count; i++) {
    typed[i].entry = &entries[i];
    if (!hcsref_docker_read_port(m->arena, entries[i].key, &typed[i].port, &typed[i].text))
      return hcsref_fail_memory(m->err);
  }
  if (count != 0)
    qsort(typed, count, sizeof *typed, compare_entries);
  for (size_t i = 0; i < count; i++)
    if ((i + 1 == count || !hcsref_str_equal(typed[i].text, typed[i + 1].text)) && !check_typed_port(m, &typed[i]))
      return false;
  return true;
}

bool hcsref_docker_check_ports(const hcsref_docker_maker *m) {
  const hcsref_docker_port_entry *entries = m->host_config.port_bindings.entries;
  const size_t count = m->host_config.port_bindings.len;
  if (hcsref_has(m->rules, HCSREF_CHANGE_MOBY_TYPED_API))
    return check_typed_ports(m, entries, count);
  for (size_t i = 0; i < count; i++)
    if (!check_port(m, &entries[i]))
      return false;
  return true;
}
