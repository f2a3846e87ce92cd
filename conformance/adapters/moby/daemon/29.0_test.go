//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in moby 29 and later.
package daemon

import (
	"bytes"
	"context"

	containertypes "github.com/moby/moby/api/types/container"
	"github.com/moby/moby/v2/daemon/container"
	"github.com/moby/moby/v2/daemon/internal/image"
	"github.com/moby/moby/v2/daemon/internal/runconfig"
	"github.com/moby/moby/v2/daemon/server/imagebackend"
	volumemounts "github.com/moby/moby/v2/daemon/volume/mounts"
	"github.com/moby/moby/v2/pkg/sysinfo"
)

type (
	daemonImage      = image.Image
	daemonContainer  = container.Container
	mountPoint       = volumemounts.MountPoint
	isolation        = containertypes.Isolation
	imageOptions     = imagebackend.GetImageOpts
	layerOfContainer = container.RWLayer
)

func newImage(data []byte) (*image.Image, error) { return image.NewFromJSON(data) }

func newView() (*container.ViewDB, error) { return container.NewViewDB() }

func newParser() volumemounts.Parser { return volumemounts.NewParser() }

// request is what a client sends, decoded and checked by the API.
type request struct {
	config *containertypes.Config
	host   *containertypes.HostConfig
}

func decode(body []byte) (*request, error) {
	found, err := runconfig.DecodeCreateRequest(bytes.NewReader(body), &sysinfo.SysInfo{})
	return &request{found.Config, found.HostConfig}, err
}

func newContainerOf(daemon *Daemon, q *request, image *image.Image) (*container.Container, error) {
	return daemon.newContainer("hcsproof", image.Platform(), q.config, q.host, image.ID(), false)
}

// settle registers the mounts and gives the container its settings.
func settle(daemon *Daemon, c *container.Container, q *request) error {
	if err := daemon.createContainerOSSpecificSettings(context.Background(), c); err != nil {
		return err
	}
	return daemon.registerMountPoints(c, false)
}
