/* SPDX-License-Identifier: Apache-2.0 */
/* The table of hcsproof translate. */
#include "translate/translate_options.h"

#include "cli/commands.h"

#define AT(member) offsetof(translate_options, member)

static const cli_option option_table[] = {
    {.name = "schema",
     .kind = CLI_CHOICE,
     .offset = AT(schema),
     .argument = "SCHEMA",
     .choices = "v1|v2|both",
     .help = "Which document: v1 (schema 1.0), v2 (schema 2.1), or both as {\"v1\":...,\"v2\":...}, as the builder "
             "writes them for schema 2.1. Without it, v2, or dockerd's v1 document; with --envelope, what the OS build "
             "of the host calls for."},
    {.name = "part",
     .kind = CLI_CHOICE,
     .offset = AT(part),
     .argument = "PART",
     .choices = "spec|v1|v2|both|envelope|options|vm|requests|process|job|all",
     .help = "Which part of what is made: spec, the runtime spec (after stage 1); v1, v2, both or envelope, as "
             "--schema and --envelope; options, those of the utility VM that a pod with Hyper-V isolation gets; vm, "
             "the document that this VM is created with; requests, what a running VM is asked to do for the container, "
             "in order; process, the parameters of its process; job, what is made of a HostProcess container in place "
             "of a document; all, one object with a member for each part, in the order of making. null: that part is "
             "not made. Without it, the container's document.",
     .example = "vm"},
    {.name = "profile",
     .kind = CLI_PROFILE,
     .offset = AT(profile),
     .argument = "NAME",
     .fallback = "newest",
     .help = "Which releases translate: containerd-VERSION brings the shim that it bundles; hcsshim-VERSION is stage 2 "
             "alone. 'hcsproof profiles' lists them.",
     .example = "containerd-2.2"},
    {.name = "envelope",
     .kind = CLI_FLAG,
     .offset = AT(envelope),
     .help = "Validate the container config and print the whole document that creates the container: a v1 container "
             "config, a v2 compute system, or for a container in a utility VM a v2 hosted system."},
    {.name = "cri",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_CRI]),
     .argument = "FILE",
     .help = "Stage 1 first: a CRI ContainerConfig, applied to each spec as the base spec: --network-namespace, its "
             "mounts, windows.resources, windows.security_context.credential_spec. Its annotations are not passed on.",
     .example = "container-config.json"},
    {.name = "pod",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_POD]),
     .argument = "FILE",
     .help = "The pod of the CRI container configs among the operands: a PodSandboxConfig as crictl reads it, JSON or "
             "YAML. Default: an empty pod. Without operands, the pod's own container is translated.",
     .example = "pod.json"},
    {.name = "image",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_IMAGE]),
     .argument = "FILE",
     .help =
         "The image of the CRI configs among the operands, or of the bodies of docker's API call: an OCI image config, "
         "or what 'docker image inspect' or 'crictl inspecti' prints.",
     .example = "image.json"},
    {.name = "runtime",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_RUNTIME]),
     .argument = "FILE",
     .help =
         "What containerd's configuration says about the runtime: an object with pod_annotations and "
         "container_annotations (patterns of annotations that are passed on), base_runtime_spec, sandbox_image, and "
         "the options of the shim (SandboxIsolation 1 is Hyper-V isolation). "
         "Without it, io.microsoft.virtualmachine.* of pods and io.microsoft.container.* of containers are passed "
         "on.",
     .example = "runtime.json"},
    {.name = "strict",
     .kind = CLI_FLAG,
     .offset = AT(strict),
     .help = "Treat notes on standard error (what is assumed, ignored or lost) as errors."},
    {.name = "extra-mounts",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_EXTRA_MOUNTS]),
     .argument = "FILE",
     .help = "The runtime's own mounts in stage 1, such as an image's volumes: a JSON array of CRI mounts. Mounts of "
             "--cri with the same container path take precedence."},
    {.name = "sandbox-shares",
     .kind = CLI_FLAG,
     .offset = AT(sandbox_shares),
     .help = "Stage 1 for the container that holds a pod: it gets 2 CPU shares."},
    {.name = "host",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_HOST]),
     .argument = "FILE",
     .help = "Facts about the host: a JSON object like \"host\" in a case ('hcsproof help host'). They take precedence "
             "over those of the default host.",
     .example = "host.json"},
    {.name = "layers",
     .kind = CLI_TEXT,
     .repeatable = true,
     .offset = AT(layers),
     .argument = "FOLDERS",
     .help = "The layer folders, in place of the spec's: separated by commas, or the option several times; the scratch "
             "layer last. Without it, stand-ins are used where a spec names none, as in the bundles that containerd "
             "writes.",
     .example = "C:\\layers\\base,C:\\layers\\scratch"},
    {.name = "root",
     .kind = CLI_TEXT,
     .offset = AT(root),
     .argument = "PATH",
     .help = "The root path, in place of the spec's: the volume at which the layers are mounted, as "
             "\\\\?\\Volume{GUID}\\."},
    {.name = "explain",
     .kind = CLI_CHOICE,
     .offset = AT(explain),
     .argument = "FORMAT",
     .choices = "text|json",
     .bare = "text",
     .help = "In place of the document, one line per field of it: the pointer, the value, where that comes from (file, "
             "line and column; a fact of the host; an option) and the rule of upstream's that made it. json: one "
             "object per line."},
    {.name = "from",
     .kind = CLI_CHOICE,
     .offset = AT(from),
     .argument = "MEMBER",
     .choices = "spec|config",
     .fallback = "spec",
     .help = "Of the output of crictl inspect: spec, info.runtimeSpec, which is what ran; or config, info.config, of "
             "which the spec is made anew and compared with info.runtimeSpec on standard error.",
     .example = "config"},
    {.name = "hosting-system",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_HOSTING_SYSTEM]),
     .argument = "FILE",
     .help = "The utility VM that the container runs in: a JSON object like \"hosting_system\" in a case. A spec that "
             "asks for Hyper-V isolation (windows.hyperv) in schema v2 needs one."},
    {.name = "ccg-state",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_CCG_STATE]),
     .argument = "FILE",
     .help = "The Container Credential Guard state that Windows gave for the credential spec, as in the v2 document: a "
             "JSON object with Cookie, RpcEndpoint, Transport and CredentialSpec."},
    {.name = "additional-mounts",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_ADDITIONAL_MOUNTS]),
     .argument = "FILE",
     .help = "Folders of disks that are already attached: a JSON array of mapped directories as in the v2 document. "
             "They come last in v2 and are left out of v1."},
    {.name = "id",
     .kind = CLI_TEXT,
     .offset = AT(id),
     .argument = "ID",
     .fallback = "container",
     .help = "The container's id."},
    {.name = "owner",
     .kind = CLI_TEXT,
     .offset = AT(owner),
     .argument = "OWNER",
     .fallback = "containerd-shim-runhcs-v1.exe",
     .help = "The container's owner."},
    {.name = "network-namespace",
     .kind = CLI_TEXT,
     .offset = AT(network_namespace),
     .argument = "GUID",
     .help = "The network namespace. Default: the spec's windows.network.networkNamespace, as in the shim."},
    {.name = "scale-cpu-limits",
     .kind = CLI_FLAG,
     .offset = AT(scale_cpu_limits),
     .help = "Rescale a CPU limit from the host's processors to the utility VM's."},
    {.name = "pretty",
     .kind = CLI_FLAG,
     .offset = AT(pretty),
     .help = "Indent by two spaces; values stay as they are."},
    {.name = "output",
     .short_name = 'o',
     .kind = CLI_FILE,
     .offset = AT(output),
     .argument = "FILE",
     .help =
         "Write to FILE, whole or not at all: when a specification fails, FILE stays as it was (with --jsonl a failure "
         "is a line like any other)."},
    {.name = "jsonl",
     .kind = CLI_FLAG,
     .offset = AT(jsonl),
     .help =
         "The input is one specification per line; the output one result per line, in the same order: {\"ok\":...} or "
         "{\"error\":{\"code\",\"message\",\"where\"}}. Uses all processors."},
    {.name = "jobs",
     .short_name = 'j',
     .kind = CLI_NUMBER,
     .offset = AT(jobs),
     .argument = "N",
     .fallback = "0",
     .most = 256,
     .help = "Threads for --jsonl; 0: one per processor."},
    {.name = "stream",
     .kind = CLI_FLAG,
     .offset = AT(stream),
     .help = "Take the first JSON value of a spec and ignore what follows, as the shim reads config.json. Without this "
             "option, anything but white space after the value is an error."},
    {.name = "max-input",
     .kind = CLI_SIZE,
     .offset = AT(max_input),
     .argument = "SIZE",
     .fallback = "64M",
     .least = 1,
     .most = (uint64_t)1 << 30,
     .help = "Largest input file, or line of --jsonl, to read."},
};

