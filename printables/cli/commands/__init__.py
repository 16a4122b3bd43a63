"""The commands: one file each, named as the command is; its attribute `command` is a Click command or group."""
