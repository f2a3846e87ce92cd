#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The scripts that put an adapter into a tree of hcsshim, containerd or moby: which files, by what the tree's code needs."""
import os
import pathlib
import subprocess
import sys
import tempfile

from kit import PATIENCE

SOURCE = pathlib.Path(sys.argv[2])

# What tells the lines apart: file and text; the line; what the release file must say.
HCSSHIM = [
    ({}, "0.9", "v0.9.12"),
    ({"pkg/annotations/annotations.go": ""}, "0.10", "0.10.0-rc.7"),
    ({"pkg/annotations/annotations.go": "", "internal/hcsoci/hcsdoc_wcow.go": "func parseDumpCount("}, "0.11", "v0.12.9"),
    ({"internal/hcsoci/hcsdoc_wcow.go": "func parseDumpCount(", "internal/uvm/pipes.go": "func ParseNamedPipe("}, "0.13",
     "0.14.1"),
    ({"internal/hcsoci/hcsdoc_wcow.go": "func parseDumpCount(", "internal/uvm/pipes.go": "func ParseNamedPipe(",
      "internal/cow/cow.go": "\tSetCPUGroupAffinities("}, "0.13", "7c9ff7f48"),
]
OLD, NEW = "pkg/cri/opts/", "internal/cri/opts/"
CONTAINERD = [
    ({OLD + "spec_windows.go": 'runtime "k8s.io/cri-api/pkg/apis/runtime/v1alpha2"'}, "1.5", False, False),
    ({OLD + "spec_windows.go": "sort.Sort(orderedMounts(mounts))",
      OLD + "spec_linux.go": "sort.Stable(orderedMounts(mounts))"}, "1.6", False, False),
    ({OLD + "spec_windows.go": "sort.Stable(orderedMounts(mounts))"}, "1.6", True, False),
    ({OLD + "spec_windows_opts.go": "func WithWindowsDevices("}, "1.7", False, False),
    ({NEW + "spec_windows_opts.go": "sort.Stable(orderedMounts(mounts))"}, "2.0", True, False),
    ({NEW + "spec_windows_opts.go": "sort.Stable(orderedMounts(mounts))",
      NEW + "spec_opts.go": "func WithWindowsAffinityCPUs("}, "2.0", True, True),
    ({NEW + "spec_windows_opts.go": "sort.Stable(orderedMounts(mounts))", NEW + "spec_opts.go": "func WithWindowsAffinityCPUs(",
      "internal/cri/server/podsandbox/sandbox_run.go": "c.imageConfig.PinnedImages"}, "2.0", True, True),
]


def tree_of(folder, files):
    for name, text in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def install(adapter, *arguments):
    script = SOURCE / "conformance/adapters" / adapter / "install"
    return subprocess.run([script, *arguments], capture_output=True, text=True, timeout=PATIENCE,
                          env={**os.environ, "GIT_CEILING_DIRECTORIES": tempfile.gettempdir()})


def copied(adapter, name):
    return (SOURCE / "conformance/adapters" / adapter / name).read_text()


SHIM = "cmd/containerd-shim-runhcs-v1"
SEAMS = ["osversion", "internal/interop", "internal/winapi", "internal/wclayer", "internal/vmcompute"]


def protocol_of(package):
    text = (SOURCE / "conformance/adapters/protocol_test.go").read_text()
    assert text.count("package adapter\n") == 1
    return text.replace("package adapter\n", f"package {package}\n")


def hcsshim_tree(tree, files):
    tree_of(tree, {"internal/hcsoci/hcsdoc_wcow.go": "", "internal/uvm/pipes.go": "", "internal/cow/cow.go": "",
                   **{f"{folder}/a.go": "" for folder in [SHIM, *SEAMS]}, **files})


