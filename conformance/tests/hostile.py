# SPDX-License-Identifier: Apache-2.0
"""Documents that cost more than they look: many small values, deep ones, repeated names."""


def filled(size, begin, item, end, separator=","):
    count = max(1, (size - len(begin) - len(end)) // (len(item) + len(separator)))
    return begin + separator.join([item] * count) + end


def nested(depth, opener, closer, begin="", end=""):
    return begin + opener * depth + closer * depth + end


def documents(size):
    """Texts of about `size` bytes, by what they are."""
    return {
        "short values": filled(size, "[", "1", "]"),
        "empty objects": filled(size, "[", "{}", "]"),
        "empty texts": filled(size, "[", '""', "]"),
        "deep arrays": nested(size // 2, "[", "]"),
        "deep objects": filled(size, "", '{"a":', "1" + "}" * 10, ""),
        "as deep as may be": nested(9990, "[", "]", '{"SystemType":"Container","x":', "}"),
        "many deep ones": filled(size, '{"SystemType":"Container","x":[', "[" * 100 + "1" + "]" * 100, "]}"),
        "broad below deep": filled(size, '{"SystemType":"Container","x":' + "[" * 9000, "1", "]" * 9000 + "}"),
        "repeated keys": filled(size, '{"SystemType":"Container",', '"a":1', "}"),
        "repeated deep keys": filled(size, '{"SystemType":"Container","x":' + "[" * 9000, '{"k":1,"k":1}', "]" * 9000 + "}"),
        "unknown fields": '{"SystemType":"Container",' + ",".join('"x%d":1' % i for i in range(size * 90000 >> 20)) + "}",
        "one text": '{"SystemType":"' + "x" * size + '"}',
        "escapes": '{"SystemType":"' + "\\u0000" * (size // 6) + '"}',
        "one number": '{"SystemType":"Container","ProcessorCount":' + "9" * size + "}",
        "mapped directories": filled(size, '{"SystemType":"Container","MappedDirectories":[', '{"HostPath":"C:\\\\a","ContainerPath":"a"}', "]}"),
        "mounts": filled(size, '{"ociVersion":"1.0.2","mounts":[', '{"destination":"C:\\\\a","source":"C:\\\\b"}', "]}"),
        "layers": filled(size, '{"ociVersion":"1.0.2","windows":{"layerFolders":[', '"C:\\\\a"', "]}}"),
        "no JSON": "\x01" * size,
        "one line": "x" * size,
        "short lines": "{\n" * (size // 2),
    }
