//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in moby 23.0 and later.
package local

import (
	"context"

	specs "github.com/opencontainers/runtime-spec/specs-go"
)

// checkBuild has nothing to refuse: this line asks no build of Windows.
func checkBuild(uint32, *specs.Spec) error { return nil }

func create(c *client, id string, spec *specs.Spec) error {
	_, err := c.NewContainer(context.Background(), id, spec, "", nil)
	return err
}

// start starts the container's own process, or another one in it.
func start(c *client, spec *specs.Spec, exec *specs.Process) error {
	ctr := &container{client: c, ociSpec: spec, hcsContainer: host{}}
	if exec == nil {
		_, err := ctr.NewTask(context.Background(), "", true, nil)
		return err
	}
	ctr.task = &task{process: process{ctr: ctr}}
	_, err := ctr.task.Exec(context.Background(), "exec", exec, true, nil)
	return err
}