def check_hcsshim(files, line, release):
    with tempfile.TemporaryDirectory() as tree:
        hcsshim_tree(tree, files)
        for _ in range(2):  # the second time over the first
            done = install("hcsshim", tree, release)
            assert done.returncode == 0, done
        documents, shim = pathlib.Path(tree, "internal/hcsoci"), pathlib.Path(tree, SHIM)
        assert (documents / "hcsproof.go").read_text() == copied("hcsshim", "hcsoci.go")
        assert (documents / "hcsproof_line.go").read_text() == copied("hcsshim", f"lines/{line}.go"), line
        for folder in SEAMS:
            seam = copied("hcsshim", f"seams/{os.path.basename(folder)}.go")
            assert pathlib.Path(tree, folder, "hcsproof.go").read_text() == seam, folder
        assert (shim / "hcsproof_protocol_test.go").read_text() == protocol_of("main")
        text = (shim / "hcsproof_release_test.go").read_text()
        assert f'const testeeRelease = "{release.removeprefix("v")}"' in text
        assert f"const layersFirst = {str(line == '0.11').lower()}" in text
        assert (shim / "hcsproof_vm_test.go").exists() == (line in ("0.11", "0.13")), line
        if line in ("0.11", "0.13"):
            kind = "affinity" if "internal/cow/cow.go" in files else "plain"
            assert (shim / "hcsproof_affinity_test.go").read_text() == copied("hcsshim", f"lines/{kind}_test.go")
        assert "go test -c -tags hcsproof" in done.stdout and "hcsproof run --testee" in done.stdout, done.stdout


def containerd_tree(tree, files):
    options = os.path.dirname(next(iter(files)))
    server = os.path.dirname(options) + "/server"
    tree_of(tree, {f"{server}/service.go": "", f"{server}/podsandbox/sandbox_run.go": "", **files})
    return pathlib.Path(tree, options), pathlib.Path(tree, server)


def check_containerd(files, line, stable, affinity):
    with tempfile.TemporaryDirectory() as tree:
        options, server = containerd_tree(tree, files)
        for _ in range(2):  # the second time over the first: what is no longer wanted goes
            done = install("containerd", tree, "1.2.3")
            assert done.returncode == 0, done
        assert (options / "hcsproof.go").read_text() == copied("containerd", "opts/opts.go")
        assert (options / "hcsproof_line.go").read_text() == copied("containerd", f"opts/{line}.go"), line
        assert f"stableSort = {str(stable).lower()}" in (options / "hcsproof_stable.go").read_text(), files
        assert (options / "hcsproof_affinity.go").exists() == affinity, files
        assert (server / "hcsproof_protocol_test.go").read_text() == protocol_of("server")
        assert (server / "hcsproof_testee_test.go").read_text() == copied("containerd", "server/testee_test.go")
        assert (server / "hcsproof_line_test.go").read_text() == copied("containerd", f"server/{line}_test.go"), line
        assert 'testeeRelease = "1.2.3"' in (server / "hcsproof_release_test.go").read_text()
        pods = server / "podsandbox/hcsproof.go"
        moved = any(name.endswith("sandbox_run.go") for name in files)
        assert pods.exists() == (line == "2.0"), line
        assert line != "2.0" or pods.read_text() == copied("containerd", f"podsandbox/{'2.3' if moved else '2.0'}.go")
        assert "go test -c -tags hcsproof" in done.stdout and "hcsproof run --testee" in done.stdout, done.stdout


EXECUTOR = "libcontainerd/local"
MOBY = [
    ({f"{EXECUTOR}/local_windows.go": "func (c *client) Create("}, "20.10", None, "v20.10.27", "GO111MODULE=off go test"),
    ({f"{EXECUTOR}/local_windows.go": "func (c *client) NewContainer(", "vendor.mod": "",
      "daemon/oci_windows.go": "c *container.Container, mounts []container.Mount) ("}, "23.0", "27.0", "v27.5.1",
     "hack/with-go-mod.sh go test"),
    ({f"{EXECUTOR}/local_windows.go": "func (c *client) NewContainer(", "vendor.mod": "",
      "daemon/oci_windows.go": "c *container.Container, mounts []container.Mount) (",
      "daemon/container.go": "name string, platform ocispec.Platform, config"}, "23.0", "28.0", "v28.5.2",
     "hack/with-go-mod.sh go test"),
    ({f"daemon/internal/{EXECUTOR}/local_windows.go": "func (c *client) NewContainer(", "go.mod": "",
      "daemon/internal/runconfig/config.go": ""}, "23.0", "29.0", "docker-v29.0.0", "  go test"),
]


