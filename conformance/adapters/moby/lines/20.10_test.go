//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in moby 20.10.
package local

import (
	"context"
	"strings"

	"github.com/Microsoft/hcsshim/osversion"
	specs "github.com/opencontainers/runtime-spec/specs-go"
)

// checkBuild refuses what this line would decide by this machine's build of Windows.
func checkBuild(build uint32, spec *specs.Spec) error {
	pipes := false
	for _, mount := range spec.Mounts {
		pipes = pipes || strings.HasPrefix(mount.Destination, `\\.\pipe\`)
	}
	here := uint32(osversion.Build())
	if (pipes && (here < osversion.RS3) != (build < osversion.RS3)) ||
		(len(spec.Windows.Devices) > 0 && (here < osversion.RS5) != (build < osversion.RS5)) {
		return unsupported("the build of this machine is looked at")
	}
	return nil
}

func create(c *client, id string, spec *specs.Spec) error {
	c.containers = map[string]*container{}
	return c.Create(context.Background(), id, spec, "", nil)
}

// start starts the container's own process, or another one in it.
func start(c *client, spec *specs.Spec, exec *specs.Process) error {
	c.containers = map[string]*container{"c": {isWindows: true, ociSpec: spec, hcsContainer: host{}, execs: map[string]*process{}}}
	if exec == nil {
		_, err := c.Start(context.Background(), "c", "", true, nil)
		return err
	}
	_, err := c.Exec(context.Background(), "c", "exec", exec, true, nil)
	return err
}
