/**
 * What the local door offers besides the shell's commands: services that take a caller's bytes as
 * they are. Free to change with the package's version; the door's own protocol is the door's.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.door;