static const cli_example examples[] = {
    {"hcsproof translate config.json", "Prints the v2 document of an OCI runtime spec."},
    {"hcsproof translate --envelope --pretty --id web-1 config.json",
     "Prints, indented, what is handed to the Host Compute Service to create the container."},
    {"hcsproof translate --cri container.json --host host.json base.json -o document.json",
     "Runs both stages on the facts of a host and writes the document to a file."},
    {"hcsproof translate --pod pod.json --image image.json container.json",
     "Prints the v2 document that containerd and its shim make from crictl's configs."},
    {"docker inspect web | hcsproof translate -", "Prints the v1 document that dockerd makes of a container."},
    {"crictl inspect 5f1c0e | hcsproof translate -", "Translates the spec of a running container."},
    {"hcsproof translate --part vm --pretty --profile hcsshim-0.13.0 config.json",
     "Prints the document of the utility VM that a spec with Hyper-V isolation gets."},
    {"hcsproof translate --jsonl --schema both - < specs.jsonl > documents.jsonl",
     "Translates one spec per line, on all processors."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every specification was translated"},
    {CLI_FAILED,
     "a specification could not be translated: it is empty, cut short, too large, invalid or against a rule"},
    {CLI_USAGE, "wrong options or operands"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
    {CLI_HOST_PROCESS, "a HostProcess container, for which there is no document, and nothing worse"},
};

const cli_command translate_command = {
    .name = "translate",
    .summary = "print the documents of an OCI runtime spec",
    .operands = "[FILE...]",
    .least_operands = 0,
    .most_operands = SIZE_MAX,
    .description =
        "Reads OCI runtime specs ('-' is standard input), or what leads to one: CRI container and pod configs as "
        "crictl reads them (JSON or YAML; the spec is what containerd's CRI plugin makes of them), the output of "
        "'crictl inspect', 'crictl inspectp', 'ctr containers info' and 'docker inspect' (of which the document is the "
        "v1 one that dockerd makes, unless --profile names a shim and no moby), and the body of docker's API call that "
        "creates a container. A file that is not a spec is named on standard error with what it was read as, and with "
        "what had to be assumed or is lost on the way. Prints the document that hcsshim hands to the Host Compute "
        "Service for each, byte for byte: one document a line, in the order of the operands. One that fails is named "
        "on standard error, as FILE: JSON-POINTER: MESSAGE [CODE], and left out; the others are still "
        "translated.\n\nWhatever the translation needs to know about a host is answered by --host, or else by the "
        "default host: Windows Server 2022 (build 20348) with 8 processors, on which every path exists, every mount "
        "source resolves to itself and no file can be read. What only a real host knows has a stand-in there: a "
        "layer's id is a version-5 GUID of the layer folder's last part (NOT what Windows gives: its algorithm is not "
        "public), and a spec without a root path gets the one that mounting its layers could have given, a volume "
        "named after its scratch folder or, in a utility VM, C:\\mounts\\m0.",
    .options_size = sizeof(translate_options),
    .options = option_table,
    .option_count = CLI_COUNT(option_table),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = translate_run,
};
