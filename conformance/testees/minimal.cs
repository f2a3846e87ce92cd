// SPDX-License-Identifier: Apache-2.0
// A minimal testee in C#, with Newtonsoft.Json: two operations, and "unsupported" for the rest.
//
//     dotnet build                                                          (minimal.csproj), or with Mono:
//     mcs -out:minimal.exe -r:Newtonsoft.Json.dll minimal.cs
//     hcsproof run --testee 'mono minimal.exe' --op is-named-pipe --op dump-type
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

static class Minimal {
    static readonly Dictionary<string, Func<JToken, JObject>> Operations = new Dictionary<string, Func<JToken, JObject>> {
        {"is-named-pipe", IsNamedPipe},
        {"dump-type", DumpType},
    };

    static JObject IsNamedPipe(JToken p) {
        // Ordinal: the default compares by the rules of the user's language.
        return new JObject {{"is_pipe", ((string)p["path"]).StartsWith(@"\\.\pipe\", StringComparison.Ordinal)}};
    }

    static JObject DumpType(JToken p) {
        switch ((string)p.SelectToken("annotations['io.microsoft.wcow.processdumptype']") ?? "") {
            case "": case "full": return new JObject {{"type", 2}};
            case "mini": return new JObject {{"type", 1}};
            default: throw new ArgumentException("unknown dump type specified, valid values are \"mini\" or \"full\"");
        }
    }

    static JObject Answer(JObject frame) {
        if (frame["op"] == null)
            return new JObject {{"hello", new JObject {{"protocol", 1}, {"name", "minimal"}, {"version", "1.0"},
                {"language", "csharp"}, {"ops", new JArray(Operations.Keys)}}}};
        Func<JToken, JObject> operation;
        if (!Operations.TryGetValue((string)frame["op"], out operation))
            return new JObject {{"id", frame["id"]}, {"unsupported", "no " + frame["op"]}};
        try {
            return new JObject {{"id", frame["id"]}, {"ok", operation(frame["params"])}};
        } catch (Exception error) { // one bad question must not end the testee
            return new JObject {{"id", frame["id"]}, {"error", new JObject {{"message", error.Message}}}};
        }
    }

    static void Main() {
        var utf8 = new UTF8Encoding(false); // without a byte order mark, whatever the console has
        var settings = new JsonSerializerSettings {DateParseHandling = DateParseHandling.None}; // dates are strings here
        var input = new StreamReader(Console.OpenStandardInput(), utf8);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8) {NewLine = "\n", AutoFlush = true};
        for (string line; (line = input.ReadLine()) != null;)
            output.WriteLine(Answer(JsonConvert.DeserializeObject<JObject>(line, settings)).ToString(Formatting.None));
    }
}