def check_daemon(tree, line, told):
    daemon = pathlib.Path(tree, "daemon")
    if line is None:
        assert not daemon.exists() and "docker-to-oci" not in told, told
        return
    assert (daemon / "hcsproof_protocol_test.go").read_text() == protocol_of("daemon")
    assert (daemon / "hcsproof_testee_test.go").read_text() == copied("moby", "daemon/testee_test.go")
    assert (daemon / "hcsproof_line_test.go").read_text() == copied("moby", f"daemon/{line}_test.go"), line
    assert "-o daemon.test.exe ./daemon" in told, told


def check_moby(files, line, daemon_line, release, build):
    hcsshim = "vendor/github.com/Microsoft/hcsshim"
    packages = ("interop", "wclayer", "vmcompute")
    with tempfile.TemporaryDirectory() as tree:
        tree_of(tree, {**{f"{hcsshim}/internal/{package}/a.go": "" for package in packages}, **files})
        done = install("moby", tree, release)
        assert done.returncode == 0 and not done.stderr, done
        check_daemon(tree, daemon_line, done.stdout)
        for package in packages:
            seam = copied("hcsshim", f"seams/{package}.go")
            assert pathlib.Path(tree, hcsshim, "internal", package, "hcsproof.go").read_text() == seam, package
        assert pathlib.Path(tree, hcsshim, "hcsproof.go").read_text() == copied("moby", "seams/hcsshim.go")
        local = pathlib.Path(tree, os.path.dirname(next(iter(files))))
        assert (local / "hcsproof_protocol_test.go").read_text() == protocol_of("local")
        assert (local / "hcsproof_testee_test.go").read_text() == copied("moby", "testee_test.go")
        assert (local / "hcsproof_line_test.go").read_text() == copied("moby", f"lines/{line}_test.go"), line
        number = release.removeprefix("docker-").removeprefix("v")
        assert f'testeeRelease = "{number}"' in (local / "hcsproof_release_test.go").read_text()
        assert f"{build} -c -tags hcsproof" in done.stdout and "hcsproof run --testee" in done.stdout, done.stdout


def check_release_is_found():
    with tempfile.TemporaryDirectory() as tree:
        containerd_tree(tree, {OLD + "spec_windows.go": "", "version/version.go": '\tVersion = "1.7.34+unknown"\n'})
        assert "containerd 1.7.34 is in" in install("containerd", tree).stdout
        for command in (["init", "-q"], ["add", "."], ["-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "m"],
                        ["tag", "v1.6.5"]):
            subprocess.run(["git", "-C", tree, *command], check=True)
        assert "containerd 1.6.5 is in" in install("containerd", tree).stdout


def check_refusals():
    with tempfile.TemporaryDirectory() as tree:
        for adapter in ("hcsshim", "containerd", "moby"):
            assert install(adapter).returncode == 2
            assert install(adapter, tree, "1.0").returncode == 1
            assert not os.listdir(tree)
        hcsshim_tree(tree, {})
        done = install("hcsshim", tree)
        assert done.returncode == 1 and "cannot be told" in done.stderr, done


for row in HCSSHIM:
    check_hcsshim(*row)
for row in CONTAINERD:
    check_containerd(*row)
for row in MOBY:
    check_moby(*row)
check_release_is_found()
check_refusals()
print(f"{len(HCSSHIM) + len(CONTAINERD) + len(MOBY) + 2} passed, 0 failed")
