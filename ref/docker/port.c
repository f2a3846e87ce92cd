/* SPDX-License-Identifier: Apache-2.0 */
#include "docker/port.h"

#include "base/letters.h"

#include <string.h>

/* What is before the first `end`; `rest` is what is behind it, and `text` is whole when there is none. */
static hcsref_str cut(hcsref_str text, char end, hcsref_str *rest) {
  const char *found = text.len == 0 ? NULL : memchr(text.data, end, text.len);
  size_t len = found == NULL ? text.len : (size_t)(found - text.data);
  *rest = hcsref_str_skip(text, found == NULL ? len : len + 1);
  return hcsref_str_first(text, len);
}

const char *hcsref_docker_port_number(hcsref_str text, uint32_t *number) {
  *number = 0;
  if (text.len == 0)
    return "value is empty";
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] < '0' || text.data[i] > '9')
      return "invalid syntax";
    *number = *number * 10 + (uint32_t)(text.data[i] - '0');
    if (*number > UINT16_MAX)
      return "value out of range";
  }
  return NULL;
}

const char *hcsref_docker_parse_port(hcsref_str text, hcsref_docker_port *port, hcsref_str *number) {
  *number = cut(text, '/', &port->protocol);
  port->given = text.len != 0;
  port->number = 0;
  return port->given ? hcsref_docker_port_number(*number, &port->number) : NULL;
}

bool hcsref_docker_read_port(hcsref_arena *arena, hcsref_str text, hcsref_docker_port *port, hcsref_str *written) {
  hcsref_str number, protocol;
  (void)hcsref_docker_parse_port(text, port, &number);
  *written = HCSREF_LIT("invalid port");
  if (!port->given)
    return true;
  return hcsref_to_lower(arena, port->protocol.len == 0 ? HCSREF_LIT("tcp") : port->protocol, &protocol) &&
         hcsref_format(arena, written, "%u/%v", (uint64_t)port->number, protocol);
}

bool hcsref_docker_is_port_range(hcsref_str text) {
  hcsref_str protocol, last, ports = cut(text, '/', &protocol), first = cut(ports, '-', &last);
  uint32_t start, end;
  if (hcsref_docker_port_number(first, &start) != NULL)
    return false;
  return first.len == ports.len || (hcsref_docker_port_number(last, &end) == NULL && end >= start);
}
